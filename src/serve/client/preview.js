// The preview in a page: puts each new state in place, and shows what is wrong where the editor looks.

import { morph, remember } from './morph.js';
import { Panel } from './findings.js';
import { listen } from './news.js';

// Runs before the page's own scripts, so the page is still as the server sent it.
remember(document);

const own = document.querySelector('script[data-tag]');
let tag = own?.dataset.tag;
let scripts;
let shown = 0;
let isBusy = false;
let isBehind = false;

const panel = new Panel();

/** Fetches the page and puts its new state in place, if there is one. */
const refresh = async () => {
  if (isBusy) {
    isBehind = true;
    return;
  }
  isBusy = true;
  try {
    do {
      isBehind = false;
      const response = await fetch(location.pathname + location.search, { headers: { 'If-None-Match': tag } });
      if (response.redirected) return location.reload();
      if (response.status === 304) continue;
      const html = await response.text();
      tag = /data-tag="([0-9a-f]+)"/.exec(html)?.[1] ?? '';
      show(morph(document, html));
    } while (isBehind);
  } catch {
    panel.lost();
  } finally {
    isBusy = false;
  }
};

/** Shows for a moment what has changed. */
const show = (changed) => {
  const blocks = new Set([...changed].map(block).filter(Boolean));
  for (const element of blocks) {
    element.dataset.pamphletChanged = '';
    setTimeout(() => delete element.dataset.pamphletChanged, 1200);
  }
  document.dispatchEvent(new CustomEvent('pamphlet:shown', { detail: { changed: blocks.size } }));
};

/** The block that an element belongs to; the whole page is none. */
const block = (element) => {
  const found = element?.closest('p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6, pre, figure, blockquote, section, nav, div');
  return found && found !== document.body && !found.matches('main, main > *:only-child') ? found : null;
};

const take = (news) => {
  if (news.lost) return panel.lost();
  panel.found();
  if (scripts !== undefined && scripts !== news.scripts) return location.reload();
  scripts = news.scripts;
  // The first news may be later than the page itself: the tag of the page tells.
  if (news.shown !== shown) {
    shown = news.shown;
    refresh();
  }
  panel.news(news);
};

const link = document.createElement('link');
Object.assign(link, { rel: 'stylesheet', href: '/_pamphlet/mark.css' });
link.dataset.preview = '';
document.head.append(link);

listen(take);
