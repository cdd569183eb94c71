// Every page of the site through axe-core, in every look that a reader may have chosen.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { DESKTOP, PHONE, THERAPY, onEveryPage, open, useSite } from './site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const site = useSite();

// The size of targets (WCAG 2.2) is off unless asked for.
const RULES = { 'target-size': { enabled: true } };

// In forced colours the system chooses the pairs of colours, while axe reads a text colour that is not shown.
const WITHOUT_CONTRAST = { ...RULES, 'color-contrast': { enabled: false } };

const LOOKS = [
  ['light', { ...DESKTOP, colorScheme: 'light' }, RULES],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }, RULES],
  ['320 px wide', { ...PHONE, colorScheme: 'light' }, RULES],
  ['320 px wide and dark', { ...PHONE, colorScheme: 'dark' }, RULES],
  ['forced colours', { ...DESKTOP, forcedColors: 'active' }, WITHOUT_CONTRAST],
];

/**
 * What axe finds on a page: the standard's rules up to WCAG 2.2 AA, and best practice.
 *
 * Text in the very colour of its ground is a fault here. Axe only calls it unsure, for some hide text in that way.
 */
async function violations(page, rules) {
  await page.evaluate(AXE);
  const run = (rules) => globalThis.axe.run(document, { preload: false, rules });
  const { violations: certain, incomplete } = await page.evaluate(run, rules);
  const isUnseen = (node) => node.any.some((check) => check.data?.messageKey === 'equalRatio');
  const unseen = incomplete.map((one) => ({ ...one, nodes: one.nodes.filter(isUnseen) }));
  const say = (node) => `${node.html} ${node.failureSummary}`;
  return [...certain, ...unseen.filter((one) => one.nodes.length > 0)]
    .map((one) => `${one.id}: ${one.nodes.map(say).join(' | ')}`);
}

for (const [name, options, rules] of LOOKS) {
  test(`no page has an accessibility violation: ${name}`, async () => {
    assert.deepEqual(await onEveryPage(site, options, (page) => violations(page, rules)), []);
  });
}

test('all text can be read on paper, printed with its backgrounds', async () => {
  const found = await onEveryPage(site, { viewport: { width: 720, height: 960 } }, async (page) => {
    await page.emulateMedia({ media: 'print' });
    return violations(page, RULES);
  });
  assert.deepEqual(found, []);
});

test('an open finder has no accessibility violation', async () => {
  for (const options of [LOOKS[0][1], LOOKS[3][1]]) {
    await open(site, THERAPY, options, async (page) => {
      for (const typed of ['abc', '21218']) {
        await page.locator('#finder-zip').fill(typed);
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('[data-finder="message"]').textContent !== '');
        assert.deepEqual(await violations(page, RULES), [], typed);
      }
    });
  }
});

test('axe finds what is wrong', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    await page.evaluate(() => document.documentElement.removeAttribute('lang'));
    await page.locator('main p').first().evaluate((text) => {
      text.style.color = getComputedStyle(document.body).backgroundColor;
    });
    assert.match((await violations(page, RULES)).join(), /html-has-lang.*color-contrast/s);
  });
});
