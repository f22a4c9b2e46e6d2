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

async function faultsOf(page: Page, runOnly: object): Promise<string[]> {
  const run = `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`;
  const { violations } = (await page.evaluate(run)) as { violations: Violation[] };
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.html.slice(0, 120)}`);
}

/** What axe finds wrong with a page as it is now, a rule a line. */
export async function faultsOfAxe(page: Page): Promise<string[]> {
  await page.evaluate(source);
  return faultsOf(page, standards);
}

/** As `faultsOfAxe`, in light; and in dark what colours can change. */
export async function faultsInBothSchemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await faultsOfAxe(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await faultsOf(page, { type: 'rule', values: coloured });
  return [...light, ...dark.map((fault) => `in dark: ${fault}`)];
}

/** Controls of a page that nothing tells from the paper round them. */
const withoutEdge = `[...document.querySelectorAll('button, .button, input:not([type=hidden]), select, textarea')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 8)
  .filter((e) => {
    const own = getComputedStyle(e);
    const edge = parseFloat(own.borderTopWidth) > 0 && own.borderTopColor !== own.backgroundColor;
    const native = own.appearance !== 'none' || own.textDecorationLine.includes('underline');
    return !edge && !native && own.outlineStyle === 'none';
  })
  .map((e) => e.outerHTML.slice(0, 120))`;

/**
 * As `faultsInBothSchemes`; and with colours that a person has forced, in which every control still has an edge. Contrast is
 * the person's own there, and axe reads the fill of a text as it would be without.
 */
export async function faultsInAllColours(page: Page): Promise<string[]> {
  const faults = await faultsInBothSchemes(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' });
    const bare = (await page.evaluate(withoutEdge)) as string[];
    faults.push(...bare.map((html) => `in forced colours, ${colorScheme}: no edge at ${html}`));
  }
  await page.emulateMedia({ forcedColors: null });
  return faults;
}
