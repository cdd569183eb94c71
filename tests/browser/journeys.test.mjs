// Whole visits by keyboard alone, and every address that the browser asks for on the way.
//
// The browser has a proxy here, for every address that there is: what does not show on a page (a connection that is made
// ahead of time, a request of a worker or of another window) is seen too.

import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, before, test } from 'node:test';

import { DESKTOP, PHONE, SITE, THERAPY, launch, onEveryPage, open, useSite, withPage } from './site.mjs';
import { serve } from './server.mjs';

/** The hosts that Chromium asks for itself, whatever the page, encrypted or not: none of it is of a page. */
const ITS_OWN = [
  'accounts.google.com',
  'android.clients.google.com',
  'clients2.google.com',
  'clientservices.googleapis.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'safebrowsing.googleapis.com',
  'update.googleapis.com',
];

/** A proxy that passes requests on, and notes every host that it is asked for. */
async function startProxy() {
  const asked = [];
  const proxy = createServer((incoming, answer) => {
    const url = new URL(incoming.url);
    asked.push(url.origin);
    if (url.hostname !== '127.0.0.1') return answer.writeHead(502).end();
    const passed = request(url, { method: incoming.method, headers: incoming.headers }, (found) => {
      answer.writeHead(found.statusCode, found.headers);
      found.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    return incoming.pipe(passed);
  });
  proxy.on('connect', (incoming, socket) => {
    asked.push(incoming.url);
    socket.destroy();
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise((resolve) => {
    proxy.close(resolve);
    proxy.closeAllConnections();
  });
  return { asked, address: `http://127.0.0.1:${proxy.address().port}`, stop };
}

const watched = {};

before(async () => {
  watched.proxy = await startProxy();
  watched.server = await serve(SITE);
  watched.address = watched.server.address;
  watched.browser = await launch([`--proxy-server=${watched.proxy.address}`, '--proxy-bypass-list=<-loopback>']);
});

after(async () => {
  await watched.browser?.close();
  await watched.server?.stop();
  await watched.proxy?.stop();
});

/** The host of an address, or of a host with its port as a proxy is asked for it. */
function hostname(asked) {
  return new URL(asked.includes('://') ? asked : `https://${asked}`).hostname;
}

/** The hosts that pages asked during a visit. */
async function asked(visit) {
  watched.proxy.asked.length = 0;
  await visit();
  return [...new Set(watched.proxy.asked)].filter((host) => !ITS_OWN.includes(hostname(host)));
}

/** Goes on with Tab until the focus stands on a link or button of this name; fails where it never does. */
async function tabTo(page, name) {
  const passed = [];
  for (let steps = 0; steps < 150; steps += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => document.activeElement.textContent.replace(/\s+/g, ' ').trim());
    if (name.test(here)) return;
    passed.push(here.slice(0, 40));
  }
  assert.fail(`Tab does not come to ${name}: ${passed.join(' | ')}`);
}

/** Follows a link of this name with the keyboard. */
async function follow(page, name, path) {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname + url.hash === path);
}

const JOURNEYS = {
  'from the menu to a condition, to a section of the page, and back by the breadcrumbs': async (page) => {
    await follow(page, /^Conditions & Tests$/, '/conditions-and-tests/');
    await follow(page, /^Heart failure/, '/conditions/heart-failure/');
    const target = await page.locator('.contents-list a').first().getAttribute('href');
    await tabTo(page, new RegExp(`^${await page.locator('.contents-list a').first().textContent()}$`));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash === target);
    assert.ok(await page.locator(`[id="${target.slice(1)}"]`).isVisible());
    await page.keyboard.press('Home');
    await page.reload();
    await follow(page, /^Conditions & Tests$/, '/conditions-and-tests/');
  },
  'from the menu to A to Z, to a page by its letter, and to the credits in the foot': async (page) => {
    await follow(page, /^A to Z$/, '/a-z/');
    await follow(page, /^Chest X-ray/i, '/tests/chest-x-ray/');
    await follow(page, /^Credits$/, '/credits/');
  },
  'from the menu to a treatment, and to a hospital from its list': async (page) => {
    await follow(page, /^Treatments$/, '/treatments/');
    await follow(page, /^Inotropic therapy/, THERAPY);
    await follow(page, /Harbor Hospital$/, '/locations/harbor/');
  },
};

for (const [name, journey] of Object.entries(JOURNEYS)) {
  test(`a visit by keyboard, which nobody learns of: ${name}`, async () => {
    for (const options of [DESKTOP, PHONE, { ...DESKTOP, javaScriptEnabled: false }]) {
      const hosts = await asked(() => open(watched, '/', options, journey));
      assert.deepEqual(hosts, [watched.address]);
    }
  });
}

test('every page, with all that it loads, asks this site alone', async () => {
  const load = (page) => page.waitForLoadState('networkidle').then(() => []);
  const hosts = await asked(async () => assert.deepEqual(await onEveryPage(watched, DESKTOP, load), []));
  assert.deepEqual(hosts, [watched.address]);
});

test('the proxy sees what a page does not show', async () => {
  const ahead = '<link rel="prefetch" href="http://prefetch.example/x">';
  const hosts = await asked(() => withPage(watched, DESKTOP, async (page, seen) => {
    await page.route('**/about/', (route) => route.fulfill({ contentType: 'text/html', body: ahead }));
    await page.goto(`${watched.address}/about/`, { waitUntil: 'networkidle' });
    seen.noise.length = 0;
  }));
  assert.ok(hosts.includes('http://prefetch.example'), hosts.join());
});

const site = useSite();

test('on every page Tab comes to everything that can be reached, in the order of the page, and to nothing unseen', async () => {
  const found = await onEveryPage(site, { ...DESKTOP, reducedMotion: 'reduce' }, async (page) => {
    const expected = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
      const reached = all.filter((element) => element.checkVisibility({ visibilityProperty: true }));
      reached.forEach((element, at) => { element.dataset.stop = at; });
      return reached.length;
    });
    const faults = expected > 5 ? [] : [`only ${expected} stops`];
    for (let stop = 0; stop < expected && faults.length === 0; stop += 1) {
      await page.keyboard.press('Tab');
      const { at, html, isSeen } = await page.evaluate(() => {
        const element = document.activeElement;
        const { top, bottom, height } = element.getBoundingClientRect();
        const isSeen = height > 0 && bottom > 0 && top < innerHeight;
        return { at: element.dataset.stop, html: element.outerHTML.slice(0, 80), isSeen };
      });
      if (at !== String(stop)) faults.push(`stop ${stop} is ${at}: ${html}`);
      if (!isSeen) faults.push(`out of sight: ${html}`);
    }
    return faults;
  });
  assert.deepEqual(found, []);
});

test('a control that holds the focus is found', async () => {
  await open(site, '/', DESKTOP, async (page) => {
    await page.evaluate(() => {
      const link = document.querySelector('header a');
      link.addEventListener('keydown', (event) => event.key === 'Tab' && event.preventDefault());
    });
    await assert.rejects(tabTo(page, /^Credits$/), /does not come to/);
  });
});
