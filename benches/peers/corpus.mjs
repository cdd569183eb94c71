// The same site of any number of pages for each program: about 5 kB of Markdown a page, three related pages, a contents
// list, index pages of 50, a sitemap and a feed. The same number of pages is the same bytes in every run.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SENTENCES = [
  'Your doctor’s team tells you how to prepare for the test.',
  'The test takes about thirty minutes, and you can go home on the same day.',
  'You lie on a table while a nurse places small pads on your chest, your arms and your legs.',
  'Medicine goes into a vein through a thin tube.',
  'A small dose of radiation makes a picture of the lungs, the heart and the chest wall.',
  'Bring a list of all your medicines.',
  'Ask your care team about the risks – even “rare” ones.',
  'The nurse changes the dressing every week.',
  'Your heart pumps blood to all parts of your body.',
  'A magnet makes pictures of the heart while it beats.',
  'You may feel a little tired for a day or two – that’s normal.',
];

const FOLDERS = ['conditions', 'tests', 'treatments'];

export const folder = (number) => FOLDERS[number % 3];
export const name = (number) => `page-${number}`;

/** Pages of each folder that a page is related to. */
const related = (number, pages) => [1, 2, 3].map((step) => (number + step) % pages);

/** The text of a page without its front matter; `link` writes a link to another page. */
export function body(number, pages, link) {
  let text = '';
  for (let section = 0; section < 8; section += 1) {
    text += `## Section ${section} of page ${number}\n\n`;
    for (let paragraph = 0; paragraph < 3; paragraph += 1) {
      const first = number * 7 + section * 5 + paragraph * 3;
      text += `${[0, 1, 2].map((at) => SENTENCES[(first + at) % SENTENCES.length]).join(' ')}\n\n`;
    }
    text += `Read about ${link((number + section + 1) % pages)} next.\n\n`;
    if (section === 2) {
      text += '- fever\n- pain in the chest\n- a fast heartbeat\n\n| Sign | What to do |\n|---|---|\n| Fever | Rest |\n\n';
    }
  }
  return text;
}

function writer(root) {
  const folders = new Set();
  return (path, text) => {
    const file = join(root, path);
    if (!folders.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    folders.add(dirname(file));
    writeFileSync(file, text);
  };
}

const front = (number, more) =>
  `---\ntitle: Page ${number} of the corpus\nsummary: What page ${number} is about, in a sentence.\n${more}---\n\n`;

/** The site for Pamphlet: relations in the fields of each kind. */
export function pamphlet(root, pages) {
  const write = writer(root);
  write('content/site.yaml', 'title: Corpus\nbase_url: https://example.org/\nlimits: { list_entries: 50 }\n');
  for (let number = 0; number < pages; number += 1) {
    const other = (kind) => related(number, pages).filter((page) => folder(page) === kind).map(name);
    const fields = { conditions: ['tests', 'treatments'], tests: ['conditions'], treatments: ['tests'] };
    const keys = { conditions: 'used_for', tests: 'tests', treatments: 'treatments' };
    const lines = fields[folder(number)].map((kind) => `${keys[kind]}: [${other(kind).join(', ')}]\n`).join('');
    const link = (page) => `[page ${page}](../${folder(page)}/${name(page)}.md)`;
    const known =
      `updated: 2026-02-01\nreview: { last: 2026-02-01, by: { name: A reviewer } }\n` +
      `sources:\n  - { title: A source, url: "https://example.com/${number}" }\n`;
    const text = front(number, lines + known) + body(number, pages, link);
    write(`content/${folder(number)}/${name(number)}.md`, text);
  }
  return (number) => ({ file: `content/${folder(number)}/${name(number)}.md`, url: `/${folder(number)}/${name(number)}/` });
}

const LAYOUTS = {
  'baseof.html':
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>' +
    '<meta name="description" content="{{ .Params.summary }}"></head><body><header><a href="/">{{ site.Title }}</a>' +
    '{{ range site.Sections }} <a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</header>' +
    '<main>{{ block "main" . }}{{ end }}</main></body></html>',
  'single.html':
    '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ .TableOfContents }}{{ .Content }}<ul>' +
    '{{ range .Params.related }}{{ with site.GetPage . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ' +
    '{{ .Params.summary }}</li>{{ end }}{{ end }}</ul>{{ end }}',
  'list.html':
    '{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range (.Paginate .RegularPages 50).Pages }}<li>' +
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}</ul>' +
    '{{ template "_internal/pagination.html" . }}{{ end }}',
};

