// The distance finder: sorts a list of locations by the way from a ZIP code, a city or the reader's own position.
//
// A ZIP code or a city stays in this browser tab (sessionStorage) and goes nowhere else: not into an address, a cookie or a
// request. A position is not even kept there. The tables of places are scripts of this site, loaded when they are first
// used. Without this script the list is simply there, in order of name.

import { milesBetween, sayDistance } from './distance.js';
import { forget, recall, remember } from './memory.js';

const ZIP = /^\s*(\d{5})(?:[-\s]?\d{4})?\s*$/;

/** So many cities are offered at most. */
const OFFERS = 8;

/** How long the browser may look for the position, in milliseconds. */
const PATIENCE = 15_000;

/** The reader's own position, in words. */
const HERE = 'your location';

const ELSE = 'Enter a ZIP code or a city, or look through the list below.';
const NOT_LOADED = 'The distances could not be loaded. Try again, or look through the list below.';

/** Why there is no position, by the code of the browser, and what to do. */
const NO_POSITION = {
  1: `Your browser did not share your location. You can allow it in the browser's settings for this site. ${ELSE}`,
  2: `Your browser cannot find out where you are. ${ELSE}`,
  3: `Your browser took too long to find out where you are. Try again. ${ELSE}`,
};

class Finder {
  constructor(root) {
    this.root = root;
    this.unit = root.dataset.unit;
    this.section = root.parentElement;
    const part = (name) => root.querySelector(`[data-finder="${name}"]`);
    this.place = part('place');
    this.current = this.place.closest('p');
    this.change = part('change');
    this.clear = part('clear');
    this.form = part('form');
    this.input = part('input');
    this.offers = part('offers');
    this.locate = part('locate');
    this.message = part('message');
    this.groups = [...this.section.querySelectorAll('[data-finder="group"]')].map((element) => new Group(element));
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => this.offer());
    this.locate.hidden = !navigator.geolocation;
    this.locate.addEventListener('click', () => this.usePosition());
    this.change.addEventListener('click', () => this.showForm());
    this.clear.addEventListener('click', () => this.reset());
    // A page that comes back from the browser's memory may show another place than the one chosen since.
    window.addEventListener('pageshow', (event) => event.persisted && this.resume());
    root.hidden = false;
    this.resume();
  }

  /** Takes up the place that was chosen on another page of this tab. */
  async resume() {
    const typed = recall();
    if (typed === this.label || (!typed && this.label === HERE)) return;
    if (!typed) return this.restore();
    const { place } = await this.look(typed);
    if (place) this.sort(place);
  }

  async submit() {
    const { place, reason } = await this.look(this.input.value);
    if (!place) return this.refuse(reason);
    this.sort(place);
    remember(place.label);
    this.announce(place);
  }

  /** The places module; nothing where it cannot be loaded. */
  places() {
    return import('./places.js').catch(() => null);
  }

  /** The place that was typed, `{label, here, isAbout}`, or the reason why there is none. */
  async look(typed) {
    const zip = ZIP.exec(typed)?.[1];
    if (!zip && /^[\s\d-]*$/.test(typed)) return { reason: 'Enter a ZIP code with 5 digits, such as 21218, or a city, such as Baltimore, MD.' };
    const places = await this.places();
    try {
      return await (zip ? this.lookZip(places, zip) : this.lookCity(places, typed.trim()));
    } catch {
      return { reason: NOT_LOADED };
    }
  }

  async lookZip(places, zip) {
    const found = await places.findZip(zip);
    if (found) return { place: { label: zip, ...found } };
    return { reason: `We do not know the ZIP code ${zip}. Check the number, or look through the list below.` };
  }

  async lookCity(places, typed) {
    const found = await places.findCities(typed);
    if (found.length === 1) return { place: { ...found[0], isAbout: false } };
    if (found.length > 1) {
      this.show(found);
      return { reason: `There is more than one ${typed}: ${found.map((city) => city.label).join('; ')}. Enter one with its state.` };
    }
    const within = `${this.root.dataset.radius} ${this.unit}`;
    return { reason: `We do not know ${typed}, or it is more than ${within} from these locations. Check the spelling, or enter a ZIP code.` };
  }

  /** Offers cities while somebody types. */
  async offer() {
    const typed = this.input.value;
    if (/\d/.test(typed)) return this.show([]);
    const places = await this.places();
    const found = await places?.suggest(typed, OFFERS).catch(() => []);
    if (typed === this.input.value) this.show(found ?? []);
  }

  show(cities) {
    this.offers.replaceChildren(...cities.map(({ label }) => Object.assign(document.createElement('option'), { value: label })));
  }

  /** Asks the browser where the reader is; it asks the reader first. */
  usePosition() {
    this.say('Your browser is looking for your location\u2026');
    const found = ({ coords }) => {
      const place = { label: HERE, here: [coords.latitude, coords.longitude], isAbout: false };
      this.sort(place);
      forget();
      this.announce(place);
    };
    const failed = ({ code }) => {
      this.say(NO_POSITION[code] ?? NO_POSITION[2]);
      this.input.focus();
    };
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: PATIENCE, maximumAge: 600_000 });
  }

  /** Sorts the list by the distance from a place. */
  sort(place) {
    const measure = (there) => milesBetween(place.here, there);
    const say = (miles) => sayDistance(miles, this.unit, place.isAbout);
    for (const group of this.groups) group.sort(measure, say);
    this.order([...this.groups].sort((a, b) => a.miles - b.miles));
    this.label = place.label;
    this.place.textContent = place.label;
    this.current.hidden = false;
    this.form.hidden = true;
    this.accept();
  }

  announce(place) {
    this.change.focus();
    const nearest = this.nearest();
    const way = sayDistance(nearest.miles, this.unit, place.isAbout);
    this.say(`Locations sorted by distance from ${place.label}. Nearest: ${nearest.name}, ${way}.`);
  }

  showForm() {
    this.form.hidden = false;
    this.input.value = this.label === HERE ? '' : this.label;
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
    this.label = null;
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

  sort(measure, say) {
    for (const item of this.items) item.measure(measure, say);
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

  measure(measure, say) {
    this.miles = this.there ? measure(this.there) : Infinity;
    this.distance.textContent = this.there ? `${say(this.miles)} away` : '';
    this.distance.hidden = !this.there;
  }

  unmeasure() {
    this.miles = Infinity;
    this.distance.textContent = '';
    this.distance.hidden = true;
  }
}

for (const root of document.querySelectorAll('[data-module="finder"]')) new Finder(root);
