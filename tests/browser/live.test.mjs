// The preview: what an editor sees while writing, with real files under a real server.

import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';

import { RULES, violations } from './axe.mjs';
import { Live, withLive } from './live.mjs';
import { DESKTOP, THERAPY } from './site.mjs';

const FILE = 'content/treatments/inotropic-therapy.md';
const SENTENCE = 'Doctors use this therapy in two ways:';

/** Opens a page in a context of its own; `window.kept` tells whether it was loaded anew. */
async function tab(browser, address, options = DESKTOP) {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(10_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(message.text()));
  await page.goto(address);
  await status(page, /This page|Nothing to fix/);
  await page.evaluate(() => (window.kept = true));
  return page;
}

const within = (page, look, argument) =>
  page.evaluate(([look, argument]) => new Function('root', 'argument', look)(document.querySelector('pamphlet-preview').shadowRoot, argument), [look, argument]);
const status = (page, words) =>
  page.waitForFunction(
    (words) => new RegExp(words).test(document.querySelector('pamphlet-preview')?.shadowRoot.querySelector('.status').textContent),
    words.source,
  );
const shows = (page, text) => page.waitForFunction((text) => document.body.textContent.includes(text), text);
const isKept = (page) => page.evaluate(() => window.kept === true);
const isOpen = (page) => within(page, 'return !root.querySelector(".body").hidden');
const bar = (page) => within(page, 'return root.querySelector(".bar").textContent');
const list = (page) => within(page, 'return root.querySelector(".list").textContent');

test('an edit is shown in its place, and everything else stays as it was', async () => {
  const prepare = (live) => live.edit(FILE, SENTENCE, `${SENTENCE}\n\n<details id="d"><summary>More</summary><p>Words</p></details>`);
  const allow = (live) => live.edit('content/site.yaml', 'title:', 'policies: {raw_html: true}\ntitle:');
  await withLive({ prepare: (live) => [prepare(live), allow(live)] }, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    await page.evaluate(() => (document.querySelector('#d').open = true));
    await page.locator('#finder-place').fill('212');
    await page.locator('#finder-place').focus();
    // The theme scrolls smoothly.
    await page.waitForFunction(() => scrollY > 100 && scrollY === window.before ? true : ((window.before = scrollY), false), null, { polling: 200 });
    const top = await page.evaluate(() => scrollY);
    live.edit(FILE, SENTENCE, 'Doctors use it in exactly two ways:');
    await shows(page, 'exactly two ways');
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('[data-pamphlet-changed]')].map((e) => e.textContent)), [
      'Doctors use it in exactly two ways:',
    ]);
    assert.ok(await isKept(page), 'the page was not loaded anew');
    assert.equal(await page.evaluate(() => document.querySelector('#d').open), true);
    assert.equal(await page.locator('#finder-place').inputValue(), '212');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'finder-place');
    assert.ok(Math.abs((await page.evaluate(() => scrollY)) - top) < 40, 'the page has not jumped');
    await page.waitForFunction(() => !document.querySelector('[data-pamphlet-changed]'));
    // What a script of the page has done stays, too: the finder sorts its list.
    await page.locator('#finder-place').fill('21218');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /miles/.test(document.querySelector('[data-finder="message"]').textContent));
    const order = () => page.locator('li.location').evaluateAll((items) => items.map((item) => item.dataset.id));
    const sorted = await order();
    live.edit(FILE, 'exactly two ways', 'just two ways');
    await shows(page, 'just two ways');
    assert.deepEqual(await order(), sorted);
    assert.deepEqual(page.faults, []);
  });
});

test('the mark of a change does not move for those who want no motion', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY, { ...DESKTOP, reducedMotion: 'reduce' });
    live.edit(FILE, SENTENCE, 'Doctors use it so:');
    await page.waitForSelector('[data-pamphlet-changed]');
    const name = await page.evaluate(() => getComputedStyle(document.querySelector('[data-pamphlet-changed]')).animationName);
    assert.equal(name, 'none');
  });
});

