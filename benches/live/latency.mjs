// How long after a file was written its new text is there: over HTTP, and on the screen in Chromium. Prints a table of
// Pamphlet and Hugo on the same pages. `run` beside this file provides what it needs.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { launch } from '../../tests/browser/site.mjs';
import * as corpus from '../peers/corpus.mjs';

const SIZES = (process.env.SIZES ?? '1000,10000').split(',').map(Number);
const EDITS = Number(process.env.EDITS ?? 40);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const now = () => performance.timeOrigin + performance.now();

const PROGRAMS = {
  Pamphlet: {
    write: corpus.pamphlet,
    gap: 350,
    start: (site, port) => spawn(process.env.PAMPHLET, ['serve', '--site', site, '--port', port], { stdio: 'ignore' }),
  },
  Hugo: {
    write: corpus.hugo,
    // Its page is loaded anew, and must be listening again before the next edit.
    gap: 1500,
    start: (site, port) => spawn(process.env.HUGO, ['server', '--source', site, '--port', port], { stdio: 'ignore' }),
  },
};

/** The text at an address, or nothing while nobody answers. */
const fetched = (url) =>
  new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve(response.statusCode === 200 ? text : ''));
    });
    request.on('error', () => resolve(''));
  });

/** Waits until something holds; says whether it came to that. */
async function until(holds, limit = 60_000) {
  const end = now() + limit;
  while (!(await holds())) {
    if (now() > end) return false;
    await sleep(0.5);
  }
  return true;
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const median = (times) => sorted(times)[Math.floor(times.length / 2)];
const p95 = (times) => sorted(times)[Math.min(times.length - 1, Math.floor(times.length * 0.95))];

/** Reports each marker that comes into the page, once it has been painted. */
const observe = () => {
  let seen = '';
  const look = () => {
    const found = /edit-\d+-end/.exec(document.body?.textContent ?? '')?.[0];
    if (!found || found === seen) return;
    seen = found;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      // Comes after the frame has been painted.
      channel.port1.onmessage = () => window.painted(found, performance.timeOrigin + performance.now());
      channel.port2.postMessage('');
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  addEventListener('DOMContentLoaded', look);
};

async function measure(program, pages, port) {
  const folder = mkdtempSync(join(process.env.SCRATCH ?? tmpdir(), 'pamphlet-live-'));
  const { write, gap } = PROGRAMS[program];
  const where = write(folder, pages);
  const { file, url } = where(Math.floor(pages / 2));
  const address = `http://127.0.0.1:${port}${url}`;
  const began = now();
  const server = PROGRAMS[program].start(folder, String(port));
  let browser;
  try {
    await until(async () => (await fetched(address)) !== '');
    const start = now() - began;
    browser = await launch();
    // What is still being looked at in the background is not what is measured.
    await sleep(pages > 5000 ? 8000 : 2500);
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    let count = 0;
    const edit = () => {
      count += 1;
      const marker = `edit-${count}-end`;
      writeFileSync(path, text.replace('\n\n## ', `\n\nThis is ${marker} of it.\n\n## `));
      return { marker, at: now() };
    };
    const http = [];
    let lost = 0;
    for (let round = 0; round < EDITS; round += 1) {
      const { marker, at } = edit();
      if (await until(async () => (await fetched(address)).includes(marker), 10_000)) http.push(now() - at);
      else lost += 1;
      await sleep(gap + (round % 7) * 10);
    }
    const page = await browser.newPage();
    const painted = new Map();
    await page.exposeFunction('painted', (marker, at) => painted.set(marker, at));
    await page.addInitScript(observe);
    await page.goto(address);
    await sleep(1500);
    const screen = [];
    for (let round = 0; round < EDITS; round += 1) {
      const { marker, at } = edit();
      if (await until(() => painted.has(marker), 10_000)) screen.push(painted.get(marker) - at);
      else lost += 1;
      await sleep(gap + (round % 7) * 10);
    }
    return { start, http, screen, lost };
  } finally {
    await browser?.close();
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
}

const ms = (value) => `${value < 100 ? value.toFixed(1) : value.toFixed(0)} ms`;

console.log('| | pages | first page after start | HTTP, median | 95 % | screen, median | 95 % | edits that never came |\n|---|---|---|---|---|---|---|---|');
let port = 4790;
for (const pages of SIZES) {
  for (const program of Object.keys(PROGRAMS)) {
    const { start, http, screen, lost } = await measure(program, pages, (port += 1));
    const cells = [program, pages, ms(start), ms(median(http)), ms(p95(http)), ms(median(screen)), ms(p95(screen)), lost];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
agent.destroy();
