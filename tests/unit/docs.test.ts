import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const security = readFileSync('docs/security.md', 'utf8');
const proofs = [...security.matchAll(/`(tests\/[\w./-]+)`/g)].map(([, path]) => path!);

test('every proof that docs/security.md names is there', () => {
  expect(proofs.length).toBeGreaterThan(50);
  expect(proofs.filter((path) => !existsSync(path))).toEqual([]);
});

test('every promise of docs/security.md has a proof', () => {
  const promises = security.split('\n').filter((line) => /^\| (?!promise|-)/.test(line));
  expect(promises.filter((line) => !/`tests\//.test(line))).toEqual([]);
});

test('every promise of docs/security.md stands in its table', () => {
  const lines = security.split('\n');
  const astray = lines.filter((line, n) => /^\| (?!promise)/.test(line) && !lines[n - 1]?.startsWith('|'));
  expect(astray).toEqual([]);
});

test('every link between the pages leads somewhere', () => {
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const astray = ['README.md', ...pages.map((name) => join('docs', name))].flatMap((page) => {
    const links = readFileSync(page, 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)/g);
    return [...links]
      .filter(([, path]) => !existsSync(join(dirname(page), path!)))
      .map(([, path]) => `${page}: ${path}`);
  });
  expect(pages.length).toBeGreaterThan(40);
  expect(astray).toEqual([]);
});

test('README.md and docs/architecture.md lead to the page on adding a feature', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('](docs/adding-a-feature.md)');
  expect(readFileSync('docs/architecture.md', 'utf8')).toContain('](adding-a-feature.md)');
});

test('README.md begins with the two commands, and names another language and the pseudo-locales', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme.match(/^```sh\n[^`]*```$/m)?.[0]).toMatch(/^```sh\nnpm start .*\nnpm test .*\n```$/);
  for (const words of ['a folder in `locales`', '`en-XA`', '`ar-XB`', '(bench/README.md)'])
    expect(readme).toContain(words);
});

test('decisions are numbered without a gap, and short', () => {
  const files = readdirSync('docs/decisions').sort();
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, n) => n + 1));
  const long = files.filter((name) => readFileSync(`docs/decisions/${name}`, 'utf8').split('\n').length > 41);
  expect(long).toEqual([]);
});

const textsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|prisma)$/.test(name) && !name.includes('generated'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));

test('every word of the glossary is one of the sources', () => {
  const names = [...readFileSync('docs/glossary.md', 'utf8').matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(30);
  const sources = [...textsOf('src'), ...textsOf('prisma')].join('\n');
  const words = new Set(sources.match(/\w+/g));
  expect(names.filter((name) => !words.has(name))).toEqual([]);
});
