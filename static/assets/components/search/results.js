// The list of pages that were found.

import { pieces } from './terms.js';

function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/** A text whose words that were found are marked. */
function marked(text, matched) {
  return pieces(text).map(([piece, terms]) => {
    const isFound = terms.some((term) => matched.has(term));
    return isFound ? element('mark', 'search__mark', piece) : piece;
  });
}

function item({ title, url, kind, summary, matched }) {
  const link = element('a', 'search__link', ...marked(title, matched));
  link.href = url;
  const found = element('li', 'search__item', link);
  if (kind) found.append(' ', element('span', 'search__kind', kind));
  if (summary) found.append(element('p', 'search__summary', ...marked(summary, matched)));
  return found;
}

/** The first of some results as a list of links. */
export function list(results, most) {
  return element('ol', 'search__list', ...results.slice(0, most).map(item));
}
