import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HtmlValidate } from 'html-validate';
import { openAssets } from '../../../../src/web/assets/assets.ts';
import { createViews } from '../../../../src/web/views/views.ts';
import { pages, siteFor, type CataloguePage } from '../../../support/pages.ts';
import { uncompressedViews } from '../../../support/wire.ts';

const root = join(import.meta.dirname, '../../../..');
const views = createViews(join(root, 'views'), { strict: true });
const assets = openAssets(join(root, 'dist'));
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // The style of HTML that we write: void elements without a slash, one long line where a sentence is long.
    'void-style': ['error', { style: 'omit' }],
    'doctype-style': ['error', { style: 'lowercase' }],
    'long-title': 'off',
    // The learning languages are several selects of one name.
    'form-dup-name': 'off',
    // Only the development outbox has one, and only where scripts are off.
    'meta-refresh': 'off',
    'no-trailing-whitespace': 'off',
    // Our own stylesheet and scripts come from our own server.
    'require-sri': 'off',
  },
});

function show(page: CataloguePage, given: Partial<ReturnType<typeof siteFor>> = {}) {
  return views.renderPage(page.view, {
    ...page.model,
    site: siteFor(page, { ...assets.names, ...given }),
  });
}

/** Options go without end tags and quotes (src/web/views/options.ts), as HTML allows; nothing else does. */
function closed(html: string) {
  return html
    .replaceAll(/(<option\b[^>]*>[^<]*)(?=<option\b|\s*<\/select>)/g, '$1</option>')
    .replaceAll(/(<option value=)([A-Za-z0-9-]+)/g, '$1"$2"');
}

function faults(html: string) {
  return validator
    .validateStringSync(closed(html))
    .results.flatMap(({ messages }) => messages)
    .map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`);
}

describe.each(pages.map((page) => [page.name, page] as const))('%s', (_, page) => {
  const html = show(page);

  test('is valid HTML', () => expect(faults(html)).toEqual([]));

  test('needs nothing that the content security policy forbids', () => {
    expect(html).not.toMatch(/\sstyle\s*=|\son[a-z]+\s*=|<style|javascript:/i);
    for (const [tag] of html.matchAll(/<script\b(?! type="application\/json")[^>]*>[^<]*/g))
      expect(tag).toMatch(/ src="[^"]+">$/);
  });

  test('has one first heading, its title and a way to skip to the content', () => {
    expect(html.match(/<h1\b/g)).toHaveLength(1);
    expect(html).toContain(`<title>${hasErrors(page) ? 'Error: ' : ''}`);
    expect(html).toMatch(/<a class="skip-link" href="#main">/);
  });

  test('links every error to a field that is there', () => {
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(` id="${id}"`);
    for (const [, ids] of html.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g))
      for (const id of ids!.split(' ')) expect(html).toContain(` id="${id}"`);
  });

  test('begins a session only for a form', () => {
    let asked = 0;
    const watched = show(page, { csrfToken: () => `token-${++asked}` });
    // What only asks for another page of the site changes nothing.
    const forms = watched.match(/<form\b(?![^>]*method="get")/g)?.length ?? 0;
    expect(asked).toBe(forms);
    expect(watched.match(/name="_csrf"/g)?.length ?? 0).toBe(forms);
  });

  test('escapes whatever it is given', () => {
    const evil = show({ ...page, model: poisoned(page.model) as CataloguePage['model'] });
    expect(evil).not.toContain('<img src=x');
    expect(evil).not.toContain('"onfocus=');
  });
});

function hasErrors({ model }: CataloguePage) {
  return 'form' in model && (model.form as { errors: unknown[] }).errors.length > 0;
}

/** The same model, with a payload at the end of every string that is shown. */
function poisoned(value: unknown): unknown {
  if (typeof value === 'string') return `${value}"onfocus=<img src=x onerror=alert(1)>`;
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value === 'function')
    return (name: string) => poisoned((value as (name: string) => unknown)(name));
  // The name of a language or country is of its code.
  if (typeof value !== 'object' || value === null || 'named' in value) return value;
  // States are ours and are compared, not shown, and so are the keys of words.
  const states = ['state', 'channel', 'kind', 'name', 'purpose', 'key', 'shape', 'words'];
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, states.includes(key) ? inner : poisoned(inner)]),
  );
}

describe('pages without a form leave no session behind', () => {
  const refuse = () => {
    throw new Error('This page asked for a session');
  };

  test.each(['landing', 'error-404', 'error-500', 'error-503', 'error-500-signed-in', 'error-503-signed-in'])(
    '%s',
    (name) => {
      const page = pages.find((candidate) => candidate.name === name)!;
      expect(() => show(page, { csrfToken: refuse })).not.toThrow();
    },
  );
});

describe('templates', () => {
  const files = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ejs'),
  );

  test.each(files)(
    '%s prints raw text only for an include, the body, the options of a select or words with markup',
    (file) => {
      const source = readFileSync(join(root, 'views', file), 'utf8');
      for (const [, raw] of source.matchAll(/<%-([\s\S]*?)%>/g))
        expect(raw!.trim()).toMatch(
          /^(include\('[\w/.-]+'.*\)|rich\(['`][\w.${}-]+['`].*\)|sayRich\(.*\)|said|it\.body|options\(it\.options, it\.selected(, true)?\))$/,
        );
    },
  );

  test('only layouts say what stands round a page or an email', () => {
    const frames = files.filter((file) => /<html/.test(readFileSync(join(root, 'views', file), 'utf8')));
    expect(frames.toSorted()).toEqual(['layouts/mail.ejs', 'layouts/main.ejs']);
  });

  test('an address that holds by itself is shown only by views that are never compressed', () => {
    const telling = pages.filter((page) => /="\/[^"]*\/[\w-]{32}"/.test(show(page)));
    expect(telling.length).toBeGreaterThan(0);
    expect(telling.map(({ view }) => view).filter((view) => !uncompressedViews.includes(view))).toEqual([]);
  });

  test('every page view is in the catalogue', () => {
    const shown = new Set(pages.map((page) => page.view));
    const folders = /^(auth|profile|errors|dev)\//;
    const whole = files.filter(
      (file) => folders.test(file) && !/sign-up-(contact|account|about|languages)/.test(file),
    );
    for (const file of whole) expect(shown).toContain(file.replace('.ejs', ''));
  });
});
