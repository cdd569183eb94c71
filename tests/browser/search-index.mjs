// Sites built for the tests of the search, and their search outside a browser.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { PROGRAM } from './live.mjs';
import { importer } from './modules.mjs';

/** A folder that goes away with the tests. */
export function temporary(after) {
  const folder = mkdtempSync(join(tmpdir(), 'pamphlet-search-'));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Builds a site of some files (`name → text`); gives the folder of the output. */
export function buildFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return build(folder, join(folder, 'public'));
}

/** Builds the site of a folder; gives the folder of the output. */
export function build(site, out) {
  execFileSync(PROGRAM, ['build', '--site', site, '--out', out], { stdio: 'pipe', maxBuffer: Infinity });
  return out;
}

/** The modules of a built site's search. */
export async function modules(site, folder) {
  const [hash] = readdirSync(join(site, 'assets'));
  const load = importer(folder, site, ['search', 'assets']);
  return {
    ...(await load(`assets/${hash}/components/search/engine.js`)),
    ...(await load(`assets/${hash}/components/search/terms.js`)),
    ...(await load('search/index.js')),
    parts: (await (await load('search/text.js')).default()).map((part) => part.default),
  };
}
