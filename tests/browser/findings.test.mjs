// What machines read of the findings: the SARIF log against its schema.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.PAMPHLET ?? join(root, 'target/release/pamphlet');

/** The standard output of the program; findings make its status 1, which is no failure here. */
const output = (...args) => {
  try {
    return execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
};

const schema = () => {
  const library = dirname(require.resolve('@microsoft/jest-sarif'));
  return JSON.parse(readFileSync(join(library, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
};

const validator = () => {
  const ajv = new Ajv({ schemaId: 'auto', meta: false, unknownFormats: ['uri', 'uri-reference'], allErrors: true });
  ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
  return ajv.compile(schema());
};

for (const site of ['tests/sites/faulty/site', 'tests/sites/hospital/site', '.']) {
  test(`the SARIF log of ${site} is valid`, () => {
    const log = JSON.parse(output('check', '--site', site, '--format', 'sarif'));
    const validate = validator();
    assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 5), null, 2));
    const [run] = log.runs;
    assert.ok(run.results.length > 0);
    for (const result of run.results) {
      assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId);
    }
  });
}

test('the schema refuses what is no SARIF log', () => {
  const validate = validator();
  assert.ok(!validate({ version: '2.1.0', runs: [{ results: [{ ruleId: 1 }] }] }));
});

test('JSON lines are one object a line, each with a rule and a place', () => {
  const lines = output('check', '--site', 'tests/sites/faulty/site', '--format', 'json').trim().split('\n');
  assert.ok(lines.length > 5);
  for (const line of lines.map((line) => JSON.parse(line))) {
    assert.match(line.rule, /^[a-z0-9-]+$/);
    assert.equal(typeof line.path, 'string');
  }
});
