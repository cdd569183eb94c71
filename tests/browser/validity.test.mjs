// What machines read: HTML, the sitemap, structured data, links, headers and sizes. It needs no browser.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import vnu from 'vnu-jar';
import { validateXML } from 'xmllint-wasm';

import { headersFor, readHeaders } from './server.mjs';
import { SITE, fileOf, htmlFiles, pagePaths, read } from './site.mjs';

const require = createRequire(import.meta.url);
const pages = pagePaths().map((path) => [path, read(fileOf(path))]);
const TITLE = /<meta property="og:site_name" content="([^"]*)">/.exec(read('index.html'))[1];
const BASE = /<link rel="canonical" href="([^"]*)\/">/.exec(read('index.html'))[1];
const LIMIT = 15_000;

const gzipped = (text) => gzipSync(text, { level: 6 }).length;
const decode = (text) => text.replaceAll('&#39;', "'").replaceAll('&amp;', '&');

/** Runs the Nu HTML checker. Only errors count: it takes `'self'` for nothing and so warns of every script. */
function checkHtml(files) {
  const { status, stderr, error } = spawnSync('java', ['-jar', vnu, '--errors-only', ...files], { encoding: 'utf8' });
  return { isValid: !error && status === 0, said: error?.message ?? stderr };
}

test('the Nu HTML checker finds no error', () => {
  const { isValid, said } = checkHtml(htmlFiles().map((name) => join(SITE, name)));
  assert.ok(isValid, said);
});

test('the Nu HTML checker finds what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'html-'));
  try {
    writeFileSync(join(folder, 'bad.html'), read('index.html').replace('<h1', '<h1 alt="no"'));
    assert.match(checkHtml([join(folder, 'bad.html')]).said, /Attribute “alt” not allowed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the sitemap keeps to its schema', async () => {
  // The package's entry point may lie in a folder; the schema stands at its root.
  const root = require.resolve('sitemap').replace(/([\\/]node_modules[\\/]sitemap[\\/]).*/, '$1');
  const schema = readFileSync(join(root, 'schema', 'sitemap.xsd'), 'utf8');
  const check = (contents) => validateXML({ xml: [{ fileName: 'sitemap.xml', contents }], schema: [schema] });
  const good = await check(read('sitemap.xml'));
  assert.deepEqual(good.errors.map((error) => error.message), []);
  const bad = await check(read('sitemap.xml').replace('<loc>', '<lock>').replace('</loc>', '</lock>'));
  assert.notEqual(bad.errors.length, 0, 'the schema is applied');
});

test('the sitemap lists every page but the 404 and the search', () => {
  const listed = [...read('sitemap.xml').matchAll(/<loc>([^<]*)<\/loc>/g)].map((match) => match[1]);
  const expected = pagePaths().filter((path) => !['/404.html', '/search/'].includes(path)).map((path) => BASE + path);
  assert.deepEqual(listed.sort(), expected.sort());
});

/** What is wrong with a page, one function a promise: each takes the path and the HTML, and gives a list of faults. */
const PROMISES = {
  'has one heading of level 1': (_, html) => {
    const count = [...html.matchAll(/<h1[\s>]/g)].length;
    return count === 1 ? [] : [`${count}`];
  },
  "has a title that ends with the site's": (_, html) => {
    const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
    return title.endsWith(TITLE) ? [] : [title];
  },
  'has its language': (_, html) => (html.includes('<html lang="en"') ? [] : ['none']),
  'has the policy and the referrer rule directly after the charset': (_, html) => {
    const metas = /<head>\s*(<meta[^>]*>)\s*(<meta[^>]*>)\s*(<meta[^>]*>)/.exec(html)?.slice(1) ?? ['', '', ''];
    const isInOrder = metas[0] === '<meta charset="utf-8">'
      && metas[1].startsWith('<meta http-equiv="Content-Security-Policy"')
      && metas[2] === '<meta name="referrer" content="no-referrer">';
    return isInOrder ? [] : [metas.join()];
  },
  'says what it is not': (_, html) => {
    const text = html.replace(/\s+/g, ' ');
    const disclaimer = 'Example site built with Pamphlet from public information. Not a MedStar Health website. '
      + 'Not medical advice. In an emergency, call 911.';
    return text.includes(disclaimer) ? [] : ['no disclaimer'];
  },
  'tells machines of no publisher or review that it does not have': (path, html) => {
    const texts = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((match) => match[1]);
    const faults = texts.length > 0 || path === '/404.html' ? [] : ['no JSON-LD'];
    JSON.stringify(texts.map((text) => JSON.parse(text)), (key, value) => {
      if (['reviewedBy', 'lastReviewed'].includes(key)) faults.push(key);
      if (['publisher', 'author'].includes(key) && JSON.stringify(value).includes('MedStar')) faults.push(key);
      return value;
    });
    return faults;
  },
  'links only to what is there': (path, html) => {
    const links = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map((match) => decode(match[1]));
    return links.filter((link) => !/^(https?|tel|mailto):/.test(link)).filter((link) => {
      const url = new URL(link, BASE + path);
      const file = fileOf(decodeURIComponent(url.pathname));
      const id = decodeURIComponent(url.hash.slice(1));
      return !existsSync(join(SITE, file)) || (id && !read(file).includes(`id="${id}"`));
    });
  },
  'loads nothing from elsewhere': (_, html) => {
    const tags = [...html.matchAll(/<(?:script|img|iframe|audio|video|source|embed|object|link)\s[^>]*>/g)];
    const loads = tags.map((match) => match[0]).filter((tag) => !/^<link rel="(?:canonical|alternate)"/.test(tag));
    return loads.filter((tag) => /\s(?:src|srcset|href|data)="(?:https?:)?\/\//.test(tag));
  },
  'is small, with its style sheets': (path, html) => {
    const sheets = [...html.matchAll(/<link rel="stylesheet" href="\/([^"]*)"/g)].map((match) => read(match[1]));
    const size = [html, ...sheets].map(gzipped).reduce((sum, part) => sum + part);
    return sheets.length > 0 && size <= LIMIT ? [] : [`${size} bytes, ${sheets.length} style sheets`];
  },
};

for (const [promise, look] of Object.entries(PROMISES)) {
  test(`every page ${promise}`, () => {
    const faults = pages.flatMap(([path, html]) => look(path, html).map((fault) => `${path}: ${fault}`));
    assert.deepEqual(faults, []);
  });
}

test("the finder's places are small", () => {
  const [, folder] = /href="\/(assets\/[^/]*)\//.exec(read('index.html'));
  const most = { 'zips.js': 15_000, 'cities.js': 20_000, 'regions.js': 5_000 };
  for (const [name, limit] of Object.entries(most)) {
    const size = gzipped(read(`${folder}/components/finder/${name}`));
    assert.ok(size > 500 && size <= limit, `${name}: ${size} bytes`);
  }
});

test('hosts are told the headers', () => {
  const rules = readHeaders(read('_headers'));
  const headers = Object.fromEntries(headersFor(rules, '/locations/'));
  const policy = decode(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(read('index.html'))[1]);
  assert.deepEqual(headers, {
    'content-security-policy': `${policy}; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'geolocation=(self), camera=(), microphone=(), browsing-topics=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  assert.match(policy, /^default-src 'none'; /);
  assert.match(headersFor(rules, '/assets/any/site.css').get('Cache-Control'), /immutable/);
});
