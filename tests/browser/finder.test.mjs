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
  await page.locator('#finder-place').focus();
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
    assert.ok(await isFocused(page, '#finder-place'));
    await page.keyboard.type('21225-0001');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-finder="place"]').textContent === '21225');
    assert.equal((await order(page))[0], 'harbor');
    await page.locator('[data-finder="clear"]').focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await order(page), BY_NAME);
    assert.deepEqual(await distances(page), []);
    assert.ok(await isFocused(page, '#finder-place'));
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.reload();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(await order(page), BY_NAME);
  });
});

const REFUSED = [
  ['00000', /do not know the ZIP code 00000.*Check the number/],
  ['abc', /do not know abc, or it is more than 150 miles.*Check the spelling/],
  ['Los Angeles, CA', /more than 150 miles.*enter a ZIP code/],
  ['2121', /5 digits/],
  ['', /5 digits/],
];

for (const [typed, said] of REFUSED) {
  test(`${JSON.stringify(typed)} is answered with what to do`, async () => {
    await open(site, THERAPY, DESKTOP, async (page) => {
      await enter(page, typed);
      assert.match(await message(page), said);
      assert.equal(await page.locator('#finder-place').getAttribute('aria-invalid'), 'true');
      assert.ok(await isFocused(page, '#finder-place'));
      assert.deepEqual(await order(page), BY_NAME);
      assert.deepEqual(await traces(page), [THERAPY, '', 0]);
      await enter(page, '21218');
      await page.waitForFunction(() => document.querySelector('[data-finder="place"]').textContent === '21218');
      assert.equal(await page.locator('#finder-place').getAttribute('aria-invalid'), null);
    });
  });
}

test('what others left in the tab is ignored, and storage may be refused', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await page.evaluate(() => sessionStorage.setItem('pamphlet-place', '"><script>'));
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

test('a ZIP code far away is known by its region', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await enter(page, '90210');
    assert.equal((await order(page))[0], 'washington');
    assert.match((await distances(page))[0], /^about 2[23]\d0 miles away$/);
    assert.match(await message(page), /about/);
  });
});

test('a post office box is known too', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await enter(page, '21203-0001');
    assert.match((await distances(page))[0], /^\d(\.\d)? miles? away$/);
  });
});

for (const typed of ['Baltimore, MD', 'baltimore md', '  BALTIMORE ,  md ', 'Baltimore']) {
  test(`${JSON.stringify(typed)} is a city`, async () => {
    await open(site, THERAPY, DESKTOP, async (page, seen) => {
      await enter(page, typed);
      assert.equal(await page.locator('[data-finder="place"]').textContent(), 'Baltimore, MD');
      assert.equal((await order(page)).at(-1), 'washington');
      assert.deepEqual(await traces(page), [THERAPY, '', 0]);
      assert.ok(!seen.requests.some((url) => /baltimore/i.test(url)));
      await page.reload();
      await page.locator('[data-finder="place"]').waitFor();
      assert.equal(await page.locator('[data-finder="place"]').textContent(), 'Baltimore, MD');
    });
  });
}

test('a city of two states asks which', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await enter(page, 'Salisbury');
    assert.match(await message(page), /more than one Salisbury: .*Salisbury, MD; .*Enter one with its state/);
    await enter(page, 'Salisbury, MD');
    await page.waitForFunction(() => document.querySelector('[data-finder="place"]').textContent === 'Salisbury, MD');
  });
});

test('cities are offered while somebody types', async () => {
  await open(site, THERAPY, DESKTOP, async (page, seen) => {
    const offers = () => page.locator('#finder-offers option').evaluateAll((options) => options.map((option) => option.value));
    const loads = () => seen.requests.filter((url) => url.endsWith('cities.js')).length;
    assert.equal(loads(), 0);
    await page.locator('#finder-place').focus();
    await page.keyboard.type('saint mich');
    await page.locator('#finder-offers option').first().waitFor({ state: 'attached' });
    assert.ok((await offers()).includes('Saint Michaels, MD'), (await offers()).join());
    assert.equal(loads(), 1);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('ft belv');
    await page.waitForFunction(() => document.querySelector('#finder-offers option')?.value === 'Fort Belvoir, VA');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('212');
    await page.waitForFunction(() => !document.querySelector('#finder-offers option'));
  });
});

/** A browser that knows, or refuses to say, where it is. */
async function locate(page) {
  await page.locator('[data-finder="locate"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /Nearest|did not|cannot|too long/.test(document.querySelector('[data-finder="message"]').textContent));
}

test('the position of the reader sorts the list and is kept nowhere', async () => {
  const here = { ...DESKTOP, permissions: ['geolocation'], geolocation: { latitude: 39.2904, longitude: -76.6122 } };
  await open(site, THERAPY, here, async (page) => {
    await locate(page);
    assert.equal((await order(page))[0], 'harbor');
    assert.match(await message(page), /from your location. Nearest: MedStar Harbor Hospital, 2\.\d miles/);
    assert.equal(await page.locator('[data-finder="place"]').textContent(), 'your location');
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    assert.deepEqual(await traces(page), [THERAPY, '', 0]);
  });
});

test('nobody is asked before the button is pressed, and a refusal says what to do', async () => {
  await open(site, THERAPY, { ...DESKTOP, permissions: [] }, async (page) => {
    await page.evaluate(() => {
      globalThis.asked = 0;
      navigator.geolocation.getCurrentPosition = (_, failed) => {
        globalThis.asked += 1;
        failed({ code: globalThis.code });
      };
    });
    assert.equal(await page.evaluate(() => globalThis.asked), 0);
    for (const [code, said] of [[1, /did not share your location.*settings.*Enter a ZIP code/], [2, /cannot find out/], [3, /too long.*Try again/]]) {
      await page.evaluate((code) => (globalThis.code = code), code);
      await locate(page);
      assert.match(await message(page), said);
      assert.ok(await isFocused(page, '#finder-place'));
      await page.evaluate(() => (document.querySelector('[data-finder="message"]').textContent = ''));
    }
    assert.deepEqual(await order(page), BY_NAME);
  });
});
