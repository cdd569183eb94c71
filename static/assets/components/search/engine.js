// The search itself: finds pages in the index of this site, in this browser. Nothing that is typed leaves it.
//
// The first tier of the index (titles, other names, summaries, headings) is loaded with this script. The second one, the
// words of the texts, is loaded as a whole when the first has too little to show. What the second finds stands after
// what the first found: their scores say nothing about each other.

import MiniSearch from './minisearch.js';
import { terms } from './terms.js';
import { index, words } from '../../../../search/index.js';

export { list } from './results.js';

/** So many pages are shown at most. */
const MOST = 20;

/** With so many pages found by their titles and summaries, the texts are not asked. */
const ENOUGH = 8;

const BOOST = { title: 8, also: 6, codes: 3, headings: 2, summary: 2 };

const options = (fields) => ({ fields, tokenize: terms, processTerm: (term) => term });

const stop = new Set(words.stop);
const first = MiniSearch.loadJS(index, { ...options(Object.keys(index.fieldIds)), storeFields: ['title', 'url', 'kind', 'summary'] });
const pages = new Map(Object.entries(index.documentIds).map(([number, id]) => [id, index.storedFields[number]]));

let texts;

/** The second tier; an empty one where it cannot be loaded, so that the first still answers. */
function loadTexts() {
  texts ??= import('../../../../search/text.js')
    .then((loader) => loader.default())
    .then(readTexts)
    .catch(() => {
      texts = undefined;
      return [];
    });
  return texts;
}

/** Reads the parts one after the other, with time between for the reader's typing. */
async function readTexts(parts) {
  const read = [];
  for (const part of parts) read.push(await MiniSearch.loadJSAsync(part.default, options(['text'])));
  return read;
}

/** Whether one list of terms stands in another, and where. */
function placeOf(phrase, asked) {
  const last = asked.length - phrase.length;
  for (let at = 0; at <= last; at += 1) {
    if (phrase.every((term, offset) => term === asked[at + offset])) return at;
  }
  return -1;
}

/** What was asked, and the same with other names for things. */
function readings(asked) {
  const found = [asked];
  for (const group of words.synonyms) {
    for (const phrase of group) {
      const at = placeOf(phrase, asked);
      if (at < 0) continue;
      for (const other of group) {
        if (other !== phrase) found.push([...asked.slice(0, at), ...other, ...asked.slice(at + phrase.length)]);
      }
    }
  }
  return found;
}

/** Terms without those that say nothing, unless there are no others. */
function telling(all) {
  const left = all.filter((term) => !stop.has(term));
  return left.length > 0 ? left : all;
}

/** How a term may differ from that of a page: it may be the beginning of one. */
const BEGUN = { prefix: (term) => term.length > 1, weights: { fuzzy: 0.2, prefix: 0.4 } };

/** Short terms may not differ besides, long ones by a typing mistake or two. */
const MISTYPED = { ...BEGUN, fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false), maxFuzzy: 2 };

/** The pages of some indexes that have at least `least` of the terms, best first: `[id, score, terms of the page]`. */
function ask(indexes, asked, least, closeness, boost) {
  const query = asked.join(' ');
  const search = { ...closeness, boost, tokenize: (text) => text.split(' '), combineWith: least === asked.length ? 'AND' : 'OR' };
  const found = indexes.flatMap((one) => one.search(query, search));
  return found.filter((result) => result.queryTerms.length >= least);
}

/** Asks every reading of the question, and gives each page once, with its best score. */
function askAll(indexes, all, share, closeness, boost = {}) {
  const best = new Map();
  all.forEach((asked, number) => {
    const least = Math.max(1, Math.ceil(asked.length * share));
    for (const result of ask(indexes, asked, least, closeness, boost)) {
      // Of two pages the one that says it in the reader's own words comes first.
      const score = (number === 0 ? 1 : 0.9) * result.score * (result.queryTerms.length / asked.length);
      const known = best.get(result.id);
      if (!known || known.score < score) best.set(result.id, { id: result.id, score, terms: Object.keys(result.match) });
    }
  });
  return [...best.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** Adds results behind those that are there already. */
function extend(found, more) {
  const known = new Set(found.map((result) => result.id));
  found.push(...more.filter((result) => !known.has(result.id)));
}

/** What is shown of a result. */
function shown({ id, terms: matched }) {
  return { ...pages.get(id), matched: new Set(matched) };
}

/**
 * The pages that answer a question, best first; each is `{title, url, kind, summary, matched}`.
 *
 * `show` is told of what the first tier has while the second is still being loaded.
 */
export async function search(question, show = () => {}) {
  const asked = telling(terms(question));
  if (asked.length === 0) return [];
  const all = readings(asked);
  const found = askAll([first], all, 1, MISTYPED, BOOST);
  extend(found, askAll([first], all, 0.6, MISTYPED, BOOST));
  if (found.length < ENOUGH) {
    show(found.map(shown));
    const second = await loadTexts();
    extend(found, askAll(second, all, 1, BEGUN));
    extend(found, askAll(second, all, 0.6, BEGUN));
    // To look for mistakes in every text takes its time.
    if (found.length === 0) extend(found, askAll(second, all, 1, MISTYPED));
  }
  if (found.length === 0) extend(found, askAll([first], all, 0, MISTYPED, BOOST));
  return found.filter((result) => pages.has(result.id)).slice(0, MOST).map(shown);
}