/** The site for Hugo. */
export function hugo(root, pages) {
  const write = writer(root);
  write('hugo.toml', 'baseURL = "https://example.org/"\ntitle = "Corpus"\ndisableKinds = ["taxonomy", "term"]\n');
  for (const [file, text] of Object.entries(LAYOUTS)) write(`layouts/_default/${file}`, text);
  write('layouts/index.html', '{{ define "main" }}<h1>{{ site.Title }}</h1>{{ end }}');
  for (let number = 0; number < pages; number += 1) {
    const others = related(number, pages).map((page) => `/${folder(page)}/${name(page)}`);
    const link = (page) => `[page ${page}](/${folder(page)}/${name(page)}/)`;
    const text = front(number, `related: [${others.join(', ')}]\ndate: 2026-02-01\n`) + body(number, pages, link);
    write(`content/${folder(number)}/${name(number)}.md`, text);
  }
  return (number) => ({ file: `content/${folder(number)}/${name(number)}.md`, url: `/${folder(number)}/${name(number)}/` });
}

const ZOLA_FRAME = (main) =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>' +
  '<meta name="description" content="{{ summary }}"></head><body><header><a href="/">{{ config.title }}</a>' +
  ['conditions', 'tests', 'treatments'].map((folder) => ` <a href="/${folder}/">${folder}</a>`).join('') +
  `</header><main>${main}</main></body></html>`;

const ZOLA_TEMPLATES = {
  'page.html':
    '{% set title = page.title %}{% set summary = page.description %}' +
    ZOLA_FRAME(
      '<h1>{{ page.title }}</h1><p>{{ page.description }}</p><ul>{% for h in page.toc %}<li><a href="{{ h.permalink }}">' +
        '{{ h.title }}</a></li>{% endfor %}</ul>{{ page.content | safe }}<ul>{% for path in page.extra.related %}' +
        '{% set other = get_page(path=path) %}<li><a href="{{ other.path }}">{{ other.title }}</a> ' +
        '{{ other.description }}</li>{% endfor %}</ul>',
    ),
  'section.html':
    '{% set title = section.title %}{% set summary = section.description %}' +
    ZOLA_FRAME(
      '<h1>{{ section.title }}</h1><ul>{% for page in paginator.pages %}<li><a href="{{ page.path }}">{{ page.title }}</a> ' +
        '{{ page.description }}</li>{% endfor %}</ul>{% if paginator.next %}<a href="{{ paginator.next }}">Next</a>{% endif %}',
    ),
  'index.html': `{% set title = config.title %}{% set summary = "" %}${ZOLA_FRAME('<h1>{{ config.title }}</h1>')}`,
};

/** The site for Zola, whose front matter is TOML. */
export function zola(root, pages) {
  const write = writer(root);
  write(
    'config.toml',
    'base_url = "https://example.org"\ntitle = "Corpus"\ncompile_sass = false\nbuild_search_index = false\n' +
      'generate_feeds = true\nfeed_limit = 50\n',
  );
  for (const [file, text] of Object.entries(ZOLA_TEMPLATES)) write(`templates/${file}`, text);
  for (const folder of FOLDERS) {
    write(`content/${folder}/_index.md`, `+++\ntitle = "${folder}"\nsort_by = "title"\npaginate_by = 50\n+++\n`);
  }
  for (let number = 0; number < pages; number += 1) {
    const others = related(number, pages).map((page) => `"${folder(page)}/${name(page)}.md"`);
    const link = (page) => `[page ${page}](@/${folder(page)}/${name(page)}.md)`;
    const front =
      `+++\ntitle = "Page ${number} of the corpus"\ndescription = "What page ${number} is about, in a sentence."\n` +
      `date = 2026-02-01\n[extra]\nrelated = [${others.join(', ')}]\n+++\n\n`;
    write(`content/${folder(number)}/${name(number)}.md`, front + body(number, pages, link));
  }
  return (number) => ({ file: `content/${folder(number)}/${name(number)}.md`, url: `/${folder(number)}/${name(number)}/` });
}

// node corpus.mjs PROGRAM FOLDER PAGES
if (import.meta.filename === process.argv[1]) {
  const [program, root, pages] = process.argv.slice(2);
  ({ pamphlet, hugo, zola })[program](root, Number(pages));
}
