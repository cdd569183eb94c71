// The distance finder, by keyboard.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, THERAPY, open, useSite } from './site.mjs';

const site = useSite();

const BY_NAME = ['franklin-square', 'good-samaritan', 'harbor', 'union-memorial', 'washington'];
const FROM_21218 = ['union-memorial', 'good-samaritan', 'harbor', 'franklin-square', 'washington'];
const MILES_FROM_21218 = [0.71, 2.1, 5.43, 6.65, 35.47];

const order = (page) => page.locator('li.location').evaluateAll((items) => items.map((item) => item.dataset.id));
const distances = (page) => page.locator('[data-finder="distance"]:visible').allTextContents();
const message = (page) => page.locator('[data-finder="message"]').textContent();
const isFocused = (page, selector) => page.locator(selector).evaluate((element) => element === document.activeElement);

async function enter(page, zip) {
  await page.locator('#finder-zip').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(zip);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('[data-finder="message"]').textContent !== '');
}

/** Where a ZIP code must never be: the address, the cookies, the storage that outlives the tab. */
async function traces(page) {
  const address = (location) => location.pathname + location.search + location.hash;
  return [address(new URL(page.url())), ...(await page.evaluate(() => [document.cookie, localStorage.length]))];
}

for (const path of [THERAPY, '/locations/']) {
  test(`${path}: a ZIP code sorts the list by distance`, async () => {
    await open(site, path, DESKTOP, async (page, seen) => {
      assert.deepEqual(await order(page), BY_NAME);
      const loads = () => seen.requests.filter((url) => url.endsWith('zips.js')).length;
      assert.equal(loads(), 0, 'the ZIP codes are loaded at first use only');
      await enter(page, '21218');
      assert.equal(loads(), 1);
      assert.deepEqual(await order(page), FROM_21218);
      const said = await distances(page);
      assert.equal(said.length, 5);
      said.forEach((text, at) => {
        assert.match(text, /^\d+(\.\d)? miles? away$/);
        assert.ok(Math.abs(parseFloat(text) - MILES_FROM_21218[at]) <= 0.1, text);
      });
      assert.match(await message(page), /sorted by distance from 21218.*Union Memorial/);
      assert.equal(await page.locator('[data-finder="place"]').textContent(), '21218');
      assert.ok(await page.locator('.finder__place').isVisible());
      assert.ok(await isFocused(page, '[data-finder="change"]'));
      assert.deepEqual(await traces(page), [path, '', 0]);
      assert.ok(!seen.requests.some((url) => url.includes('21218')));
    });
  });
}

test('the place is kept on the next page of the tab, and nowhere else', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await enter(page, '20010');
    await page.goto(`${site.address}/locations/`);
    await page.locator('[data-finder="place"]').waitFor();
    assert.equal(await page.locator('[data-finder="place"]').textContent(), '20010');
    assert.equal((await order(page))[0], 'washington');
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true, 'the focus is left alone');
    const other = await page.context().newPage();
    await other.goto(site.address + THERAPY, { waitUntil: 'networkidle' });
    assert.deepEqual(await order(other), BY_NAME);
  });
  await open(site, THERAPY, DESKTOP, async (page) => {
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await order(page), BY_NAME);
  });
});

test('the place can be changed and cleared', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await enter(page, '21218');
    await page.keyboard.press('Enter');
    assert.ok(await isFocused(page, '#finder-zip'));
    await page.keyboard.type('21225-0001');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-finder="place"]').textContent === '21225');
    assert.equal((await order(page))[0], 'harbor');
    await page.locator('[data-finder="clear"]').focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await order(page), BY_NAME);
    assert.deepEqual(await distances(page), []);
    assert.ok(await isFocused(page, '#finder-zip'));
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.reload();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await order(page), BY_NAME);
  });
});

const REFUSED = [
  ['99999', /do not know 99999.*150 miles.*Check the number/],
  ['abc', /5 digits/],
  ['2121', /5 digits/],
  ['', /5 digits/],
  ['90210', /do not know 90210/],
];

for (const [typed, said] of REFUSED) {
  test(`${JSON.stringify(typed)} is answered with what to do`, async () => {
    await open(site, THERAPY, DESKTOP, async (page) => {
      await enter(page, typed);
      assert.match(await message(page), said);
      assert.equal(await page.locator('#finder-zip').getAttribute('aria-invalid'), 'true');
      assert.ok(await isFocused(page, '#finder-zip'));
      assert.deepEqual(await order(page), BY_NAME);
      assert.deepEqual(await traces(page), [THERAPY, '', 0]);
      await enter(page, '21218');
      await page.waitForFunction(() => document.querySelector('[data-finder="place"]').textContent === '21218');
      assert.equal(await page.locator('#finder-zip').getAttribute('aria-invalid'), null);
    });
  });
}

test('what others left in the tab is ignored, and storage may be refused', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await page.evaluate(() => sessionStorage.setItem('pamphlet-zip', '"><script>'));
    await page.reload();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await order(page), BY_NAME);
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'sessionStorage', { get: () => { throw new Error('refused'); } });
    });
    await page.reload();
    await enter(page, '21218');
    assert.deepEqual(await order(page), FROM_21218);
  });
});

test('a finder whose data cannot be loaded says so', async () => {
  await open(site, THERAPY, DESKTOP, async (page, seen) => {
    await page.route('**/zips.js', (route) => route.abort());
    await enter(page, '21218');
    assert.match(await message(page), /could not be loaded/);
    assert.deepEqual(await order(page), BY_NAME);
    assert.ok(seen.noise.splice(0).every((line) => line.includes('ERR_FAILED')));
  });
});
