// A page as Chromium prints it: the text of each sheet, and its picture.

import { createCanvas } from '@napi-rs/canvas';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Dots a point: 144 an inch, coarser than any printer. */
const SCALE = 2;

/** Prints a page that is open, as a browser does unless its user chooses otherwise; gives a PDF to look at. */
export async function printed(page, format = 'Letter') {
  const data = new Uint8Array(await page.pdf({ format, preferCSSPageSize: false }));
  return getDocument({ data, verbosity: 0 }).promise;
}

/** The text of each sheet, without spaces: where a line ends on paper says nothing. */
export async function sheets(pdf) {
  const texts = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    texts.push(bare(items.map((item) => item.str).join('')));
  }
  return texts;
}

/** The lines of each sheet from top to bottom, without spaces: in a PDF, what is drawn later may stand above. */
export async function lines(pdf) {
  const all = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const rows = new Map();
    for (const { str, transform: [, , , , x, y] } of items.filter((item) => item.str.trim())) {
      const row = rows.get(Math.round(y)) ?? [];
      rows.set(Math.round(y), [...row, { x, str }]);
    }
    const falling = [...rows].sort(([one], [other]) => other - one).map(([, row]) => row.sort((one, other) => one.x - other.x));
    all.push(falling.map((row) => bare(row.map(({ str }) => str).join(''))));
  }
  return all;
}

/** A text without spaces. */
export const bare = (text) => text.normalize('NFKC').replace(/[\s\u00ad]+/g, '');

/** The picture of a sheet: its pixels, as a canvas has them. */
export async function picture(pdf, number = 1) {
  const sheet = await pdf.getPage(number);
  const viewport = sheet.getViewport({ scale: SCALE });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const canvasContext = canvas.getContext('2d');
  await sheet.render({ canvasContext, viewport }).promise;
  return canvasContext.getImageData(0, 0, canvas.width, canvas.height);
}

/** The care cards of an open page that do not stand on one sheet: the words of each. */
export async function cutCards(page, pdf) {
  const texts = await sheets(pdf);
  // What paper adds after a link stands between two texts of the page, never within one.
  const cards = await page.locator('.care-card').evaluateAll((cards) => cards.map((card) => {
    const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    const parts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.visually-hidden')) parts.push(walker.currentNode.data);
    return parts;
  }));
  const isWhole = (parts) => texts.some((text) => parts.every((part) => text.includes(bare(part))));
  return cards.filter((parts) => !isWhole(parts)).map((parts) => parts.join(' '));
}
