// The list of all findings of the site.

import { count, item, tally } from './findings.js';
import { listen } from './news.js';

const [status, list, filter] = ['status', 'list', 'filter'].map((id) => document.getElementById(id));
let findings = [];

const render = () => {
  const wanted = filter.value;
  const shown = findings.filter(({ severity }) => wanted === 'all' || severity === wanted);
  const files = Map.groupBy(shown, ({ place }) => place.path);
  list.replaceChildren(
    ...[...files].map(([path, found]) => {
      const section = document.createElement('section');
      const title = document.createElement('h2');
      const items = document.createElement('ul');
      title.textContent = `${path} (${found.length})`;
      items.className = 'list';
      items.append(...found.map(item));
      section.append(title, items);
      return section;
    }),
  );
};

const load = async () => {
  const site = await (await fetch('/_pamphlet/findings')).json();
  if (site.examined === null) return;
  findings = site.findings;
  document.getElementById('home').href = site.root;
  document.getElementById('home').textContent = site.title;
  status.textContent = tally(site.site) || 'Nothing to fix.';
  document.title = `${count(findings.length, 'finding')}: ${site.title}`;
  render();
};

filter.addEventListener('change', render);
listen((news) => (news.lost ? (status.textContent = 'The server has stopped.') : load()));
