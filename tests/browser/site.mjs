// The built site and the browser that the tests share.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

/** The folder of the built site. */
export const SITE = process.env.PAMPHLET_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The files of the site that are HTML, by path under the site. */
export function htmlFiles() {
  const files = readdirSync(SITE, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(SITE, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'));
  return names.filter((name) => name.endsWith('.html')).sort();
}

export const read = (name) => readFileSync(join(SITE, name), 'utf8');

/** The URL paths of all pages but redirects. */
export function pagePaths() {
  const pages = htmlFiles().filter((name) => !/http-equiv="?refresh/i.test(read(name)));
  return pages.map((name) => `/${name.replace(/index\.html$/, '')}`);
}

/** Starts a server and a browser for the tests of one file. */
export function useSite() {
  const site = {};
  before(async () => {
    const server = await serve(SITE);
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...sandbox, '--disable-gpu', '--disable-quic', ...quiet] });
    Object.assign(site, { address: server.address, browser, stop: server.stop });
  });
  after(async () => {
    await site.browser?.close();
    await site.stop?.();
  });
  return site;
}

/** Opens a page in a context of its own, gives it to `look`, and closes it. */
export async function open(site, path, options, look) {
  const context = await site.browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const seen = { console: [], requests: [] };
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && seen.console.push(message.text()));
  page.on('pageerror', (error) => seen.console.push(String(error)));
  page.on('request', (request) => seen.requests.push(request.url()));
  try {
    await page.goto(site.address + path);
    return await look(page, seen);
  } finally {
    await context.close();
  }
}

export const PHONE = { viewport: { width: 320, height: 640 } };
export const DESKTOP = { viewport: { width: 1280, height: 900 } };