test('a title is new on every open page that shows it', async () => {
  await withLive({}, async (live, browser) => {
    const pages = await Promise.all(['/', '/a-z/', '/conditions/heart-failure/'].map((path) => tab(browser, live.address + path)));
    live.edit(FILE, 'title: Inotropic therapy', 'title: Inotropic infusion');
    await Promise.all(pages.map((page) => shows(page, 'Inotropic infusion')));
    for (const page of pages) assert.ok(await isKept(page));
  });
});

test('styles change without loading the page anew, templates too, scripts with it', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    const sheet = 'static/assets/components/care-card/care-card.css';
    live.write(sheet, `${live.read(sheet)}\n@layer components { main h1 { outline: 7px solid red; } }\n`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('main h1')).outlineWidth === '7px');
    assert.ok(await isKept(page));
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]:not([data-preview])').length === 1);
    live.edit('templates/base.html', '</main>', '<p>From the template</p></main>');
    await shows(page, 'From the template');
    assert.ok(await isKept(page));
    const script = 'static/assets/components/finder/distance.js';
    live.write(script, `${live.read(script)}\n// changed\n`);
    await page.waitForFunction(() => window.kept === undefined);
    assert.deepEqual(page.faults, []);
  });
});

test('errors stand over the last good page, with their source, their help and the way to the editor', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    assert.match(await bar(page), /Awaits clinical review/);
    assert.match(await bar(page), /Grade \d+(\.\d)?, aim 8/);
    const good = live.read(FILE);
    live.write(FILE, good.replace('title: Inotropic therapy', 'title: "Inotropic therapy').replace(SENTENCE, 'Lost words.'));
    await status(page, /1 error/);
    assert.ok(await isOpen(page), 'errors open by themselves');
    assert.match(await list(page), /a quote begins here and never ends/);
    assert.match(await list(page), /2 \| title: "Inotropic therapy/);
    assert.match(await list(page), /Help: close it with "/);
    const link = await within(page, 'return root.querySelector(".list a").href');
    assert.equal(link, `vscode://file${live.path(FILE)}:2:8`);
    assert.equal(await page.locator('main h1').textContent(), 'Inotropic therapy');
    assert.ok((await page.locator('main').textContent()).includes(SENTENCE));
    live.write(FILE, good);
    await status(page, /This page: 1 note/);
    assert.equal(await isOpen(page), false, 'what is fixed closes by itself');
    // A link that leads nowhere: the page can be shown, and is.
    live.edit(FILE, SENTENCE, 'See [more](nowhere.md).');
    await shows(page, 'See more.');
    await status(page, /1 error/);
    assert.ok(await isKept(page));
    assert.deepEqual(page.faults, []);
  });
});

test('errors of other pages are named, and the list of the site has them all', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + '/');
    const all = await (await browser.newContext(DESKTOP)).newPage();
    await all.goto(`${live.address}/_pamphlet/`);
    await all.waitForFunction(() => document.querySelector('#status').textContent === '7 notes');
    live.edit(FILE, SENTENCE, 'See [more](nowhere.md).');
    await status(page, /Nothing to fix on this page; 1 error elsewhere on the site/);
    await all.waitForFunction(() => document.querySelector('#status').textContent.startsWith('1 error, '));
    assert.match(await all.locator('#list').textContent(), /nowhere\.md/);
    await all.locator('#filter').selectOption('error');
    assert.equal(await all.locator('#list li.finding').count(), 1);
    assert.equal(await all.locator('#home').getAttribute('href'), '/');
  });
});

