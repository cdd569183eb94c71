// Takes pictures of key pages of the built site: phone, desktop, dark and paper. Called by `scripts/screenshots`.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { THERAPY, start, withPage } from './site.mjs';

const PAGES = {
  home: '/',
  therapy: THERAPY,
  condition: '/conditions/heart-failure/',
  test: '/tests/chest-x-ray/',
  locations: '/locations/',
  location: '/locations/union-memorial/',
  'a-z': '/a-z/',
  'not-found': '/404.html',
};

// Paper is as wide as the text of a US letter page at 96 dots an inch.
const LOOKS = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  print: { viewport: { width: 720, height: 960 }, media: 'print' },
};

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const site = await start();
try {
  for (const [look, { media, ...options }] of Object.entries(LOOKS)) {
    await withPage(site, options, async (page) => {
      await page.emulateMedia({ media: media ?? 'screen' });
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(site.address + path);
        await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
      }
    });
  }
} finally {
  await site.stop();
}
console.log(`${Object.keys(PAGES).length * Object.keys(LOOKS).length} pictures in ${folder}`);
