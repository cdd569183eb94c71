// Every page of the site: there, private, and readable at every width, by keyboard, on paper and without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, THERAPY, onEveryPage, open, pagePaths, useSite } from './site.mjs';

const site = useSite();

const KEY_PAGES = [
  '/',
  '/404.html',
  '/a-z/',
  '/conditions-and-tests/',
  '/conditions/advanced-heart-failure/',
  '/conditions/cardiomyopathy/',
  '/conditions/heart-failure/',
  '/credits/',
  '/locations/',
  '/locations/franklin-square/',
  '/locations/good-samaritan/',
  '/locations/harbor/',
  '/locations/union-memorial/',
  '/locations/washington/',
  '/tests/cardiac-catheterization/',
  '/tests/chest-x-ray/',
  '/tests/electrocardiogram/',
  '/treatments/inotropic-therapy/',
];

test('the pages that the site is for are there', () => {
  const paths = pagePaths();
  assert.deepEqual(KEY_PAGES.filter((path) => !paths.includes(path)), []);
});

test('no page keeps anything about its reader', async () => {
  const found = await onEveryPage(site, DESKTOP, async (page, seen) => {
    const kept = await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length].join());
    const hasStyle = seen.requests.some((url) => url.endsWith('.css'));
    return [kept !== ',0,0' && `kept ${kept}`, !hasStyle && 'asked for no style sheet'].filter(Boolean);
  });
  assert.deepEqual(found, []);
});

test('the policy holds in the tests', async () => {
  await open(site, THERAPY, DESKTOP, async (page, seen) => {
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "ran"';
      document.body.append(script);
      return fetch('/robots.txt').catch(() => {});
    });
    assert.notEqual(await page.title(), 'ran');
    assert.match(seen.noise.splice(0).join(), /policy: script-src.*policy: connect-src/);
  });
});

test('an unknown address is answered with the 404 page', async () => {
  await open(site, '/', DESKTOP, async (page, seen) => {
    const answer = await page.goto(`${site.address}/no/such/page/`);
    assert.equal(answer.status(), 404);
    assert.equal((await page.goto(`${site.address}/%`)).status(), 404);
    await page.locator('main a').first().click();
    assert.ok(await page.locator('h1').isVisible());
    assert.ok(seen.noise.splice(0).every((line) => line.includes('404')));
  });
});

const WIDTHS = [
  ['320 px', 320, 640],
  ['400 % zoom of 1280 by 1024', 320, 256],
  ['a tablet', 768, 1024],
  ['a desktop', 1280, 900],
  ['a wide screen', 2560, 1440],
];

test('no page scrolls sideways, from left to right or from right to left', async () => {
  const found = await onEveryPage(site, PHONE, async (page) => {
    const faults = [];
    for (const direction of ['ltr', 'rtl']) {
      await page.evaluate((direction) => document.documentElement.setAttribute('dir', direction), direction);
      for (const [name, width, height] of WIDTHS) {
        await page.setViewportSize({ width, height });
        const content = await page.evaluate(() => document.scrollingElement.scrollWidth);
        if (content > width) faults.push(`${content} px at ${name}, ${direction}`);
      }
    }
    return faults;
  });
  assert.deepEqual(found, []);
});

test('every page reads without JavaScript', async () => {
  const found = await onEveryPage(site, { ...DESKTOP, javaScriptEnabled: false }, async (page) => {
    const faults = [];
    if (!(await page.locator('main h1').isVisible())) faults.push('no heading');
    if ((await page.locator('[data-module] :is(input, button):visible').count()) > 0) faults.push('a control that does nothing');
    if ((await page.locator('li.location:not(:visible)').count()) > 0) faults.push('a hidden location');
    if ((await page.locator('header nav a:visible').count()) === 0) faults.push('no navigation');
    return faults;
  });
  assert.deepEqual(found, []);
});

for (const path of [THERAPY, '/locations/']) {
  test(`${path} lists every location without JavaScript`, async () => {
    await open(site, path, { ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator('li.location:visible address').count(), 5);
    });
  });
}

test('the navigation works without JavaScript', async () => {
  await open(site, THERAPY, { ...PHONE, javaScriptEnabled: false }, async (page) => {
    for (let at = 0; at < (await page.locator('header nav a').count()); at += 1) {
      const link = page.locator('header nav a').nth(at);
      const target = await link.getAttribute('href');
      await link.click();
      assert.equal(new URL(page.url()).pathname, target);
      assert.ok(await page.locator('main h1').isVisible());
    }
  });
});

test('the first key on every page skips to the content', async () => {
  const found = await onEveryPage(site, DESKTOP, async (page) => {
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    if (!/skip/i.test(await skip.textContent()) || !(await skip.isVisible())) return ['no skip link'];
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const isInside = await page.evaluate(() => document.querySelector('main').contains(document.activeElement));
    return isInside ? [] : ['the focus is not in the content'];
  });
  assert.deepEqual(found, []);
});

test('every control shows its focus and is large enough', async () => {
  await open(site, THERAPY, PHONE, async (page) => {
    const small = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('button, input, nav a')];
      const isSmall = (control) => control.checkVisibility() && control.getBoundingClientRect().height < 24;
      return controls.filter(isSmall).map((control) => control.outerHTML);
    });
    assert.deepEqual(small, []);
    // A mark may stand on the control itself, or on a box that it draws around what it belongs to.
    const isMarked = () => [null, '::after', '::before'].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement, part);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    const unmarked = [];
    for (let steps = 0; steps < 200; steps += 1) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 80));
      // The focus is back at the body once it has been everywhere.
      if (name.startsWith('<body')) break;
      if (!(await page.evaluate(isMarked))) unmarked.push(name);
    }
    assert.deepEqual(unmarked, []);
  });
});

test('paper has the addresses, the review state and the links, and no navigation', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['header nav', '.finder', '.skip-link']) {
      assert.equal(await page.locator(`${selector}:visible`).count(), 0, selector);
    }
    assert.equal(await page.locator('li.location address:visible').count(), 5);
    assert.ok(await page.locator('.review-status').isVisible());
    const targets = await page.locator('.sources a[href^="http"]').evaluateAll((links) =>
      links.map((link) => [getComputedStyle(link, '::after').content.includes(link.getAttribute('href')), link.href]));
    assert.ok(targets.length > 0);
    assert.deepEqual(targets.filter(([isPrinted]) => !isPrinted), []);
  });
});