test('the keyboard reaches everything in the bar, and screen readers are told', async () => {
  const prepare = (live) => live.edit(FILE, SENTENCE, 'See [more](nowhere.md).');
  await withLive({ prepare }, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    const focused = () => within(page, 'return root.activeElement?.tagName + ":" + (root.activeElement?.textContent ?? "").slice(0, 40)');
    const button = () => within(page, 'root.querySelector("button").focus()');
    await button();
    assert.equal(await focused(), 'BUTTON:Hide findings');
    await page.keyboard.press('Enter');
    assert.equal(await isOpen(page), false);
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'H2:Findings of this page');
    await page.keyboard.press('Tab');
    assert.match(await focused(), /^A:content\/treatments/);
    await page.keyboard.press('Tab');
    assert.match(await focused(), /^PRE:/);
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'BUTTON:Show findings');
    assert.equal(await within(page, 'return root.querySelector("[role=status]").textContent.includes("1 error")'), true);
    assert.equal(await within(page, 'return root.querySelector("button").getAttribute("aria-expanded")'), 'false');
  });
});

test('the bar and the list of the site have no accessibility violation', async () => {
  const prepare = (live) => live.edit(FILE, SENTENCE, 'See [more](nowhere.md). You utilize it.');
  await withLive({ prepare }, async (live, browser) => {
    for (const colorScheme of ['light', 'dark']) {
      for (const viewport of [DESKTOP.viewport, { width: 320, height: 640 }]) {
        const page = await tab(browser, live.address + THERAPY, { viewport, colorScheme });
        assert.ok(await isOpen(page));
        assert.deepEqual(await violations(page, RULES), [], `${colorScheme}, ${viewport.width}`);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scroll');
        await page.goto(`${live.address}/_pamphlet/`);
        await page.waitForSelector('li.finding');
        assert.deepEqual(await violations(page, RULES), [], `the list, ${colorScheme}, ${viewport.width}`);
      }
    }
  });
});

test('drafts and pages to come have a ribbon, and --published hides them', async () => {
  const draft = '---\ntitle: Draft\nsummary: A draft.\ndraft: true\n---\n\nWords.\n';
  const later = '---\ntitle: Later\nsummary: A page to come.\npublish_on: 2199-01-01\n---\n\nWords.\n';
  const prepare = (live) => {
    live.write('content/draft.md', draft);
    live.write('content/later.md', later);
  };
  await withLive({ prepare }, async (live, browser) => {
    assert.match(await bar(await tab(browser, `${live.address}/draft/`)), /Draft: not part of the published site/);
    assert.match(await bar(await tab(browser, `${live.address}/later/`)), /Scheduled: published on 2199-01-01/);
  });
  const live = await Live.start({ prepare, options: ['--published'] });
  try {
    for (const name of ['draft', 'later']) assert.equal((await fetch(`${live.address}/${name}/`)).status, 404);
  } finally {
    await live.stop();
  }
});

test('every way of saving is seen', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    const text = live.read(FILE);
    let count = 0;
    const next = () => text.replace(SENTENCE, `Edit number ${(count += 1)}.`);
    const ways = {
      'a file replaced by another': (text) => live.replace(FILE, text),
      'a backup first, then a new file': (text) => {
        renameSync(live.path(FILE), live.path(`${FILE}~`));
        live.write(FILE, text);
        rmSync(live.path(`${FILE}~`));
      },
      'deleted, and written again': (text) => {
        rmSync(live.path(FILE));
        live.write(FILE, text);
      },
      'emptied, then written in two parts': (text) => {
        live.write(FILE, '');
        live.write(FILE, text.slice(0, 40));
        live.write(FILE, text);
      },
    };
    for (const [way, save] of Object.entries(ways)) {
      save(next());
      await page.waitForFunction((text) => document.body.textContent.includes(text), `Edit number ${count}.`).catch(() => assert.fail(way));
      assert.ok(await isKept(page), way);
    }
    assert.equal(await page.locator('main h1').textContent(), 'Inotropic therapy');
    assert.deepEqual(page.faults, []);
  });
});

