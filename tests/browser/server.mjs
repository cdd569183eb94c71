// Serves a built site as a host would: with the headers of its `_headers` file, and its own 404 page.
//
// It must never soften a header: what the pages may do in the tests is what they may do at their readers'.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

/** The rules of a `_headers` file: a pattern, then indented headers. */
export function readHeaders(text) {
  const rules = [];
  for (const line of text.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#'))) {
    if (/^\s/.test(line)) {
      const at = line.indexOf(':');
      rules.at(-1).headers.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
    } else {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    }
  }
  return rules;
}

/** The headers of all rules that fit; a header that several rules set has all their values, as hosts join them. */
export function headersFor(rules, pathname) {
  const headers = new Headers();
  for (const rule of rules.filter((rule) => rule.pattern.test(pathname))) {
    for (const [name, value] of rule.headers) headers.append(name, value);
  }
  return headers;
}

const isFile = (file) => stat(file).then((found) => found.isFile(), () => false);

/** The file that answers, with its status: a folder leads to its address with a slash, all else to the 404 page. */
async function find(folder, pathname) {
  const missing = { status: 404, file: join(folder, '404.html') };
  let path;
  try {
    path = normalize(decodeURIComponent(pathname));
  } catch {
    return missing;
  }
  if (path.startsWith('/.pamphlet')) return missing;
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  if (await isFile(file)) return { status: 200, file };
  if (!path.endsWith('/') && (await isFile(join(file, 'index.html')))) return { status: 301, location: `${pathname}/` };
  return missing;
}

/** Serves `folder` on a free port of this machine; gives the address and a way to stop. */
export async function serve(folder) {
  const rules = readHeaders(await readFile(join(folder, '_headers'), 'utf8'));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const { status, file, location } = await find(folder, pathname);
    response.statusCode = status;
    response.setHeaders(headersFor(rules, pathname));
    if (location) return response.setHeader('Location', location).end();
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    return response.end(await readFile(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
