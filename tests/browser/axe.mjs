// What axe-core finds on a page.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The size of targets (WCAG 2.2) is off unless asked for.
export const RULES = { 'target-size': { enabled: true } };

/**
 * What axe finds on a page: the standard's rules up to WCAG 2.2 AA, and best practice.
 *
 * Text in the very colour of its ground is a fault here. Axe only calls it unsure, for some hide text in that way.
 */
export async function violations(page, rules) {
  await page.evaluate(AXE);
  const run = (rules) => globalThis.axe.run(document, { preload: false, rules });
  const { violations: certain, incomplete } = await page.evaluate(run, rules);
  const isUnseen = (node) => node.any.some((check) => check.data?.messageKey === 'equalRatio');
  const unseen = incomplete.map((one) => ({ ...one, nodes: one.nodes.filter(isUnseen) }));
  const say = (node) => `${node.html} ${node.failureSummary}`;
  return [...certain, ...unseen.filter((one) => one.nodes.length > 0)]
    .map((one) => `${one.id}: ${one.nodes.map(say).join(' | ')}`);
}
