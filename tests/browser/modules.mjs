// The modules of a built site, outside a browser.

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Copies parts of a built site into a temporary folder, for Node must be told that their scripts are modules.
 * Gives a function that imports one of them by its path in the site.
 */
export function importer(folder, site, parts) {
  const copy = join(folder, 'modules');
  for (const part of parts) cpSync(join(site, part), join(copy, part), { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  return (name) => import(pathToFileURL(join(copy, name)));
}
