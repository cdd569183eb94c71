// The vocabulary of schema.org, read from the types of `schema-dts`, and what is wrong with JSON-LD by it.
//
// The types are generated from the vocabulary: `interface XBase` holds the properties whose domain is X, the type of a
// property its range, and `type X` names the types below X. It must never let pass what it does not know.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const NAME = '(?:_?[A-Za-z0-9]+)';
const BASE = new RegExp(`^(?:export )?interface (${NAME})Base extends ([^{]+) {$`);
const LEAF = new RegExp(`^export interface (${NAME})Leaf extends (${NAME})Base {$`);
const PROPERTY = /^ {4}"([A-Za-z0-9]+)"\?: SchemaValue<(.*), "\1">;$/;
const TYPE = new RegExp(`^export type (${NAME}) = (.*);$`);

/** The parts of a union of types. */
const union = (text) => text.split(' | ').map((part) => part.trim());

/** Reads a file of types: the properties of each class with their ranges, and what stands above and below it. */
export function readVocabulary(text) {
  const [bases, leaves, below, members] = [new Map(), new Map(), new Map(), new Map()];
  let base = null;
  let isSuperseded = false;
  for (const line of text.split('\n')) {
    const [, opened, above] = BASE.exec(line) ?? [];
    const [, leaf, leafBase] = LEAF.exec(line) ?? [];
    const [, property, range] = PROPERTY.exec(line) ?? [];
    const [, type, parts] = TYPE.exec(line) ?? [];
    if (opened) {
      base = { above: above.split(', ').map((name) => name.replace(/Base$|<.*/, '')), own: new Map() };
      bases.set(opened, base);
    } else if (leaf) leaves.set(leaf, leafBase);
    else if (property && base) {
      base.own.set(property, { range: union(range).filter((name) => name !== 'IdReference'), isSuperseded });
    } else if (type) {
      below.set(type, union(parts).filter((part) => new RegExp(`^${NAME}$`).test(part)));
      members.set(type, union(parts).filter((part) => part.startsWith('"')).map((part) => part.slice(1, -1)));
    }
    if (line.includes('@deprecated')) isSuperseded = true;
    else if (property || line.startsWith('    /**')) isSuperseded = line.includes('@deprecated');
  }
  return { bases, leaves, below, members };
}

/** The vocabulary that the tests hold pages to. */
export const VOCABULARY = readVocabulary(readFileSync(require.resolve('schema-dts/dist/schema.d.ts'), 'utf8'));

/** Every type at or below one. */
function within({ below }, type, seen = new Set()) {
  if (seen.has(type)) return seen;
  seen.add(type);
  for (const part of below.get(type) ?? []) within({ below }, part, seen);
  return seen;
}

/** A property as it is known to a class or one above it. */
function propertyOf({ bases }, name, property) {
  const base = bases.get(name);
  if (!base) return undefined;
  const above = () => base.above.map((other) => propertyOf({ bases }, other, property));
  return base.own.get(property) ?? above().find(Boolean);
}

const isAddress = (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const isDate = (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

const TEXTS = {
  Text: () => true,
  URL: isAddress,
  Date: isDate,
  DateTime: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
};

/** Whether a value is of one of the types of a range. */
function fits(vocabulary, value, range) {
  if (typeof value === 'number') {
    const isWhole = Number.isInteger(value);
    return range.some((type) => ['Number', 'Float'].includes(type) || (type === 'Integer' && isWhole));
  }
  if (typeof value === 'boolean') return range.includes('Boolean');
  if (typeof value === 'string') {
    const isMember = (type) => vocabulary.members.get(type)?.includes(value);
    return value !== '' && range.some((type) => TEXTS[type]?.(value) || isMember(type));
  }
  // A node of its address alone stands for one that is described elsewhere.
  if (Object.keys(value).join() === '@id') return true;
  return range.some((type) => within(vocabulary, type).has(value['@type']));
}

/** What is wrong with a node and all below it: a list of sentences that begin with the place. */
function faultsOfNode(vocabulary, node, place) {
  const type = node['@type'];
  const base = vocabulary.leaves.get(type);
  if (!base) return [`${place}: there is no type ${type}`];
  const faults = node['@id'] === undefined || isAddress(node['@id']) ? [] : [`${place}: ${node['@id']} is no address`];
  for (const [name, value] of Object.entries(node).filter(([name]) => !['@type', '@id', '@context'].includes(name))) {
    const at = `${place}.${name}`;
    const property = propertyOf(vocabulary, base, name);
    if (!property) faults.push(`${at}: a ${type} has no ${name}`);
    else if (property.isSuperseded) faults.push(`${at}: another property has taken its place`);
    else faults.push(...faultsOfValue(vocabulary, value, property.range, at));
  }
  return faults;
}

function faultsOfValue(vocabulary, value, range, at) {
  const values = Array.isArray(value) ? value : [value];
  const faults = values.length === 0 ? [`${at}: an empty list`] : [];
  for (const value of values) {
    const said = JSON.stringify(value)?.slice(0, 80);
    if (value === null || !fits(vocabulary, value, range)) faults.push(`${at}: ${said} is none of ${range.join(', ')}`);
    else if (typeof value === 'object' && value['@type']) faults.push(...faultsOfNode(vocabulary, value, at));
  }
  return faults;
}

/** What is wrong with a document of JSON-LD, by a vocabulary. */
export function faultsOf(document, vocabulary = VOCABULARY) {
  const faults = document['@context'] === 'https://schema.org' ? [] : ['the context is not schema.org'];
  const nodes = document['@graph'] ?? [document];
  return [...faults, ...nodes.flatMap((node, at) => faultsOfNode(vocabulary, node, `${at}`))];
}

/** Each node of a document, wherever it stands. */
export function* nodesOf(value) {
  if (typeof value !== 'object' || value === null) return;
  if (value['@type']) yield value;
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}
