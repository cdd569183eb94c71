// Turns the page that is there into its new state, and leaves alone whatever the server has not changed.
//
// Each node is remembered with its twin: the node as the server last sent it. What differs between a node and its twin was
// done by the reader or by the page's scripts (an open <details>, typed text, a sorted list) and is kept; what differs
// between the twin and the new state was done by the editor and is put in place.

import { Idiomorph } from './idiomorph.js';

const twins = new WeakMap();

/** Remembers a node and all below it with the nodes as the server sent them. */
const pair = (node, twin) => {
  twins.set(node, twin);
  const [nodes, theirs] = [[...node.childNodes], [...twin.childNodes]];
  nodes.forEach((child, at) => theirs[at] && pair(child, theirs[at]));
};

/** Remembers a page that is just as the server sent it. */
export const remember = (page) => pair(page.documentElement, page.documentElement.cloneNode(true));

/** Puts the new state of a page in place; gives the elements that have changed. */
export const morph = (page, html) => {
  const next = new DOMParser().parseFromString(html, 'text/html');
  const changed = new Set();
  page.title = next.title;
  attributes(page.documentElement, next.documentElement);
  styles(page, next);
  const fresh = new WeakMap();
  Idiomorph.morph(page.body, next.body, {
    morphStyle: 'outerHTML',
    ignoreActiveValue: true,
    callbacks: {
      beforeNodeMorphed: (node, state) => {
        if (twins.get(node)?.isEqualNode(state)) return false;
        fresh.set(node, state);
        if (node.nodeType === Node.TEXT_NODE && node.data !== state.data) changed.add(node.parentElement);
        return true;
      },
      beforeAttributeUpdated: (name, node) => {
        const twin = twins.get(node);
        return !twin || twin.getAttribute(name) !== (fresh.get(node)?.getAttribute(name) ?? null);
      },
      // A node that the server never sent was made by a script of the page.
      beforeNodeRemoved: (node) => {
        if (!twins.has(node)) return false;
        if (node.parentElement) changed.add(node.parentElement);
        return true;
      },
      afterNodeMorphed: (node, state) => twins.set(node, state),
      afterNodeAdded: (node) => {
        pair(node, node.cloneNode(true));
        changed.add(node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
      },
    },
  });
  return changed;
};

const attributes = (element, state) => {
  const twin = twins.get(element);
  for (const { name, value } of state.attributes) {
    if (twin?.getAttribute(name) !== value) element.setAttribute(name, value);
  }
  twins.set(element, state);
};

/** Changes style sheets without a moment in which the page has none. */
const styles = (page, next) => {
  const sheets = (root) => [...root.querySelectorAll('link[rel="stylesheet"]:not([data-preview])')];
  const [old, wanted] = [sheets(page.head), sheets(next.head)];
  wanted.forEach((sheet, at) => {
    if (old[at]?.getAttribute('href') === sheet.getAttribute('href')) return;
    const link = page.importNode(sheet, true);
    // A sheet that cannot be loaded leaves the page with the one that it has.
    link.addEventListener('load', () => old[at]?.remove(), { once: true });
    link.addEventListener('error', () => link.remove(), { once: true });
    old[at] ? old[at].after(link) : page.head.append(link);
  });
  old.slice(wanted.length).forEach((sheet) => sheet.remove());
};