test('folders come and go', async () => {
  await withLive({}, async (live) => {
    const page = (title) => `---\ntitle: ${title}\nsummary: S.\n---\n\nWords.\n`;
    const answers = (path, status, what) => live.until(`${path}: not ${status} ${what}`, async () => (await fetch(live.address + path)).status === status);
    mkdirSync(live.path('content/guides/deep'), { recursive: true });
    live.write('content/guides/deep/one.md', page('One'));
    await answers('/guides/deep/one/', 200, 'in a new folder');
    live.write('content/guides/deep/two.md', page('Two'));
    await answers('/guides/deep/two/', 200, 'in a folder that was new');
    renameSync(live.path('content/guides'), live.path('content/manuals'));
    await answers('/manuals/deep/one/', 200, 'after its folder was renamed');
    await answers('/guides/deep/one/', 404, 'after its folder was renamed');
    renameSync(live.path('content/manuals/deep/one.md'), live.path('content/manuals/deep/One.md'));
    await answers('/manuals/deep/One/', 200, 'after its case has changed');
    rmSync(live.path('content/manuals'), { recursive: true });
    await answers('/manuals/deep/two/', 404, 'after its folder was deleted');
    // The whole content goes and comes back, as when a branch is changed.
    renameSync(live.path('content'), live.path('aside'));
    await answers(THERAPY, 404, 'without any content');
    renameSync(live.path('aside'), live.path('content'));
    await answers(THERAPY, 200, 'when the content is back');
    live.edit(FILE, SENTENCE, 'After all that.');
    await live.until('the new content folder is not watched', async () =>
      (await (await fetch(live.address + THERAPY)).text()).includes('After all that.'));
  });
});

test('a template that does not parse and locations half written leave the last good site', async () => {
  await withLive({}, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    const [template, locations] = ['templates/entry.html', 'content/locations.yaml'].map((name) => [name, live.read(name)]);
    live.write(template[0], `${template[1]}{% if %}`);
    await status(page, /error/);
    live.edit(FILE, SENTENCE, 'Words go on being shown.');
    await shows(page, 'Words go on being shown.');
    live.write(...template);
    await status(page, /This page: 1 note$/);
    live.write(locations[0], `${locations[1].slice(0, 300)}\n  "`);
    await status(page, /error/);
    assert.equal(await page.locator('li.location').count(), 5);
    live.write(...locations);
    await status(page, /This page: 1 note$/);
    assert.ok(await isKept(page));
  });
});

test('a burst of 5,000 files is at most three rebuilds, and the last state is right', async () => {
  const page = (number, word) => `---\ntitle: Page ${number}\nsummary: S.\n---\n\n${word} number ${number}.\n`;
  const prepare = (live) => {
    mkdirSync(live.path('content/many'));
    for (let number = 0; number < 5000; number += 1) live.write(`content/many/p${number}.md`, page(number, 'Old'));
  };
  await withLive({ prepare }, async (live) => {
    await live.until('it never was ready', () => live.rebuilds().length === 1, 60_000);
    for (let number = 0; number < 5000; number += 1) live.write(`content/many/p${number}.md`, page(number, 'New'));
    const text = async (number) => (await fetch(`${live.address}/many/p${number}/`)).text();
    // A state that is read while files are written may have a later file and not an earlier one: the last state has all.
    const isNew = async (number) => (await text(number)).includes(`New number ${number}.`);
    const seen = [...Array(10).keys()].map((part) => part * 500).concat(4999);
    await live.until('a page is old', async () => (await Promise.all(seen.map(isNew))).every(Boolean), 30_000);
    await live.until('the findings never came', () => /all done after/.test(live.rebuilds().at(-1)) && live.rebuilds().length > 1, 60_000);
    const state = await (await fetch(`${live.address}/_pamphlet/page?path=/`)).json();
    assert.ok(state.shown <= 4, `${state.shown - 1} rebuilds for one burst`);
  });
});

test('files are looked at where the system sends no events', async () => {
  await withLive({ options: ['--poll'] }, async (live, browser) => {
    const page = await tab(browser, live.address + THERAPY);
    live.edit(FILE, SENTENCE, 'Seen without events.');
    await shows(page, 'Seen without events.');
  });
});

