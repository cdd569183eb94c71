// The bar at the foot of a page and the list of findings in it. It stands in a shadow tree of its own, so that neither the
// page's styles nor its new states touch it.

/** An element with attributes and children. */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

export const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;

/** Errors, warnings and notes in words; the ones that are none are left out. */
export const tally = ({ errors, warnings, notes }) => {
  const parts = [[errors, 'error'], [warnings, 'warning'], [notes, 'note']].filter(([number]) => number > 0);
  return parts.map(([number, word]) => count(number, word)).join(', ');
};

const where = ({ path, line, column, editor }) =>
  make('a', { href: editor, class: 'place' }, `${path}:${line}:${column}`);

/** One finding as an item of a list. */
export const item = (finding) =>
  make(
    'li',
    { class: `finding finding--${finding.severity}` },
    make('h3', {}, make('span', { class: 'severity' }, finding.severity), ' ', finding.message),
    make('p', { class: 'where' }, where(finding.place), ' ', make('code', {}, finding.rule)),
    finding.excerpt ? make('pre', { tabindex: '0', 'aria-label': 'The source' }, finding.excerpt) : null,
    ...finding.notes.map((note) => make('p', {}, note)),
    finding.help ? make('p', { class: 'help' }, make('strong', {}, 'Help: '), finding.help) : null,
  );

export class Panel {
  constructor() {
    this.host = make('pamphlet-preview');
    const root = this.host.attachShadow({ mode: 'open' });
    this.status = make('p', { role: 'status', class: 'status' }, 'Looking for findings…');
    this.states = make('ul', { class: 'states', 'aria-label': 'State of this page' });
    this.button = make('button', { type: 'button', 'aria-expanded': 'false', 'aria-controls': 'list' }, 'Show findings');
    this.all = make('a', { href: '/_pamphlet/' }, 'All findings of the site');
    this.list = make('ul', { class: 'list' });
    this.title = make('h2', { tabindex: '-1' }, 'Findings of this page');
    this.body = make('div', { id: 'list', class: 'body', hidden: true }, this.title, this.list);
    this.bar = make('div', { class: 'bar' }, this.states, this.status, this.button, this.all);
    const section = make('section', { 'aria-label': 'Pamphlet preview', class: 'panel' }, this.body, this.bar);
    root.append(make('link', { rel: 'stylesheet', href: '/_pamphlet/preview.css' }), section);
    this.button.addEventListener('click', () => this.open(this.body.hidden));
    section.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.body.hidden) {
        this.open(false);
        this.button.focus();
      }
    });
    document.documentElement.append(this.host);
  }

  open(isOpen) {
    this.body.hidden = !isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
    this.button.textContent = isOpen ? 'Hide findings' : 'Show findings';
    this.wasClosed = !isOpen;
    if (isOpen) this.title.focus();
  }

  async news(news) {
    const key = `${news.shown} ${news.examined}`;
    if (key === this.key) return;
    this.key = key;
    const response = await fetch(`/_pamphlet/page?path=${encodeURIComponent(location.pathname)}`).catch(() => null);
    if (!response?.ok || key !== this.key) return;
    this.render(await response.json());
  }

  render(page) {
    const states = page.states ?? [];
    const grade = page.grade && `Grade ${page.grade.grade}, aim ${page.grade.aim}`;
    const rough = page.grade && page.grade.words < 100 ? ' (rough: few words)' : '';
    const file = page.source && make('a', { href: page.source.editor }, page.source.path);
    this.states.replaceChildren(
      ...(file ? [make('li', {}, file)] : []),
      ...states.map((state) => make('li', { class: /^(Draft|Scheduled)/.test(state) ? 'ribbon' : '' }, state)),
      ...(grade ? [make('li', {}, grade + rough)] : []),
    );
    if (!page.findings) return;
    const is = (severity) => (finding) => finding.severity === severity;
    const numbers = {
      errors: page.findings.filter(is('error')).length,
      warnings: page.findings.filter(is('warning')).length,
      notes: page.findings.filter(is('note')).length,
    };
    const here = tally(numbers);
    const elsewhere = page.site.errors - numbers.errors;
    const others = elsewhere > 0 ? `; ${count(elsewhere, 'error')} elsewhere on the site` : '';
    this.say((here ? `This page: ${here}` : 'Nothing to fix on this page') + others);
    this.host.toggleAttribute('data-errors', page.site.errors > 0);
    this.button.hidden = page.findings.length === 0;
    this.keepPlace(() => this.list.replaceChildren(...page.findings.map(item)));
    // Errors open the list by themselves, once; who closes it has seen them.
    const errors = JSON.stringify(page.findings.filter(is('error')).map(({ rule, message }) => [rule, message]));
    if (numbers.errors > 0 && errors !== this.errors) this.show();
    if (numbers.errors === 0 && this.isForced) this.hide();
    this.errors = errors;
  }

  show() {
    if (!this.body.hidden) return;
    this.isForced = true;
    this.body.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.button.textContent = 'Hide findings';
  }

  hide() {
    this.isForced = false;
    this.body.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    this.button.textContent = 'Show findings';
  }

  /** Renders the list anew without losing the scroll position or the focus in it. */
  keepPlace(render) {
    const top = this.body.scrollTop;
    const focused = [...this.list.querySelectorAll('a, pre')].indexOf(this.host.shadowRoot.activeElement);
    render();
    this.body.scrollTop = top;
    if (focused >= 0) this.list.querySelectorAll('a, pre')[focused]?.focus();
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  lost() {
    this.host.setAttribute('data-lost', '');
    this.say('The server has stopped. Start it again: this page waits for it.');
  }

  found() {
    this.host.removeAttribute('data-lost');
  }
}
