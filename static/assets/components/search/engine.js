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
const LIMIT = 20;

/** With so many pages found by their titles and summaries, the texts are not asked. */
const ENOUGH = 8;

const BOOST = { title: 8, also: 6, codes: 3, headings: 2, summary: 2 };

const options = (fields) => ({ fields, tokenize: terms, processTerm: (term) => term });

const stop = new Set(words.stop);
// What is shown of a page is looked up when it is shown, and not copied into every result.
const first = MiniSearch.loadJS({ ...index, storedFields: {} }, options(Object.keys(index.fieldIds)));
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

/** Whether a question has no word yet that says what is looked for. */
export const isVague = (question) => terms(question).every((term) => stop.has(term));

/** A term may be the beginning of one of a page's; one of so few letters only while it is being typed. */
const begins = (letters) => (term, at, all) => term.length >= (at === all.length - 1 ? letters : 4);

/** Of words that say nothing the last one may be the beginning of a name: it stands in every text. */
const NAMED = { fields: ['title', 'also'], prefix: (term) => term.length > 1 };

/** Another may be the beginning of one of a page's. In texts so many words begin with two letters that it says nothing. */
const BEGUN = { prefix: begins(3), weights: { fuzzy: 0.2, prefix: 0.4 } };

/** Short terms may not differ besides, long ones by a typing mistake or two. */
const MISTYPED = { ...BEGUN, prefix: begins(2), fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false), maxFuzzy: 2 };

/** The pages of some indexes that have at least `least` of the terms, best first: `[id, score, terms of the page]`. */
function ask(indexes, asked, least, closeness, boost) {
  const query = asked.join(' ');
  const search = { boost, ...closeness, tokenize: (text) => text.split(' '), combineWith: least === asked.length ? 'AND' : 'OR' };
  const found = indexes.flatMap((one) => one.search(query, search));
  return found.filter((result) => result.queryTerms.length >= least);
}

/** How many terms of a question a page must have. */
const WHOLE = (asked) => asked.length;
const MOSTLY = (asked) => Math.ceil(asked.length * 0.6);
const PARTLY = () => 1;

/**
 * Asks every reading of the question, and gives each page once, with its best score. Where less than the whole is enough,
 * but a reading is so short that it comes to the same, that one was asked before.
 */
function askAll(indexes, all, enough, closeness, boost = {}) {
  const best = new Map();
  all.forEach((asked, number) => {
    const least = enough(asked);
    if (enough !== WHOLE && least === asked.length) return;
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

/** The pages that have the terms in their titles, names, summaries and headings. */
function askTitles(asked) {
  const all = readings(asked);
  const found = askAll([first], all, WHOLE, MISTYPED, BOOST);
  if (found.length < LIMIT) extend(found, askAll([first], all, MOSTLY, MISTYPED, BOOST));
  return found;
}

/** Adds the pages that have the terms in their texts, and where there are none, those that come near. */
function extendByTexts(found, second, asked) {
  const all = readings(asked);
  extend(found, askAll(second, all, WHOLE, BEGUN));
  extend(found, askAll(second, all, MOSTLY, BEGUN));
  // A letter that no page has is the beginning of a word.
  if (found.length === 0 && asked.length > 1 && asked.at(-1).length === 1) extend(found, askTitles(asked.slice(0, -1)));
  // To look for mistakes in every text takes its time.
  if (found.length === 0) extend(found, askAll(second, all, WHOLE, MISTYPED));
  if (found.length === 0) extend(found, askAll([first], all, PARTLY, MISTYPED, BOOST));
}

/**
 * The pages that answer a question, best first; each is `{title, url, kind, summary, matched}`.
 *
 * `show` is told of what the first tier has while the second is still being loaded.
 */
export async function search(question, show = () => {}) {
  const typed = terms(question);
  if (typed.length === 0) return [];
  const asked = typed.filter((term) => !stop.has(term));
  const found = asked.length > 0 ? askTitles(asked) : askAll([first], [typed.slice(-1)], WHOLE, NAMED, BOOST);
  if (asked.length > 0 && found.length < ENOUGH) {
    show(found.map(shown));
    extendByTexts(found, await loadTexts(), asked);
  }
  return found.filter((result) => pages.has(result.id)).slice(0, LIMIT).map(shown);
}