test('ten tabs share one stream, and Ctrl-C ends the server at once', async () => {
  await withLive({}, async (live, browser) => {
    const context = await browser.newContext(DESKTOP);
    const tabs = [];
    for (let number = 0; number < 10; number += 1) {
      const page = await context.newPage();
      await page.goto(live.address + THERAPY);
      tabs.push(page);
    }
    live.edit(FILE, SENTENCE, 'In every tab.');
    await Promise.all(tabs.map((page) => shows(page, 'In every tab.')));
    const { streams } = await (await fetch(`${live.address}/_pamphlet/page?path=/`)).json();
    assert.equal(streams, 1);
    const took = await live.interrupt();
    assert.equal(live.process.exitCode, 0);
    assert.ok(took < 2000, `it took ${took} ms`);
    await tabs[0].waitForFunction(() =>
      /has stopped/.test(document.querySelector('pamphlet-preview').shadowRoot.querySelector('.status').textContent));
  });
});

test('the terminal says for each rebuild what changed, and only new findings', async () => {
  const live = await Live.start({});
  try {
    await live.until('it never was ready', () => live.rebuilds().length === 1);
    assert.match(live.rebuilds()[0], /^23 pages ready: shown after \d+ ms; 23 pages rendered; 7 notes; all done after \d+ ms$/);
    assert.match(live.complained, /awaits-review/);
    live.complained = '';
    live.edit(FILE, SENTENCE, 'See [more](nowhere.md).');
    await live.until('no line for the edit', () => live.rebuilds().length === 2);
    assert.match(live.rebuilds()[1], /^content\/treatments\/inotropic-therapy\.md: shown after \d+ ms; 1 page rendered; 1 error, /);
    assert.match(live.complained, /broken-link/);
    assert.doesNotMatch(live.complained, /awaits-review/);
  } finally {
    await live.stop();
  }
});

/** Sends one request as it is; gives the status. */
const raw = (live, path, headers = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(live.address);
    const sent = request({ hostname, port, path, headers }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject);
    sent.end();
  });

/** Sends bytes that are no proper request; gives the first line of the answer. */
const rough = (live, bytes) =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(live.address);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (data) => (answer += data));
    socket.on('close', () => resolve(answer.split('\r\n')[0]));
    socket.on('error', () => resolve(answer.split('\r\n')[0]));
    setTimeout(() => socket.destroy(), 2000);
  });

test('the server answers only to its own name, and refuses what is no address', async () => {
  const live = await Live.start({});
  try {
    const secret = live.path('secret.txt');
    writeFileSync(secret, 'secret');
    const paths = ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/content/../secret.txt', '/%c0%ae/secret.txt', '/%zz', '/%00', '/a\\..\\b', '/secret.txt', '/_pamphlet/../secret.txt', '/_pamphlet/nothing'];
    for (const path of paths) {
      const status = await raw(live, path);
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
    }
    assert.equal(await raw(live, '/', { host: 'evil.example' }), 421);
    assert.equal(await raw(live, '/_pamphlet/findings', { host: 'evil.example:80' }), 421);
    assert.equal(await raw(live, '/', { host: 'localhost' }), 200);
    assert.equal((await fetch(`${live.address}/`, { method: 'POST' })).status, 405);
    assert.match(await rough(live, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`), / 4\d\d /);
    assert.match(await rough(live, 'nonsense\r\n\r\n'), / 400 /);
    assert.equal(await raw(live, '/'), 200);
  } finally {
    await live.stop();
  }
});

test('another host than this machine comes with a warning', async () => {
  const live = await Live.start({ options: ['--host', '0.0.0.0'] });
  try {
    await live.until('no warning', () => /every machine of this network can read the site/.test(live.complained));
    assert.equal(await raw(live, '/'), 200);
  } finally {
    await live.stop();
  }
});
