// Every page of the site: accessible, private, quiet, and readable at every width.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { DESKTOP, PHONE, open, pagePaths, useSite } from './site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
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

async function violations(page, rules = {}) {
  await page.evaluate(AXE);
  const found = await page.evaluate((rules) => globalThis.axe.run(document, { resultTypes: ['violations'], rules }), rules);
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
}

// In forced colours the system chooses the pairs of colours, while axe reads a text colour that is not shown.
const WITHOUT_CONTRAST = { 'color-contrast': { enabled: false } };

const LOOKS = [
  ['light', { ...DESKTOP, colorScheme: 'light' }],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['320 px wide', PHONE],
  ['320 px wide and dark', { ...PHONE, colorScheme: 'dark' }],
  ['forced colours', { ...DESKTOP, forcedColors: 'active' }, WITHOUT_CONTRAST],
];

for (const path of pagePaths()) {
  test(`${path} has no accessibility violation`, async () => {
    for (const [name, options, rules] of LOOKS) {
      const found = await open(site, path, options, (page) => violations(page, rules));
      assert.deepEqual(found, [], name);
    }
  });

  test(`${path} is quiet and asks no other origin`, async () => {
    await open(site, path, DESKTOP, async (page, seen) => {
      await page.waitForLoadState('networkidle');
      assert.deepEqual(seen.console, []);
      assert.deepEqual(seen.requests.filter((url) => !url.startsWith(`${site.address}/`)), []);
      assert.ok(seen.requests.some((url) => url.endsWith('.css')), 'the style sheet was asked for');
      const kept = await page.evaluate(() => [document.cookie, localStorage.length]);
      assert.deepEqual(kept, ['', 0]);
    });
  });

  test(`${path} never scrolls sideways`, async () => {
    // 320 by 256 is a window of 1280 by 1024 at 400 % zoom.
    for (const viewport of [PHONE.viewport, { width: 320, height: 256 }, { width: 768, height: 1024 }, { width: 2560, height: 1440 }]) {
      await open(site, path, { viewport }, async (page) => {
        const [content, window] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${content} px in a window of ${window} px`);
      });
    }
  });

  test(`${path} reads without JavaScript`, async () => {
    await open(site, path, { ...DESKTOP, javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator('main h1').isVisible());
      assert.equal(await page.locator('.finder:visible').count(), 0);
      const listed = await page.locator('li.location').count();
      assert.equal(await page.locator('li.location:visible').count(), listed);
      for (const link of await page.locator('header nav a').all()) assert.ok(await link.isVisible());
    });
  });
}

test('the keyboard skips to the content', async () => {
  await open(site, '/treatments/inotropic-therapy/', DESKTOP, async (page) => {
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    assert.match(await skip.textContent(), /skip/i);
    assert.ok(await skip.isVisible());
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
  });
});

test('every control shows its focus and is large enough', async () => {
  await open(site, '/treatments/inotropic-therapy/', PHONE, async (page) => {
    const small = await page.evaluate(() => {
      const controls = [...document.querySelectorAll('button, input, nav a')].filter((element) => element.checkVisibility());
      return controls.filter((element) => element.getBoundingClientRect().height < 24).map((element) => element.outerHTML);
    });
    assert.deepEqual(small, []);
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none');
    }
  });
});

test('paper has the address, the review state and the links, and no navigation', async () => {
  await open(site, '/treatments/inotropic-therapy/', DESKTOP, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const visible = (selector) => page.locator(selector).first().isVisible();
    assert.equal(await visible('header nav'), false);
    assert.equal(await visible('.finder'), false);
    assert.ok(await visible('address'));
    assert.ok(await visible('.review-status'));
    const target = await page.evaluate(() => {
      const link = document.querySelector('main a[href^="https://"]');
      return getComputedStyle(link, '::after').content;
    });
    assert.match(target, /http/);
  });
});
