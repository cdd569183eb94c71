// The search index is the one that the search library would build, and it finds what patients look for.

import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';

import MiniSearch from 'minisearch';

import { build, buildFiles, modules, temporary } from './search-index.mjs';
import { SITE } from './site.mjs';

const MATERIAL = fileURLToPath(new URL('../search', import.meta.url));

/** An index as the library keeps it, without the order in which it happens to write terms. */
function plain({ index, ...rest }) {
  return { ...JSON.parse(JSON.stringify(rest)), index: Object.fromEntries(JSON.parse(JSON.stringify(index))) };
}

/** Documents with every script and mark that is likely to be read in two ways. */
const DOCUMENTS = [
  { id: 'conditions/a', title: 'Heart failure', also: ['CHF', 'Insuficiencia cardíaca'], summary: 'The heart is weak.', headings: ['Heart, and heart'] },
  { id: 'conditions/b', title: "Crohn's disease — “Crohn’s”", also: [], summary: 'Straße ÆØÅ ﬁ ℌ ½ İI ΟΔΟΣ', headings: [] },
  { id: 'conditions/c', title: 'X-ray follow-up-visit a--b -c', also: ['心不全', 'हृदय रोग', 'قلب'], summary: 'Corazo\u0301n CORAZÓN 12-lead B12', headings: ['Ünïcödé', 'Œuvre'] },
  { id: 'conditions/d', title: 'Don\'t: 1,000 mg/5 mL (0.5%)', also: ['naïve ‐ co‑op'], summary: 'toString constructor __proto__ hasOwnProperty', headings: ['\u1e9b\u0323 \ud83d\ude00 e\u0301\u0327'] },
];

function markdown({ title, also, summary, headings }) {
  const front = { title, summary, also_called: also };
  const lines = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n${headings.map((heading) => `## ${heading}\n\nWords of ${title}.\n`).join('\n')}`;
}

test('the index is the one that the library builds', async () => {
  const folder = temporary(after);
  const files = { 'content/site.yaml': 'title: Site\nbase_url: https://example.org/health/\n' };
  for (const document of DOCUMENTS) files[`content/${document.id}.md`] = markdown(document);
  const { index, terms } = await modules(buildFiles(folder, files), folder);
  const library = new MiniSearch({
    fields: ['title', 'also', 'codes', 'summary', 'headings'],
    storeFields: ['title', 'url', 'kind', 'summary'],
    tokenize: terms,
    processTerm: (term) => term,
  });
  library.addAll(
    DOCUMENTS.map(({ id, title, also, summary, headings }) => ({
      id,
      title,
      summary,
      also: also.join('\n'),
      codes: '',
      headings: headings.join('\n'),
      url: `/health/${id}/`,
      kind: 'Conditions',
    })),
  );
  assert.deepEqual(plain(index), plain(library.toJSON()));
});

/** The documents of an index, each field as a text that has its terms as often. */
function documentsOf({ documentIds, fieldIds, storedFields, index }) {
  const documents = Object.entries(documentIds).map(([number, id]) => ({ ...storedFields[number], id, words: {} }));
  for (const [term, fields] of index) {
    for (const [field, counts] of Object.entries(fields)) {
      for (const [number, count] of Object.entries(counts)) {
        (documents[number].words[field] ??= []).push(...Array(count).fill(term));
      }
    }
  }
  return { fields: Object.keys(fieldIds), documents };
}

test('both tiers of the real site are as the library keeps them', async () => {
  const { index, parts } = await modules(SITE, temporary(after));
  assert.ok(index.documentCount > 10 && parts.length > 0);
  for (const kept of [index, ...parts]) {
    const { fields, documents } = documentsOf(kept);
    const library = new MiniSearch({
      fields,
      storeFields: kept === index ? ['title', 'url', 'kind', 'summary'] : [],
      extractField: (document, name) => (fields.includes(name) ? (document.words[fields.indexOf(name)] ?? []).join(' ') : document[name]),
      tokenize: (text) => (text ? text.split(' ') : []),
      processTerm: (term) => term,
    });
    // What is shown is no field of the library's here, for its name may be that of a field.
    const shown = documents.map(({ title, url, kind, summary }) => ({ title, url, kind, summary }));
    library.addAll(documents);
    const built = library.toJSON();
    if (kept === index) built.storedFields = Object.fromEntries(shown.entries());
    assert.deepEqual(plain(kept), plain(built));
  }
});

test('patients find the page that they look for', async (t) => {
  const folder = temporary(after);
  cpSync(MATERIAL, folder, { recursive: true });
  const { search } = await modules(build(folder, join(folder, 'public')), folder);
  const lines = readFileSync(join(MATERIAL, 'queries.tsv'), 'utf8').split('\n');
  const rows = lines.filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
  const misses = [];
  for (const [question, wanted, sort] of rows) {
    const found = (await search(question)).map(({ url }) => url.slice(1, -1));
    if (found[0] !== wanted) misses.push(`${sort}: ${question}: ${wanted} is at ${found.indexOf(wanted) + 1}, first is ${found[0]}`);
  }
  const success = 1 - misses.length / rows.length;
  t.diagnostic(`Success@1: ${(success * 100).toFixed(1)} % of ${rows.length}`);
  misses.forEach((miss) => t.diagnostic(miss));
  assert.ok(success >= 0.9, misses.join('\n'));
});
