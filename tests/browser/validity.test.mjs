// What machines read: HTML, the sitemap, structured data, links, headers and sizes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import vnu from 'vnu-jar';
import { validateXML } from 'xmllint-wasm';

import { SITE, htmlFiles, pagePaths, read } from './site.mjs';

const require = createRequire(import.meta.url);
const fileOf = (path) => (path.endsWith('/') ? `${path}index.html` : path).slice(1);
const pages = pagePaths().map((path) => [path, read(fileOf(path))]);

test('the Nu HTML checker has nothing to say', () => {
  const files = htmlFiles().map((name) => join(SITE, name));
  assert.ok(files.length > 15);
  // Only errors count: the checker takes 'self' for nothing and so warns of every style sheet and script.
  execFileSync('java', ['-jar', vnu, '--errors-only', ...files], {
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'inherit'],
  });
});

test('the sitemap keeps to its schema', async () => {
  // The package's entry point may lie in a folder; the schema stands at its root.
  const root = require.resolve('sitemap').replace(/([\\/]node_modules[\\/]sitemap[\\/]).*/, '$1');
  const schema = readFileSync(join(root, 'schema', 'sitemap.xsd'), 'utf8');
  const check = (contents) => validateXML({ xml: [{ fileName: 'sitemap.xml', contents }], schema: [schema] });
  const good = await check(read('sitemap.xml'));
  assert.deepEqual(good.errors.map(String), []);
  const bad = await check(read('sitemap.xml').replace('<loc>', '<lock>').replace('</loc>', '</lock>'));
  assert.notEqual(bad.errors.length, 0, 'the schema is applied');
});

test('the sitemap lists every page but the 404', () => {
  const listed = [...read('sitemap.xml').matchAll(/<loc>https:\/\/example\.org(.*?)<\/loc>/g)].map((match) => match[1]);
  assert.deepEqual(listed.sort(), pagePaths().filter((path) => path !== '/404.html').sort());
});

for (const [path, html] of pages) {
  test(`${path} has what every page has`, () => {
    assert.equal([...html.matchAll(/<h1[\s>]/g)].length, 1);
    assert.match(html, /<title>[^<]*Heart Care Guide<\/title>/);
    assert.match(html, /<meta charset="?utf-8"?>\s*<meta http-equiv="Content-Security-Policy"[^>]*>\s*<meta name="referrer" content="no-referrer">/);
    assert.match(html, /Example site built with Pamphlet from public information\. Not a MedStar Health\s+website\. Not medical advice\. In an emergency, call 911\./);
    assert.match(html, /<html lang="en"/);
  });

  test(`${path} claims nothing about a publisher or a review`, () => {
    const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((match) => JSON.parse(match[1]));
    if (path !== '/404.html') assert.equal(blocks.length, 1);
    const seen = [];
    JSON.stringify(blocks, (key, value) => {
      if (['reviewedBy', 'lastReviewed'].includes(key)) seen.push(key);
      if (['publisher', 'author'].includes(key) && JSON.stringify(value).includes('MedStar')) seen.push(key);
      return value;
    });
    assert.deepEqual(seen, []);
  });

  test(`${path} links only to what is there`, () => {
    const broken = [];
    for (const [, href] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?|tel|mailto):/.test(href)) continue;
      const url = new URL(href.replaceAll('&amp;', '&'), `https://example.org${path}`);
      const file = fileOf(decodeURIComponent(url.pathname));
      const id = decodeURIComponent(url.hash.slice(1));
      const isThere = existsSync(join(SITE, file));
      if (!isThere || (id && !read(file).includes(`id="${id}"`))) broken.push(href);
    }
    assert.deepEqual(broken, []);
  });

  test(`${path} is small`, () => {
    const [folder] = readdirSync(join(SITE, 'assets'));
    const size = [html, read(`assets/${folder}/site.css`)].map((text) => gzipSync(text, { level: 6 }).length);
    assert.ok(size[0] + size[1] <= 15_000, `${size} bytes`);
  });
}

test('hosts are told the headers', () => {
  const headers = read('_headers');
  for (const line of [
    /^\/\*$/m,
    /Content-Security-Policy: default-src 'none';.*frame-ancestors 'none'/,
    /Referrer-Policy: no-referrer/,
    /X-Content-Type-Options: nosniff/,
    /Permissions-Policy: geolocation=\(self\), camera=\(\), microphone=\(\), browsing-topics=\(\)/,
    /Cross-Origin-Opener-Policy: same-origin/,
    /^\/assets\/\*\n\s+Cache-Control: .*immutable/m,
  ]) assert.match(headers, line);
});
