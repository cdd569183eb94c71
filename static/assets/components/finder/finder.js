// The distance finder: sorts a list of locations by the miles from a ZIP code.
//
// The ZIP code stays in this browser tab (sessionStorage) and goes nowhere else: not into an address, a cookie or a
// request. The table of ZIP codes is a script of this site, loaded when a ZIP code is first used. Without this script the
// list is simply there, in order of name.

import { milesBetween, sayMiles } from './distance.js';
import { forget, recall, remember } from './memory.js';

const ZIP = /^\s*(\d{5})(?:-\d{4})?\s*$/;

class Finder {
  constructor(root) {
    this.root = root;
    this.section = root.parentElement;
    const part = (name) => root.querySelector(`[data-finder="${name}"]`);
    this.place = part('place');
    this.current = this.place.closest('p');
    this.change = part('change');
    this.clear = part('clear');
    this.form = part('form');
    this.input = part('input');
    this.message = part('message');
    this.groups = [...this.section.querySelectorAll('[data-finder="group"]')].map((element) => new Group(element));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.change.addEventListener('click', () => this.showForm());
    this.clear.addEventListener('click', () => this.reset());
    // A page that comes back from the browser's memory may show another place than the one chosen since.
    window.addEventListener('pageshow', (event) => event.persisted && this.resume());
    root.hidden = false;
    this.resume();
  }

  /** Takes up the place that was chosen on another page of this tab. */
  async resume() {
    const zip = recall();
    if (zip === this.zip) return;
    if (!zip) return this.restore();
    await this.sort(zip);
  }

  async submit() {
    const match = ZIP.exec(this.input.value);
    if (!match) {
      return this.refuse('Enter a ZIP code with 5 digits, such as 21218.');
    }
    const reason = await this.sort(match[1]);
    if (reason) return this.refuse(reason);
    remember(match[1]);
    this.change.focus();
    const nearest = this.nearest();
    this.say(`Locations sorted by distance from ${match[1]}. Nearest: ${nearest.name}, ${sayMiles(nearest.miles)}.`);
  }

  /** Sorts the list by distance; gives the reason where that cannot be done. */
  async sort(zip) {
    let find;
    try {
      ({ find } = await import('./zips.js'));
    } catch {
      return 'The distances could not be loaded. Try again, or look through the list below.';
    }
    const here = find(zip);
    if (!here) {
      const far = `it is more than ${this.root.dataset.radius} miles from these locations`;
      return `We do not know ${zip}, or ${far}. Check the number, or look through the list below.`;
    }
    for (const group of this.groups) group.sort(here);
    this.order([...this.groups].sort((a, b) => a.miles - b.miles));
    this.zip = zip;
    this.place.textContent = zip;
    this.current.hidden = false;
    this.form.hidden = true;
    this.accept();
    return '';
  }

  showForm() {
    this.form.hidden = false;
    this.input.value = this.zip;
    this.input.focus();
    this.input.select();
    this.say('');
  }

  reset() {
    forget();
    this.restore();
    this.input.focus();
    this.say('The list is in order of name again.');
  }

  /** The list as the page was written. */
  restore() {
    this.zip = null;
    for (const group of this.groups) group.restore();
    this.order(this.groups);
    this.current.hidden = true;
    this.form.hidden = false;
    this.input.value = '';
    this.accept();
  }

  order(groups) {
    for (const group of groups) group.element.parentElement.append(group.element);
  }

  nearest() {
    const all = this.groups.flatMap((group) => group.items);
    return all.reduce((best, item) => (item.miles < best.miles ? item : best));
  }

  refuse(text) {
    this.input.setAttribute('aria-invalid', 'true');
    this.say(text);
    this.input.focus();
  }

  accept() {
    this.input.removeAttribute('aria-invalid');
    this.say('');
  }

  say(text) {
    this.message.textContent = text;
  }
}

/** The locations of one region. */
class Group {
  constructor(element) {
    this.element = element;
    this.list = element.querySelector('[data-finder="list"]');
    this.items = [...this.list.children].map((item) => new Item(item));
    this.miles = Infinity;
  }

  sort(here) {
    for (const item of this.items) item.measure(here);
    const sorted = [...this.items].sort((a, b) => (a.miles === b.miles ? 0 : a.miles - b.miles));
    this.miles = sorted.length ? sorted[0].miles : Infinity;
    this.list.append(...sorted.map((item) => item.element));
  }

  restore() {
    this.miles = Infinity;
    for (const item of this.items) item.unmeasure();
    this.list.append(...this.items.map((item) => item.element));
  }
}

/** One location. One without coordinates stays at the end, without a distance. */
class Item {
  constructor(element) {
    this.element = element;
    this.name = element.dataset.name;
    const { lat, lon } = element.dataset;
    this.there = lat && lon ? [Number(lat), Number(lon)] : null;
    this.distance = element.querySelector('[data-finder="distance"]');
    this.miles = Infinity;
  }

  measure(here) {
    this.miles = this.there ? milesBetween(here, this.there) : Infinity;
    this.distance.textContent = this.there ? `${sayMiles(this.miles)} away` : '';
    this.distance.hidden = !this.there;
  }

  unmeasure() {
    this.miles = Infinity;
    this.distance.textContent = '';
    this.distance.hidden = true;
  }
}

for (const root of document.querySelectorAll('[data-module="finder"]')) new Finder(root);
