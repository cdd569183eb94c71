// The search field: shows pages as a reader types, and leads to the search page.
//
// This script is small, for every page has it; the search itself is loaded when the field is first used. What is typed
// stands in the field and, on the search page, behind the `#` of the address, which browsers send nowhere.

/** So many pages are shown below the field of the header. */
const FEW = 6;

/** Said to a reader who has typed only "what is" or the like. */
const VAGUE = 'Type another word: the name of a condition, a test or a treatment.';

/** The question in the address of the search page. */
function asked() {
  const match = /^#q=(.*)$/u.exec(window.location.hash);
  try {
    return match ? decodeURIComponent(match[1]) : '';
  } catch {
    return '';
  }
}

class Search {
  constructor(root) {
    this.root = root;
    const part = (name) => root.querySelector(`[data-search="${name}"]`);
    this.isPage = root.dataset.module === 'search-page';
    this.form = part('form');
    this.input = part('input');
    this.panel = part('panel');
    this.status = part('status');
    this.all = part('all');
    this.turn = 0;
    this.form.addEventListener('submit', (event) => this.submit(event));
    this.input.addEventListener('focus', () => this.load());
    this.input.addEventListener('input', () => this.ask());
    root.addEventListener('keydown', (event) => this.key(event));
    if (!this.isPage) {
      root.addEventListener('focusout', (event) => root.contains(event.relatedTarget) || this.close());
    }
    part('fallback').hidden = true;
    this.form.hidden = false;
  }

  /** Loads the search; a reader who was cut off can try again. */
  load() {
    this.engine ??= import('./engine.js').catch(() => {
      this.engine = undefined;
      return null;
    });
    return this.engine;
  }

  async ask() {
    const question = this.input.value.trim();
    const turn = (this.turn += 1);
    if (this.isPage) history.replaceState(null, '', question ? `#q=${encodeURIComponent(question)}` : '#');
    if (!question) return this.close();
    const engine = await this.load();
    if (turn !== this.turn) return;
    if (!engine) return this.say('The search could not be loaded. Try again, or look in the A to Z.');
    const show = (found, isLast) => {
      if (turn !== this.turn) return;
      this.show(question, found.length, engine.list(found, this.isPage ? found.length : FEW));
      if (isLast) this.say(found.length === 0 && engine.isVague(question) ? VAGUE : this.summary(question, found.length));
    };
    show(await engine.search(question, (found) => found.length > 0 && show(found, false)), true);
  }

  show(question, count, list) {
    this.panel.querySelector('ol')?.remove();
    if (count > 0) this.panel.prepend(list);
    if (this.all) this.all.href = `${this.root.dataset.page}#q=${encodeURIComponent(question)}`;
    this.panel.hidden = count === 0 && this.isPage;
  }

  summary(question, count) {
    if (count === 0) return `Nothing found for “${question}”. Check the spelling, use fewer words, or look in the A to Z.`;
    return count === 1 ? '1 page found.' : `${count} pages found.`;
  }

  submit(event) {
    event.preventDefault();
    if (!this.input.value.trim()) return this.input.focus();
    if (this.isPage) return this.panel.querySelector('a')?.focus();
    this.all.href = `${this.root.dataset.page}#q=${encodeURIComponent(this.input.value.trim())}`;
    this.all.click();
  }

  key(event) {
    const links = [...this.panel.querySelectorAll('a')].filter((link) => !link.hidden);
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (event.key === 'Escape' && !this.panel.hidden && !this.isPage) {
      this.input.focus();
      this.close();
    } else if (to === undefined || this.panel.hidden || (at < 0 && event.key !== 'ArrowDown')) {
      return;
    } else {
      (to < 0 ? this.input : links[Math.min(to, links.length - 1)])?.focus();
    }
    event.preventDefault();
  }

  close() {
    this.turn += 1;
    this.panel.querySelector('ol')?.remove();
    this.panel.hidden = true;
    this.say('');
  }

  say(text) {
    this.status.textContent = text;
  }

  /** Takes up the question in the address. */
  resume() {
    this.input.value = asked();
    this.ask();
  }
}

const fields = [...document.querySelectorAll('[data-module="search"], [data-module="search-page"]')].map((root) => new Search(root));
const page = fields.find((field) => field.isPage);
if (page) {
  window.addEventListener('hashchange', () => asked() !== page.input.value.trim() && page.resume());
  if (asked()) page.resume();
}
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  const field = page ?? fields[0];
  field?.input.focus();
  field?.input.select();
});
