// The search, by keyboard: in the header of every page, and on its own page.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RULES, violations } from './axe.mjs';
import { DESKTOP, PHONE, THERAPY, open, useSite } from './site.mjs';

const site = useSite();

const titles = (page) => page.locator('.search__link').allTextContents();
const status = (page) => page.locator('[data-search="status"]').textContent();
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
const said = (page) => page.waitForFunction(() => document.querySelector('[data-search="status"]').textContent !== '');

/** Types into the field of a page, and waits for an answer. */
async function ask(page, question) {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Backspace');
  await page.waitForFunction(() => document.querySelector('[data-search="status"]').textContent === '');
  await page.keyboard.type(question);
  await said(page);
}

/** What was typed may stand in the field and behind the `#`, and nowhere else. */
function isSecret(seen, word) {
  const told = seen.requests.filter((url) => url.split('#')[0].includes(word));
  assert.deepEqual(told, []);
}

test('a reader finds a page from the header', async () => {
  await open(site, '/conditions/heart-failure/', DESKTOP, async (page, seen) => {
    const loads = () => seen.requests.filter((url) => /minisearch|search\/index/.test(url)).length;
    assert.equal(loads(), 0, 'the search is loaded at first use only');
    await ask(page, 'milranone');
    assert.equal(loads(), 2);
    assert.deepEqual(await titles(page), ['Inotropic therapy']);
    assert.equal(await status(page), '1 page found.');
    assert.equal(await page.locator('.search__kind').textContent(), 'Treatments');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), 'Inotropic therapy');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), 'search-input');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${THERAPY}`);
    isSecret(seen, 'milranone');
  });
});

test('arrow keys go through the results, and Escape closes them', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await ask(page, 'heart');
    const found = await titles(page);
    assert.ok(found.length > 2, `${found}`);
    assert.ok((await page.locator('.search__mark').first().textContent()).toLowerCase().includes('heart'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), found[1]);
    await page.keyboard.press('End');
    assert.equal(await focused(page), 'See all results');
    await page.keyboard.press('Home');
    assert.equal(await focused(page), found[0]);
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'search-input');
    assert.ok(await page.locator('#search-panel').isHidden());
    assert.equal(await status(page), '');
  });
});

test('after words that say nothing the search waits for another', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await ask(page, 'what is');
    assert.deepEqual(await titles(page), []);
    assert.equal(await status(page), 'Type another word: the name of a condition, a test or a treatment.');
    await ask(page, 'what is a he');
    assert.ok((await titles(page)).includes('Heart failure'), 'the beginning of a name is one');
    await ask(page, 'what is milrinone');
    assert.deepEqual(await titles(page), ['Inotropic therapy']);
  });
});

test('who leaves the field leaves its results', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await ask(page, 'heart');
    await page.locator('#search-panel').waitFor();
    await page.locator('main a').first().focus();
    assert.ok(await page.locator('#search-panel').isHidden());
  });
});

test('Enter leads to the search page, which keeps the question behind the #', async () => {
  await open(site, THERAPY, DESKTOP, async (page, seen) => {
    await ask(page, 'heart cath');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search/#q=heart%20cath');
    await said(page);
    assert.equal((await titles(page))[0], 'Cardiac catheterization');
    assert.equal(await page.locator('#search-input').inputValue(), 'heart cath');
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('ekg');
    await page.waitForFunction(() => location.hash === '#q=ekg' && document.querySelector('.search__link')?.textContent.includes('ECG'));
    assert.equal(new URL(page.url()).search, '');
    await page.keyboard.press('Enter');
    assert.match(await focused(page), /ECG/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tests/electrocardiogram/');
    await page.goBack();
    await said(page);
    assert.equal(await page.locator('#search-input').inputValue(), 'ekg');
    isSecret(seen, 'cath&');
    isSecret(seen, 'ekg');
    assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  });
});

test('what is not found says what to do, and what says nothing finds nothing', async () => {
  await open(site, '/search/', PHONE, async (page) => {
    await ask(page, 'zzzzqqqq');
    assert.match(await status(page), /Nothing found for “zzzzqqqq”\. Check the spelling/);
    await ask(page, '<b>"&');
    assert.match(await status(page), /Nothing found for “<b>"&”/);
    assert.deepEqual(await titles(page), []);
  });
  await open(site, '/search/#q=%E0%A4%A', PHONE, async (page) => {
    assert.equal(await page.locator('#search-input').inputValue(), '');
  });
});

test('a word of a text alone is found too', async () => {
  await open(site, '/search/', DESKTOP, async (page) => {
    await ask(page, 'malfunction');
    assert.deepEqual(await titles(page), ['Inotropic therapy']);
  });
});

for (const [name, options] of Object.entries({ DESKTOP, PHONE, DARK: { ...PHONE, colorScheme: 'dark' } })) {
  test(`results have no accessibility violation: ${name}`, async () => {
    for (const path of [THERAPY, '/search/']) {
      await open(site, path, options, async (page) => {
        await ask(page, 'heart');
        assert.deepEqual(await violations(page, RULES), [], path);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      });
    }
  });
}

test('without JavaScript a link leads to the A to Z', async () => {
  for (const path of [THERAPY, '/search/']) {
    await open(site, path, { ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator('[data-search="form"]').isHidden());
      await page.locator('[data-search="fallback"]').getByRole('link').or(page.locator('a[data-search="fallback"]')).click();
      await page.waitForURL('**/a-z/');
    });
  }
});

test('the field takes no place from what stands below it', async () => {
  for (const options of [DESKTOP, PHONE]) {
    await open(site, THERAPY, options, async (page) => {
      const shift = () => page.evaluate(() => new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(0), 500);
      }));
      assert.ok((await shift()) < 0.02);
    });
  }
});
