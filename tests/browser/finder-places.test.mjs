// Every ZIP code of the country, against the haversine formula.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';

import { importer } from './modules.mjs';
import { SITE, THERAPY, fileOf, read } from './site.mjs';

const TABLE = fileURLToPath(new URL('../../data/zips.bin', import.meta.url));
const RADIUS = 150;

/** The table of the generator: `[code, [latitude, longitude]]`. */
function table() {
  const bytes = readFileSync(TABLE);
  let at = 0;
  const unsigned = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const signed = () => {
    const value = unsigned();
    return value & 1 ? -(value + 1) / 2 : value / 2;
  };
  const rows = [];
  let [code, lat, lon] = [0, 0, 0];
  while (at < bytes.length) {
    [code, lat, lon] = [code + unsigned(), lat + signed(), lon + signed()];
    rows.push([String(code).padStart(5, '0'), [lat / 10_000, lon / 10_000]]);
  }
  return rows;
}

/** The miles between two places by the haversine formula, written anew. */
function haversine([lat, lon], [otherLat, otherLon]) {
  const [a, b, c, d] = [lat, otherLat, lon, otherLon].map((degrees) => (degrees * Math.PI) / 180);
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin((d - c) / 2) ** 2;
  return 2 * 3958.8 * Math.asin(Math.sqrt(h));
}

/** The locations of the page, in its order. */
function locations() {
  const html = read(fileOf(THERAPY));
  return [...html.matchAll(/data-lat="([^"]*)" data-lon="([^"]*)"/g)].map(([, lat, lon]) => [Number(lat), Number(lon)]);
}

async function modules() {
  const folder = mkdtempSync(join(tmpdir(), 'pamphlet-places-'));
  after(() => rmSync(folder, { recursive: true }));
  const [hash] = readdirSync(join(SITE, 'assets'));
  const load = importer(folder, SITE, ['assets']);
  const finder = (name) => load(`assets/${hash}/components/finder/${name}`);
  return { ...(await finder('places.js')), ...(await finder('distance.js')) };
}

test('all ZIP codes are as far as the formula says', async (t) => {
  const { findZip, milesBetween } = await modules();
  const there = locations();
  assert.equal(there.length, 5);
  const zips = table();
  assert.ok(zips.length > 41_000, `${zips.length}`);
  const off = [];
  let near = 0;
  for (const [code, here] of zips) {
    const exact = there.map((place) => haversine(here, place));
    const found = await findZip(code);
    assert.ok(found, code);
    const said = there.map((place) => milesBetween(found.here, place));
    const isNear = Math.min(...exact) <= RADIUS;
    assert.equal(found.isAbout, !isNear, code);
    if (!isNear) {
      off.push(Math.abs(Math.min(...said) - Math.min(...exact)));
      continue;
    }
    near += 1;
    // A place is rounded to a thousandth of a degree.
    said.forEach((miles, at) => assert.ok(Math.abs(miles - exact[at]) <= 0.06, `${code}: ${miles} is not ${exact[at]}`));
    const order = (miles) => [...miles.keys()].sort((a, b) => miles[a] - miles[b]);
    const [by, expected] = [order(said), order(exact)];
    by.forEach((one, at) => assert.ok(one === expected[at] || Math.abs(exact[one] - exact[expected[at]]) <= 0.12, code));
  }
  off.sort((a, b) => a - b);
  const share = (part) => off[Math.floor(off.length * part)].toFixed(1);
  t.diagnostic(`${near} near; of ${off.length} far away the region is off by ${share(0.5)} miles (median), ${share(0.95)} (95 %)`);
  assert.ok(near > 3000 && off[Math.floor(off.length * 0.95)] < 60);
  assert.equal(await findZip('00000'), undefined);
});

test('names of cities are forgiven their spelling', async () => {
  const { findCities, folded } = await modules();
  const check = async (typed, expected) => assert.deepEqual((await findCities(typed)).map((city) => city.label), expected, typed);
  await check('Glen Burnie', ['Glen Burnie, MD']);
  await check('glen-burnie, md', ['Glen Burnie, MD']);
  await check('St. Michaels MD', ['Saint Michaels, MD']);
  await check('Mt. Airy, MD', ['Mount Airy, MD']);
  await check('La Plata', ['La Plata, MD']);
  await check('Washington, DC', ['Washington, DC']);
  await check('Nowhere, MD', []);
  await check('', []);
  assert.equal(folded('Ft.  MEADE'), folded('Fort Meade'));
});
