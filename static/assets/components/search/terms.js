// The terms of a text: the words by which it is found.
//
// The generator makes the terms of the pages in the same way (src/render/search/terms.rs): whatever is changed in one of
// them must be changed in the other.

const HYPHENS = /[-\u2010\u2011]/u;
const WORDS = /[\p{Alphabetic}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{Alphabetic}\p{N}\p{M}]+)*/gu;
// Diacritics of European scripts, and apostrophes.
const DROPPED = /[\u0300-\u036f'\u2019\u02bc]/gu;

/** The terms of a text, in order. `x-ray` gives `x`, `ray` and `xray`. */
export function terms(text) {
  const folded = text.normalize('NFD').replace(DROPPED, '').toLowerCase();
  return (folded.match(WORDS) ?? []).flatMap((word) => {
    const parts = word.split(HYPHENS);
    return parts.length > 1 ? [...parts, parts.join('')] : parts;
  });
}

/** The words of a text with what stands between them, each with its terms: `[text, terms]`. */
export function pieces(text) {
  return text.split(/(\s+)/u).map((piece) => [piece, terms(piece)]);
}
