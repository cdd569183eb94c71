// What pages say to machines: each property by the vocabulary of schema.org, and nothing that people are not told.
//
// It reads the built site and the expected output of the golden sites, which have the fields that the real site lacks.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { SITE, pagePaths } from './site.mjs';
import { VOCABULARY, faultsOf, nodesOf } from './vocabulary.mjs';

const GOLDEN = fileURLToPath(new URL('../sites', import.meta.url));
const SCRIPT = /<script type="application\/ld\+json">(.*?)<\/script>/gs;
const ENTITIES = { '&amp;': '&', '&quot;': '"', '&#39;': "'", '&lt;': '<', '&gt;': '>' };

const decode = (text) => text.replace(/&(?:amp|quot|#39|lt|gt);/g, (name) => ENTITIES[name]);
const plain = (html) => decode(html.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ');

/** The pages below a folder that have JSON-LD. */
function pagesBelow(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
  const pages = names.map((name) => ({ name, html: readFileSync(join(folder, name), 'utf8') }));
  return pages.flatMap(({ name, html }) => {
    const documents = [...html.matchAll(SCRIPT)].map((match) => JSON.parse(match[1]));
    assert.ok(documents.length <= 1, `${name}: one document at most`);
    return documents.map((document) => ({ name, text: plain(html), html, document }));
  });
}

const real = pagesBelow(SITE);
const golden = readdirSync(GOLDEN).filter((site) => site !== 'theme').flatMap((site) => {
  const pages = pagesBelow(join(GOLDEN, site, 'expected'));
  return pages.map((page) => ({ ...page, site, name: `${site}: ${page.name}` }));
});
const pages = [...real.map((page) => ({ ...page, site: 'real' })), ...golden];

/** What is wrong with any page: `look` gives a page's faults. */
const everywhere = (look) => pages.flatMap((page) => look(page).map((fault) => `${page.name}: ${fault}`));

/** The one node of a page that describes the page. */
const pageNode = ({ document }) => document['@graph'].find((node) => /Page$/.test(node['@type']));

test('every page of the real site but the 404 describes itself', () => {
  assert.equal(real.length, pagePaths().filter((path) => path !== '/404.html').length);
});

test('every property is in the domain of its type, and every value in the range of its property', () => {
  assert.deepEqual(everywhere(({ document }) => faultsOf(document)), []);
});

test('the pages have every type and property that the generator writes', () => {
  const found = new Set();
  for (const { document } of pages) {
    for (const node of nodesOf(document)) {
      for (const name of Object.keys(node)) if (!name.startsWith('@')) found.add(`${node['@type']}.${name}`);
    }
  }
  const expected = [
    'BreadcrumbList.itemListElement', 'CollectionPage.breadcrumb', 'CreativeWork.url', 'Drug.code', 'Drug.nonProprietaryName',
    'Drug.rxcui', 'GeoCoordinates.latitude', 'GeoCoordinates.longitude', 'Hospital.address', 'Hospital.availableService',
    'Hospital.geo', 'Hospital.sameAs', 'Hospital.telephone', 'ImageObject.caption', 'ImageObject.contentUrl', 'ImagingTest.name',
    'ListItem.position', 'MedicalCode.codeValue', 'MedicalCode.codingSystem', 'MedicalCode.name', 'MedicalCondition.code',
    'MedicalCondition.possibleTreatment', 'MedicalCondition.typicalTest', 'MedicalTest.code', 'MedicalTest.usedToDiagnose',
    'MedicalTherapy.alternateName', 'MedicalTherapy.code', 'MedicalTherapy.drug', 'MedicalWebPage.about',
    'MedicalWebPage.audience', 'MedicalWebPage.citation', 'MedicalWebPage.dateModified', 'MedicalWebPage.lastReviewed',
    'MedicalWebPage.mentions', 'MedicalWebPage.primaryImageOfPage', 'MedicalWebPage.reviewedBy', 'Organization.url',
    'Person.honorificSuffix', 'PostalAddress.postalCode', 'WebPage.about', 'WebSite.publisher',
  ];
  assert.deepEqual(expected.filter((name) => !found.has(name)), []);
});

test('breadcrumbs are those that people see', () => {
  const faults = everywhere((page) => {
    const visible = /<nav class="breadcrumbs".*?<\/nav>/s.exec(page.html)?.[0];
    if (page.site !== 'real' || !visible) return [];
    const steps = [...visible.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map((match) => plain(match[1]).trim());
    const list = page.document['@graph'].find((node) => node['@type'] === 'BreadcrumbList');
    const names = list.itemListElement.map((step) => step.name);
    const { breadcrumb, url } = pageNode(page);
    const isLinked = breadcrumb['@id'] === list['@id'] && list.itemListElement.at(-1).item['@id'] === url;
    const isNumbered = list.itemListElement.every((step, at) => step.position === at + 1);
    return isLinked && isNumbered && names.slice(1).join() === steps.slice(1).join() ? [] : [`${names} – ${steps}`];
  });
  assert.deepEqual(faults, []);
});

test('an address stands for one thing, which its own page describes', () => {
  for (const site of new Set(pages.map((page) => page.site))) {
    const nodes = pages.filter((page) => page.site === site).flatMap((page) => [...nodesOf(page.document)]);
    const described = new Map(nodes.filter((node) => /#subject$/.test(node['@id'])).map((node) => [node['@id'], node]));
    const abouts = new Set(nodes.map((node) => node.about?.['@id']).filter(Boolean));
    const isOther = (node) => (described.get(node['@id']) ?? node)['@type'] !== node['@type'];
    assert.deepEqual(nodes.filter(isOther), [], site);
    assert.deepEqual([...described.keys()].filter((id) => !abouts.has(id)), [], site);
  }
});

test('a review, a date, a phone number and an address are said to machines only as they are said to people', () => {
  const options = { dateStyle: 'long', timeZone: 'UTC' };
  const inWords = (iso) => new Date(`${iso}T00:00:00Z`).toLocaleDateString('en-US', options);
  const faults = everywhere((page) => {
    const node = pageNode(page);
    const { about = {} } = node;
    const dates = [node.lastReviewed, node.dateModified].filter(Boolean).map(inWords);
    // The theme of the golden sites shows no address.
    const { streetAddress, postalCode } = (page.site === 'real' && about.address) || {};
    const said = [...dates, node.reviewedBy?.name, streetAddress, postalCode].filter(Boolean);
    const faults = said.filter((words) => !page.text.includes(words)).map((words) => `says ${words} to machines alone`);
    const phone = page.site === 'real' && about.telephone;
    if (phone && !page.html.includes(`href="tel:${phone}"`)) faults.push(phone);
    if (node.reviewedBy && !node.lastReviewed) faults.push('reviewed on no day');
    return faults;
  });
  assert.deepEqual(faults, []);
});

test('codes have a system and a value', () => {
  const isWhole = ({ codeValue, codingSystem }) => Boolean(codeValue && codingSystem);
  const codes = pages.flatMap(({ document }) => [...nodesOf(document)].filter((node) => node['@type'] === 'MedicalCode'));
  assert.ok(codes.length > 0);
  assert.deepEqual(codes.filter((code) => !isWhole(code)), []);
});

test('the vocabulary is whole', () => {
  const own = [...VOCABULARY.bases.values()].flatMap((base) => [...base.own.keys()]);
  assert.equal(VOCABULARY.leaves.size, 940);
  assert.equal(new Set(own).size, 1539);
});

test('the vocabulary finds what is wrong', () => {
  const check = (node, ...expected) => {
    const document = { '@context': 'https://schema.org', '@graph': [node] };
    assert.deepEqual(faultsOf(document).map((fault) => fault.split(':')[0]), expected, JSON.stringify(node));
  };
  const place = { '@type': 'GeoCoordinates', latitude: 39.3 };
  check({ '@type': 'Hospital', name: 'A', geo: place, telephone: '+14105550100' });
  check({ '@type': 'MedicalWebPage', lastReviewed: '2026-01-02', audience: { '@type': 'Patient' } });
  check({ '@type': 'MedicalWebPage', breadcrumb: { '@id': 'https://example.org/#b' } });
  check({ '@type': 'Hopsital', name: 'A' }, '0');
  check({ '@type': 'Hospital', code: { '@type': 'MedicalCode', codeValue: '1' } }, '0.code');
  check({ '@type': 'MedicalTherapy', possibleTreatment: { '@type': 'MedicalTherapy' } }, '0.possibleTreatment');
  check({ '@type': 'MedicalCondition', possibleTreatment: { '@type': 'MedicalTest' } }, '0.possibleTreatment');
  check({ '@type': 'MedicalCondition', possibleTreatment: { '@type': 'PalliativeProcedure' } });
  check({ '@type': 'Hospital', geo: { '@type': 'GeoCoordinates', latitude: true } }, '0.geo.latitude');
  check({ '@type': 'Hospital', geo: [place, 'here'] }, '0.geo');
  check({ '@type': 'WebPage', lastReviewed: 'in spring' }, '0.lastReviewed');
  check({ '@type': 'WebPage', lastReviewed: '2026-13-02' }, '0.lastReviewed');
  check({ '@type': 'WebPage', url: '/a/' }, '0.url');
  check({ '@type': 'WebPage', significantLinks: 'https://example.org/' }, '0.significantLinks');
  check({ '@type': 'WebPage', name: '', mentions: [] }, '0.name', '0.mentions');
  check({ '@type': 'WebPage', '@id': '/a/', name: null }, '0', '0.name');
  check({ '@type': 'Hospital', medicalSpecialty: 'Cardiovascular' });
  check({ '@type': 'Hospital', medicalSpecialty: 'Hearts' }, '0.medicalSpecialty');
  assert.match(faultsOf({ '@type': 'WebPage' })[0], /context/);
});
