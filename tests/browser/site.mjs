// The built site and the browser that the tests share.
//
// Every page that a test opens is watched: a warning on the console, a breach of the policy, a file that does not come
// or a request to another origin fails the test, whatever the test is about. The policy is never bypassed.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before } from 'node:test';

import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

/** The folder of the built site. */
export const SITE = process.env.PAMPHLET_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));

export const DESKTOP = { viewport: { width: 1280, height: 900 } };
export const PHONE = { viewport: { width: 320, height: 640 } };

/** The page that has one of everything. */
export const THERAPY = '/treatments/inotropic-therapy/';

export const read = (name) => readFileSync(join(SITE, name), 'utf8');

/** The files of the site that are HTML, by path under the site. */
export function htmlFiles() {
  const names = readdirSync(SITE, { recursive: true }).map((name) => name.split(sep).join('/'));
  return names.filter((name) => name.endsWith('.html')).sort();
}

/** The URL paths of all pages but redirects. */
export function pagePaths() {
  const pages = htmlFiles().filter((name) => !/http-equiv="?refresh/i.test(read(name)));
  return pages.map((name) => `/${name.replace(/(^|\/)index\.html$/, '$1')}`);
}

/** The file of a page, by its URL path. */
export const fileOf = (path) => (path.endsWith('/') ? `${path}index.html` : path).slice(1);

/** The browser: the one that `CHROMIUM` names, else the first that the system has. */
function browserPath() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = ['', ...process.env.PATH.split(delimiter)];
  const paths = names.flatMap((name) => folders.map((folder) => (folder ? join(folder, name) : name)));
  const found = paths.find((path) => path.includes(sep) && existsSync(path));
  if (!found) throw new Error(`there is no ${names.join(', ')}; install Chromium, or set CHROMIUM to its path`);
  return found;
}

/** A browser with `more` arguments besides its own: the one that all test files share, where it needs none. */
export function launch(more = []) {
  const shared = process.env.PAMPHLET_BROWSER;
  if (shared && more.length === 0) return chromium.connect(shared);
  return chromium.launch(launchOptions(more));
}

/** How a browser is started. */
export function launchOptions(more = []) {
  return {
    executablePath: browserPath(),
    // Chromium refuses its sandbox to root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', ...more],
  };
}

/** Starts a server and a browser over a built site; gives both and a way to stop. */
export async function start(folder = SITE) {
  const server = await serve(folder);
  const browser = await launch();
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  return { address: server.address, browser, stop };
}

/** Starts the site for the tests of one file, and stops it after them. */
export function useSite() {
  const site = {};
  before(async () => Object.assign(site, await start()));
  after(() => site.stop?.());
  return site;
}

/** Notes what a page must not do: `noise` is a list of sentences, `requests` all addresses that it asked for. */
async function watch(page, address) {
  const seen = { noise: [], requests: [] };
  const note = (text) => seen.noise.push(text);
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(`console: ${message.text()}`));
  page.on('pageerror', (error) => note(`script: ${error}`));
  page.on('requestfailed', (request) => {
    // A page that is left gives up what it still waits for.
    const { errorText } = request.failure();
    if (errorText !== 'net::ERR_ABORTED') note(`${errorText}: ${request.url()}`);
  });
  page.on('request', (request) => {
    seen.requests.push(request.url());
    if (!request.url().startsWith(`${address}/`)) note(`another origin: ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`));
  });
  return seen;
}

/** Gives `look` a new page of a context of its own, and what is seen of it; fails where the page was not quiet. */
export async function withPage(site, options, look) {
  const context = await site.browser.newContext(options);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const seen = await watch(page, site.address);
    const result = await look(page, seen);
    assert.deepEqual(seen.noise, []);
    return result;
  } finally {
    await context.close();
  }
}

/** Opens one page of the site and looks at it. */
export function open(site, path, options, look) {
  return withPage(site, options, async (page, seen) => {
    await page.goto(site.address + path);
    return look(page, seen);
  });
}

/** Opens every page of the site in one tab; gives what `look` found wrong and all noise, each after the page's path. */
export function onEveryPage(site, options, look) {
  return withPage(site, options, async (page, seen) => {
    const found = [];
    for (const path of pagePaths()) {
      seen.requests.length = 0;
      await page.goto(site.address + path);
      const faults = [...(await look(page, seen)), ...seen.noise.splice(0)];
      found.push(...faults.map((fault) => `${path}: ${fault}`));
    }
    return found;
  });
}
