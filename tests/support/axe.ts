import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Everything else is the same whatever the colours are. */
const coloured = ['color-contrast', 'link-in-text-block'];

interface Violation {
  id: string;
  nodes: { html: string }[];
}

const faultsOf = async (page: Page, runOnly: object): Promise<string[]> => {
  const run = `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`;
  const { violations } = (await page.evaluate(run)) as { violations: Violation[] };
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html.slice(0, 120)}`);
};

/** What axe finds wrong with a page as it is now, a rule a line. */
export const faultsOfAxe = async (page: Page): Promise<string[]> => {
  await page.evaluate(source);
  return faultsOf(page, standards);
};

/** As `faultsOfAxe`, in light; and in dark what colours can change. */
export const faultsInBothSchemes = async (page: Page): Promise<string[]> => {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await faultsOfAxe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faultsOf(page, { type: 'rule', values: coloured });
  return [...light, ...dark.map((fault) => `in dark: ${fault}`)];
};
