// Lists that go over several pages: a collection, and an A to Z with a page for each letter.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { RULES, violations } from './axe.mjs';
import { PROGRAM } from './live.mjs';
import { DESKTOP, PHONE, open, start } from './site.mjs';

const site = {};
const folder = mkdtempSync(join(tmpdir(), 'pamphlet-lists-'));

before(async () => {
  mkdirSync(join(folder, 'content/conditions'), { recursive: true });
  writeFileSync(join(folder, 'content/site.yaml'), 'title: Lists\nbase_url: https://example.org/\nlimits: { list_entries: 10 }\n');
  for (let number = 0; number < 130; number += 1) {
    const text = `---\ntitle: ${number % 2 ? 'Heart' : 'Lung'} ${number}\nsummary: S ${number}.\n---\n\nWords.\n`;
    writeFileSync(join(folder, `content/conditions/c${number}.md`), text);
  }
  execFileSync(PROGRAM, ['build', '--site', folder], { stdio: 'ignore' });
  Object.assign(site, await start(join(folder, 'public')));
});

after(async () => {
  await site.stop?.();
  rmSync(folder, { recursive: true });
});

test('no page of a list has an accessibility violation', async () => {
  for (const path of ['/conditions/', '/conditions/page/7/', '/a-z/', '/a-z/h/page/2/']) {
    for (const options of [DESKTOP, { ...PHONE, colorScheme: 'dark' }]) {
      await open(site, path, options, async (page) => {
        assert.deepEqual(await violations(page, RULES), [], path);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
      });
    }
  }
});

test('a reader comes through a list with the keyboard', async () => {
  await open(site, '/conditions/', DESKTOP, async (page) => {
    for (let number = 2; number <= 13; number += 1) {
      await page.getByRole('link', { name: 'Next page' }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/conditions/page/${number}/`);
    }
    assert.equal(await page.getByRole('link', { name: 'Next page' }).count(), 0);
    await page.getByRole('link', { name: 'Page 1', exact: true }).click();
    await page.waitForURL('**/conditions/');
    await page.getByRole('link', { name: 'A to Z' }).click();
    await page.getByRole('link', { name: 'H', exact: true }).click();
    await page.waitForURL('**/a-z/h/');
    assert.equal(await page.locator('main [aria-current="page"]').first().textContent(), 'H');
    assert.equal(await page.locator('.letter__list > li').count(), 10);
  });
});
