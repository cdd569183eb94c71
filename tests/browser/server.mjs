// Serves a built site as a host would: with the headers of its `_headers` file, and its own 404 page.

import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
};

/** The rules of a `_headers` file: a pattern, then indented headers. */
export function readHeaders(text) {
  const rules = [];
  for (const line of text.split('\n').filter((line) => line.trim() && !line.trim().startsWith('#'))) {
    if (line.startsWith('/')) {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: [] });
    } else {
      const at = line.indexOf(':');
      rules.at(-1).headers.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
    }
  }
  return rules;
}

async function find(folder, path) {
  const inside = normalize(decodeURIComponent(path));
  const file = join(folder, inside.endsWith('/') ? `${inside}index.html` : inside);
  const isFile = await stat(file).then((found) => found.isFile(), () => false);
  return isFile && !inside.startsWith('/.pamphlet') ? { file, status: 200 } : { file: join(folder, '404.html'), status: 404 };
}

/** Serves `folder` on a free port of this machine; gives the address and a way to stop. */
export async function serve(folder) {
  const rules = readHeaders(await readFile(join(folder, '_headers'), 'utf8'));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const { file, status } = await find(folder, pathname);
    const headers = rules.filter((rule) => rule.pattern.test(pathname)).flatMap((rule) => rule.headers);
    for (const [name, value] of headers) response.setHeader(name, value);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.statusCode = status;
    response.end(await readFile(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}
