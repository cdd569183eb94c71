// Lighthouse over one page of each kind, as a phone on a slow network sees it.
//
// Accessibility, best practices and search are asserted at 100. What depends on the machine (the speed) is reported; what
// does not (bytes, requests, shift of the layout) is asserted.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';

import lighthouse from 'lighthouse';
import { Fetcher } from 'lighthouse/core/gather/fetcher.js';

import { SITE, THERAPY, launch } from './site.mjs';
import { serve } from './server.mjs';

const PAGES = [
  '/',
  THERAPY,
  '/conditions/heart-failure/',
  '/tests/chest-x-ray/',
  '/locations/',
  '/locations/harbor/',
  '/a-z/',
  '/conditions-and-tests/',
];

const CATEGORIES = ['accessibility', 'best-practices', 'seo', 'performance'];

/** The most that a page may cost its reader before anything is clicked; the server of the tests does not compress. */
const MOST = { requests: 10, bytes: 100_000, shift: 0.01 };

// Lighthouse asks for `robots.txt` in the name of the page, and the policy of the page allows no connection. The policy
// stays; Lighthouse asks for itself.
Fetcher.prototype.fetchResource = async (url) => {
  const answer = await fetch(url);
  return { status: answer.status, content: await answer.text() };
};

const site = {};

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

before(async () => {
  site.port = await freePort();
  site.browser = await launch([`--remote-debugging-port=${site.port}`]);
  site.server = await serve(SITE);
});

after(async () => {
  await site.browser?.close();
  await site.server?.stop();
});

/** What Lighthouse says of an address. */
async function report(address) {
  const flags = { port: site.port, logLevel: 'error', onlyCategories: CATEGORIES };
  const { lhr } = await lighthouse(address, flags);
  assert.equal(lhr.runtimeError, undefined);
  const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
  const details = (id) => lhr.audits[id].details.items;
  const loaded = details('network-requests').map(({ url, transferSize }) => ({ url, bytes: transferSize }));
  const refs = CATEGORIES.filter((name) => name !== 'performance').flatMap((name) => lhr.categories[name].auditRefs);
  const isFaulty = ({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1;
  return {
    scores,
    loaded,
    faults: refs.filter(isFaulty).map(({ id }) => `${id}: ${lhr.audits[id].title}`),
    bytes: lhr.audits['total-byte-weight'].numericValue,
    shift: lhr.audits['cumulative-layout-shift'].numericValue,
  };
}

for (const path of PAGES) {
  test(`${path} scores 100, is small and stands still`, async (context) => {
    const { scores, loaded, faults, bytes, shift } = await report(site.server.address + path);
    context.diagnostic(`performance ${scores.performance}, ${loaded.length} requests, ${bytes} bytes, shift ${shift}`);
    const { performance, ...asserted } = scores;
    assert.deepEqual(asserted, { accessibility: 100, 'best-practices': 100, seo: 100 }, faults.join('\n'));
    assert.deepEqual(loaded.map(({ url }) => new URL(url).origin).filter((origin) => origin !== site.server.address), []);
    assert.ok(loaded.length > 1 && loaded.length <= MOST.requests, loaded.map(({ url }) => url).join('\n'));
    assert.ok(bytes > 0 && bytes <= MOST.bytes, `${bytes} bytes`);
    assert.ok(shift <= MOST.shift, `the layout shifts by ${shift}`);
  });
}

test('Lighthouse finds what is wrong', async () => {
  const { scores, faults } = await report(`${site.server.address}/404.html`);
  assert.ok(scores.seo < 100, 'the page for a wrong address is nothing for a search engine');
  assert.match(faults.join(), /is-crawlable/);
});
