import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import type { Kept, KeptInBrowser } from '../../../../src/web/feature.ts';

/** Models that say nothing of anybody, and why not. */
const impersonal: Record<string, string> = {
  HandledEvent: 'the number of a fact and the name of who heard it; goes with the fact',
};
/** What no feature's own file of the schema holds is told by the last one. */
const toldBy = (file: string): string => (existsSync(`src/features/${file}`) ? file : 'about');

interface Declared {
  kept: readonly Kept[];
  cookies?: readonly KeptInBrowser[];
}
const declared = new Map<string, Declared>();
for (const feature of readdirSync('src/features')) {
  const file = `src/features/${feature}/kept.ts`;
  if (existsSync(file)) declared.set(feature, (await import(pathToFileURL(file).href)) as Declared);
}
const tablesOf = (feature: string): string[] =>
  declared.get(feature)?.kept.flatMap(({ tables }) => tables) ?? [];

const models = readdirSync('prisma/schema').flatMap((name) => {
  if (!name.endsWith('.prisma')) return [];
  const text = readFileSync(join('prisma/schema', name), 'utf8');
  return [...text.matchAll(/^model (\w+) \{([^]*?)^\}/gm)].map(([, model, columns]) => ({
    model: model!,
    columns: columns!,
    feature: toldBy(basename(name, '.prisma')),
  }));
});

test('every table is somebody’s data, told by its feature, or says nothing of anybody for a reason', () => {
  expect(models.length).toBeGreaterThan(15);
  const untold = models.filter(
    ({ model, feature }) => !tablesOf(feature).includes(model) && !impersonal[model],
  );
  expect(untold.map(({ model, feature }) => `${feature}: ${model}`)).toEqual([]);
});

test('nothing is told that is not there, and what is told is no longer called impersonal', () => {
  const names = new Set(models.map(({ model }) => model));
  const told = [...declared.keys()].flatMap(tablesOf);
  expect([...told, ...Object.keys(impersonal)].filter((model) => !names.has(model))).toEqual([]);
  expect(told.filter((model) => impersonal[model])).toEqual([]);
});

test('a table with a column for a person, an address or a name is never impersonal', () => {
  const personal = /\b(userId|destination\w*|username\w*|email\w*|phone\w*)\b/;
  const faults = models.filter(({ model, columns }) => impersonal[model] && personal.test(columns));
  expect(faults.map(({ model }) => model)).toEqual([]);
});

test('every cookie that the code sets is told, and none that it does not set', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src', name), 'utf8'));
  const set = sources.flatMap((text) =>
    [...text.matchAll(/\bhostCookie\('(\w+)'/g)].map(([, name]) => name!),
  );
  const told = [...declared.values()].flatMap(({ cookies = [] }) => cookies.map(({ name }) => name));
  expect(told.toSorted()).toEqual([...new Set(set)].toSorted());
  // Nothing sets one under a name that no `hostCookie` made.
  const setters = sources.join('\n').match(/\b(res|req\.res)\??\.cookie\(\s*[^,]+/g) ?? [];
  expect(setters.filter((call) => /['"`]/.test(call))).toEqual([]);
});
