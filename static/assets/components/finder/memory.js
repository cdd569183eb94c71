// The chosen ZIP code or city, kept until the tab closes. A browser may refuse to keep it; the finder then works on one
// page.

const KEY = 'pamphlet-place';

/** What the finder keeps: a ZIP code, or a city with its state. */
const PLACE = /^(?:\d{5}|[\p{L}\d .'\u2019()/-]{1,60}, [A-Z]{2})$/u;

/** The place that was chosen in this tab, if any. */
export function recall() {
  try {
    const place = sessionStorage.getItem(KEY);
    return PLACE.test(place ?? '') ? place : null;
  } catch {
    return null;
  }
}

/** Keeps a place. */
export function remember(place) {
  try {
    sessionStorage.setItem(KEY, place);
  } catch {
    // The finder works without.
  }
}

/** Forgets the place. */
export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is nothing to forget.
  }
}
