// The places that the finder knows: ZIP codes and cities near the locations, and the regions of ZIP codes far away.
//
// The generator writes the data (src/site/geo/modules.rs): numbers in base 43 with the lowest digit first; a digit of 43
// or more says that another follows. Each file is a script of this site, loaded when it is first needed.

const DIGITS = '#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~!$ ';
const BASE = DIGITS.length / 2;

/** The numbers of a text. */
export function numbers(text) {
  const found = [];
  let value = 0;
  let unit = 1;
  for (const character of text) {
    const digit = DIGITS.indexOf(character);
    value += (digit % BASE) * unit;
    unit *= BASE;
    if (digit < BASE) {
      found.push(value);
      [value, unit] = [0, 1];
    }
  }
  return found;
}

const signed = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Codes with their places, from numbers in threes: each the difference to the one before. */
function places(text, length, scale) {
  const all = numbers(text);
  const found = new Map();
  let [code, lat, lon] = [0, 0, 0];
  for (let at = 0; at < all.length; at += 3) {
    [code, lat, lon] = [code + all[at], lat + signed(all[at + 1]), lon + signed(all[at + 2])];
    found.set(String(code).padStart(length, '0'), [lat / scale, lon / scale]);
  }
  return found;
}

/** Calls a function once; where it fails, the next call tries again. */
function once(load) {
  let loaded;
  return () => {
    loaded ??= load().catch((error) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

const zips = once(async () => places((await import('./zips.js')).default, 5, 1000));
const regions = once(async () => places((await import('./regions.js')).default, 3, 10));

/** How a name is compared: without case, accents, stops, and with the short form of words that have one. */
export function folded(name) {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f.'\u2019]/gu, '').toLowerCase();
  const short = { saint: 'st', fort: 'ft', mount: 'mt', north: 'n', south: 's', east: 'e', west: 'w' };
  return plain.split(/[\s-]+/u).filter(Boolean).map((word) => short[word] ?? word).join(' ');
}

/** The cities near the locations: `{label, name, state, here}`, in the order of state and name. */
const cities = once(async () => {
  const [known, { names, zips: at }] = await Promise.all([zips(), import('./cities.js')]);
  const codes = [...known.values()];
  const order = numbers(at).values();
  return Object.entries(names).flatMap(([state, list]) =>
    list.split('|').map((name) => ({ label: `${name}, ${state}`, name: folded(name), state, here: codes[order.next().value] })),
  );
});

/** Where a ZIP code is: `{here, isAbout}`; nothing for one that there is not. */
export async function findZip(code) {
  const here = (await zips()).get(code);
  if (here) return { here, isAbout: false };
  const region = (await regions()).get(code.slice(0, 3));
  return region && { here: region, isAbout: true };
}

/** A city and its state as they were typed: `Baltimore, MD`, `baltimore md`, `Baltimore`. */
function parts(typed) {
  const match = /^(.*?)[\s,]+([a-z]{2})$/iu.exec(typed.trim());
  return match ? { name: folded(match[1].replace(/,/gu, ' ')), state: match[2].toUpperCase() } : { name: folded(typed), state: '' };
}

/** The cities of a name: of one state where it was typed. */
export async function findCities(typed) {
  const all = await cities();
  const { name, state } = parts(typed);
  const found = all.filter((city) => city.name === name && city.state === state);
  // The last word may be part of the name: "Glen Burnie", "La Plata".
  return found.length > 0 ? found : all.filter((city) => city.name === folded(typed.replace(/,/gu, ' ')));
}

/** The first cities whose names begin as what was typed. */
export async function suggest(typed, most) {
  const [name, state = ''] = typed.split(',');
  const begins = folded(name);
  if (begins.length < 2) return [];
  const wanted = state.trim().toUpperCase();
  return (await cities()).filter((city) => city.name.startsWith(begins) && city.state.startsWith(wanted)).slice(0, most);
}
