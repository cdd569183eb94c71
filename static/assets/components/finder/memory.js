// The chosen ZIP code, kept until the tab closes. A browser may refuse to keep it; the finder then works on one page.

const KEY = 'pamphlet-zip';

/** The ZIP code that was chosen in this tab, if any. */
export function recall() {
  try {
    const zip = sessionStorage.getItem(KEY);
    return /^\d{5}$/.test(zip ?? '') ? zip : null;
  } catch {
    return null;
  }
}

/** Keeps a ZIP code. */
export function remember(zip) {
  try {
    sessionStorage.setItem(KEY, zip);
  } catch {
    // The finder works without.
  }
}

/** Forgets the ZIP code. */
export function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There is nothing to forget.
  }
}
