// Runs the browser tests: two files at a time over one Chromium, and then Lighthouse, which measures, alone.
//
// Usage: node tests/browser/run.mjs [FILE...]       PAMPHLET_SITE names the built site, PAMPHLET the program.

import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { chromium } from 'playwright-core';

import { launchOptions } from './site.mjs';

const FOLDER = import.meta.dirname;
const ALONE = ['lighthouse.test.mjs'];

const all = readdirSync(FOLDER).filter((name) => name.endsWith('.test.mjs'));
const asked = process.argv.slice(2).map((name) => basename(name));
const files = asked.length > 0 ? asked : all;

/** Runs some files; gives the exit status. The shared browser is served by this process, so it must not wait idly. */
function run(names, concurrency, env = {}) {
  if (names.length === 0) return 0;
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`];
  const paths = names.map((name) => join(FOLDER, name));
  const child = spawn(process.execPath, [...options, ...paths], { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => child.on('exit', (status) => resolve(status ?? 1)));
}

const together = files.filter((name) => !ALONE.includes(name));
const server = await chromium.launchServer(launchOptions());
const status = await run(together, 2, { PAMPHLET_BROWSER: server.wsEndpoint() });
await server.close();
process.exitCode = status || (await run(files.filter((name) => ALONE.includes(name)), 1));
