// A copy of the real site under `pamphlet serve`, for tests that write in it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { launch } from './site.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PROGRAM = process.env.PAMPHLET ?? join(ROOT, 'target/release/pamphlet');

/** A site on the disk, served while it is edited. */
export class Live {
  /** Copies the site, and serves it once `prepare` has changed the copy. */
  static async start({ prepare = () => {}, options = [] } = {}) {
    const live = new Live();
    live.folder = mkdtempSync(join(tmpdir(), 'pamphlet-live-'));
    for (const name of ['content', 'templates', 'static']) cpSync(join(ROOT, name), join(live.folder, name), { recursive: true });
    prepare(live);
    await live.serve(options);
    return live;
  }

  async serve(options = []) {
    this.process = spawn(PROGRAM, ['serve', '--site', this.folder, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    this.complained = '';
    this.process.stderr.on('data', (text) => (this.complained += text));
    this.address = await new Promise((resolve, reject) => {
      this.process.on('exit', () => reject(new Error(`the server has stopped: ${this.complained}`)));
      this.process.stdout.on('data', (text) => {
        this.said += text;
        const address = /serving (http:\/\/[^/]+)/.exec(this.said);
        if (address) resolve(address[1]);
      });
    });
  }

  path(name) {
    return join(this.folder, name);
  }

  read(name) {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name, text) {
    writeFileSync(this.path(name), text);
  }

  /** Replaces a text in a file, which must be there. */
  edit(name, from, to) {
    const text = this.read(name);
    assert.ok(text.includes(from), `${name} has no ${JSON.stringify(from)}`);
    this.write(name, text.replace(from, to));
  }

  /** Writes as editors do that put a new file in the place of the old one. */
  replace(name, text) {
    const other = this.path(join(dirname(name), '.new~'));
    writeFileSync(other, text);
    renameSync(other, this.path(name));
  }

  /** The lines that the terminal has for rebuilds. */
  rebuilds() {
    return this.said.split('\n').filter((line) => line.includes(': shown after '));
  }

  /** Waits until something holds; says what if it never does. */
  async until(what, holds, limit = 10_000) {
    const end = Date.now() + limit;
    for (;;) {
      if (await holds()) return;
      if (Date.now() > end) assert.fail(`${what}; the terminal: ${this.said}\n${this.complained}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Ends the server as Ctrl-C does; gives how many milliseconds it took. */
  async interrupt() {
    const began = Date.now();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGINT');
    await ended;
    return Date.now() - began;
  }

  async stop() {
    this.process.removeAllListeners('exit');
    if (this.process.exitCode === null && this.process.signalCode === null) await this.interrupt();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }
}

/** Gives `look` a live site and a browser, and stops both. */
export async function withLive(options, look) {
  const live = await Live.start(options);
  const browser = await launch();
  try {
    return await look(live, browser);
  } finally {
    await browser.close();
    await live.stop();
  }
}
