// Every page of the site through axe-core, in every look that a reader may have chosen.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RULES, violations } from './axe.mjs';
import { DESKTOP, PHONE, THERAPY, onEveryPage, open, useSite } from './site.mjs';

const site = useSite();

// In forced colours the system chooses the pairs of colours, while axe reads a text colour that is not shown.
const WITHOUT_CONTRAST = { ...RULES, 'color-contrast': { enabled: false } };

const LOOKS = [
  ['light', { ...DESKTOP, colorScheme: 'light' }, RULES],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }, RULES],
  ['320 px wide', { ...PHONE, colorScheme: 'light' }, RULES],
  ['320 px wide and dark', { ...PHONE, colorScheme: 'dark' }, RULES],
  ['forced colours', { ...DESKTOP, forcedColors: 'active' }, WITHOUT_CONTRAST],
];

for (const [name, options, rules] of LOOKS) {
  test(`no page has an accessibility violation: ${name}`, async () => {
    assert.deepEqual(await onEveryPage(site, options, (page) => violations(page, rules)), []);
  });
}

/** Lets axe run where no script of a page may: timers do not fire there, so what they would start begins at once. */
const startAtOnce = () => {
  globalThis.setTimeout = (begin, _, ...values) => Promise.resolve().then(() => begin(...values)) && 0;
};

for (const [name, look] of [['desktop', DESKTOP], ['320 px wide', PHONE]]) {
  test(`no page has an accessibility violation without JavaScript: ${name}`, async () => {
    const options = { ...look, javaScriptEnabled: false };
    const found = await onEveryPage(site, options, async (page, seen) => {
      await page.evaluate(startAtOnce);
      const hasRun = seen.requests.some((url) => url.endsWith('.js'));
      return [...(hasRun ? ['a script has run'] : []), ...(await violations(page, RULES))];
    });
    assert.deepEqual(found, []);
  });
}

test('all text can be read on paper, printed with its backgrounds', async () => {
  const found = await onEveryPage(site, { viewport: { width: 720, height: 960 } }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    return violations(page, RULES);
  });
  assert.deepEqual(found, []);
});

test('an open finder has no accessibility violation', async () => {
  for (const options of [LOOKS[0][1], LOOKS[3][1]]) {
    await open(site, THERAPY, options, async (page) => {
      for (const typed of ['abc', '21218']) {
        await page.locator('#finder-place').fill(typed);
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('[data-finder="message"]').textContent !== '');
        assert.deepEqual(await violations(page, RULES), [], typed);
      }
    });
  }
});

for (const javaScriptEnabled of [true, false]) test(`axe finds what is wrong, scripts: ${javaScriptEnabled}`, async () => {
  await open(site, THERAPY, { ...DESKTOP, javaScriptEnabled }, async (page) => {
    if (!javaScriptEnabled) await page.evaluate(startAtOnce);
    await page.evaluate(() => document.documentElement.removeAttribute('lang'));
    await page.locator('main p').first().evaluate((text) => {
      text.style.color = getComputedStyle(document.body).backgroundColor;
    });
    assert.match((await violations(page, RULES)).join(), /html-has-lang.*color-contrast/s);
  });
});
