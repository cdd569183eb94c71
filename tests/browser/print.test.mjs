// Pages on paper: handouts that can be given to a patient, looked at as the PDF that Chromium prints.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import jsQR from 'jsqr';

import { bare, cutCards, lines, picture, printed, sheets } from './paper.mjs';
import { DESKTOP, THERAPY, fileOf, onEveryPage, open, read, useSite } from './site.mjs';

const site = useSite();
const FORMATS = ['Letter', 'A4'];

/** The address of a page that others may be led to. */
function canonical(path) {
  const html = read(fileOf(path));
  return html.includes('name="robots" content="noindex') ? undefined : /<link rel="canonical" href="([^"]*)">/.exec(html)?.[1];
}

for (const format of FORMATS) {
  test(`a page on ${format} says what it is, where it is from and whether it is reviewed, in order`, async () => {
    await open(site, THERAPY, DESKTOP, async (page) => {
      const titles = await page.locator('.prose > h2, .care-card__title, .card__title, .location__name').allInnerTexts();
      const pdf = await printed(page, format);
      const rows = await lines(pdf);
      assert.ok(pdf.numPages >= 2 && pdf.numPages <= 5, `${pdf.numPages} sheets`);
      assert.deepEqual(rows.map((sheet) => sheet.at(-1)), rows.map((_, at) => `${at + 1}/${pdf.numPages}`), 'the number of each sheet');
      assert.deepEqual(rows.filter((sheet) => sheet.join('').length < 200), [], 'no sheet is nearly empty');
      const whole = rows.flat().join('');
      const heading = bare(await page.locator('h1').innerText());
      // The head has two columns, whose lines may stand beside each other in any way.
      const drawn = await sheets(pdf);
      const site = await page.title().then((title) => title.split(' | ').at(-1));
      const head = drawn[0].slice(0, drawn[0].indexOf(heading)).replace(`1/${pdf.numPages}`, '');
      assert.deepEqual([site, canonical(THERAPY)].filter((words) => !head.includes(bare(words))), []);
      const above = rows[0].slice(0, rows[0].indexOf(heading)).join('');
      assert.deepEqual([...above].sort(), [...head].sort(), 'what is drawn as the head stands above the heading');
      const order = [
        heading, 'Not yet reviewed by a clinician', 'How it works', 'Our locations', 'Questions to ask your doctor', 'Sources',
        'Awaiting clinical review', 'Not medical advice',
      ].map(bare);
      assert.deepEqual(order.filter((words) => !whole.includes(words)), []);
      const places = order.map((words) => whole.indexOf(words));
      assert.deepEqual(places, [...places].sort((one, other) => one - other));
      const texts = drawn.join('');
      assert.deepEqual(titles.filter((title) => !texts.includes(bare(title))), []);
    });
  });
}

test('no page prints what can only be clicked', async () => {
  const found = await onEveryPage(site, DESKTOP, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const controls = 'button, input:not([type=checkbox]), select, textarea, form, nav, .finder, .search, .skip-link';
    const seen = await page.locator(controls).evaluateAll((all) =>
      all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60)));
    return seen;
  });
  assert.deepEqual(found, []);
});

test('every code leads to the page that it stands on, and dark mode prints black on white', async () => {
  const found = await onEveryPage(site, { ...DESKTOP, colorScheme: 'dark' }, async (page) => {
    const path = new URL(page.url()).pathname;
    const { data, width, height } = await picture(await printed(page));
    const faults = [];
    const said = jsQR(data, width, height)?.data;
    if (said !== canonical(path)) faults.push(`the code says ${said}`);
    const [red, green, blue] = data;
    if (Math.min(red, green, blue) < 255) faults.push(`the paper is ${red} ${green} ${blue}`);
    const dark = data.filter((value, at) => at % 4 === 0 && value < 128).length / (width * height);
    if (dark === 0 || dark > 0.2) faults.push(`${dark} of the paper is dark`);
    return faults;
  });
  assert.deepEqual(found, []);
});

test('every page is printed with its address, and no sheet is empty', async () => {
  const found = await onEveryPage(site, DESKTOP, async (page) => {
    const address = canonical(new URL(page.url()).pathname);
    const texts = await sheets(await printed(page));
    const faults = texts.filter((text) => text.length < 20).map(() => 'an empty sheet');
    if (address && !texts[0].includes(bare(address))) faults.push('no address');
    return faults;
  });
  assert.deepEqual(found, []);
});

test('no care card is cut, on any page and wherever it would fall', async () => {
  for (const format of FORMATS) {
    const found = await onEveryPage(site, DESKTOP, async (page) => cutCards(page, await printed(page, format)));
    assert.deepEqual(found, []);
  }
  await open(site, THERAPY, DESKTOP, async (page) => {
    // What stands above pushes the cards down the sheet; without our rule one is cut somewhere, with it none ever.
    const cutAt = async (height) => {
      await page.evaluate((height) => { document.querySelector('.prose').style.paddingTop = `${height}px`; }, height);
      return (await cutCards(page, await printed(page))).length;
    };
    let without = 0;
    for (let height = 0; height < 960; height += 60) {
      assert.equal(await cutAt(height), 0, `${height} px further down`);
      await page.evaluate(() => document.querySelectorAll('.care-card').forEach((card) => { card.style.breakInside = 'auto'; }));
      without += await cutAt(height);
      await page.evaluate(() => document.querySelectorAll('.care-card').forEach((card) => { card.style.breakInside = ''; }));
    }
    assert.notEqual(without, 0, 'the look finds what is cut');
  });
});

test('links say where they lead: those of the text once, sources in full', async () => {
  await open(site, THERAPY, DESKTOP, async (page) => {
    const [inside, sources] = await page.evaluate(() => [
      [...document.querySelectorAll('.prose a[href^="/"]')].map((link) => link.getAttribute('href').split('#')[0]),
      [...document.querySelectorAll('.sources a')].map((link) => link.getAttribute('href')),
    ]);
    const text = (await sheets(await printed(page))).join('');
    const base = new URL(canonical('/'));
    assert.ok(inside.length > 0 && sources.length > 0);
    for (const href of new Set(inside)) assert.equal(text.split(bare(`(${base.host}${href})`)).length, 2, href);
    assert.deepEqual(sources.filter((href) => !text.includes(bare(`(${href})`))), []);
  });
});

test('there are lines to write on, on pages of clinical content alone', async () => {
  const found = await onEveryPage(site, DESKTOP, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const lines = await page.locator('.questions__line').evaluateAll((lines) => lines.map((line) => {
      const { width, height } = line.getBoundingClientRect();
      return width > 300 && height > 30 && parseFloat(getComputedStyle(line).borderBottomWidth) > 0;
    }));
    const isClinical = /\/(treatments|conditions|tests)\/[^/]+\/$/.test(page.url());
    const isSound = isClinical ? lines.length >= 4 && lines.every(Boolean) : lines.length === 0;
    return isSound ? [] : [`lines: ${lines}`];
  });
  assert.deepEqual(found, []);
});
