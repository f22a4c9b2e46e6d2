import { expect, test } from '@jest/globals';
import { optionsHtml } from '../../../../src/web/views/options.ts';

const cities = [
  { value: 'a', label: 'Aachen' },
  { value: '"b"', label: 'Bed & Breakfast <b>' },
  { value: 'c', label: 'Köln' },
];
const a = '<option value=a>Aachen';
const b = '<option value="&#34;b&#34;">Bed &amp; Breakfast &lt;b&gt;';
const c = '<option value=c>Köln';

test('options stand in their order, escaped', () => {
  expect(optionsHtml(cities)).toBe(a + b + c);
  expect(optionsHtml([])).toBe('');
});

test.each([
  ['a', '<option value="a" selected>Aachen' + b + c],
  ['"b"', a + b.replace('">', '" selected>') + c],
  ['c', a + b + c.replace('=c', '="c" selected')],
])('%s is chosen, and for this page only', (value, html) => {
  expect(optionsHtml(cities, value)).toBe(html);
  expect(optionsHtml(cities)).toBe(a + b + c);
});

test('several are chosen, each where it stands, whatever else is named', () => {
  const both = a.replace('=a', '="a" selected') + b + c.replace('=c', '="c" selected');
  for (const values of [
    ['a', 'c'],
    ['c', 'a'],
    ['c', '', 'd', 'a', 'c'],
  ])
    expect(optionsHtml(cities, values)).toBe(both);
  expect(optionsHtml(cities, [])).toBe(a + b + c);
});

test.each(['', 'd', '<script>', null, undefined])(
  'a value that is none of them, %p, chooses nothing',
  (value) => {
    expect(optionsHtml(cities, value)).toBe(a + b + c);
  },
);

test('options that are sent by their labels have no value', () => {
  const bed = 'Bed &amp; Breakfast &lt;b&gt;';
  expect(optionsHtml(cities, null, true)).toBe(`<option>Aachen<option>${bed}<option>Köln`);
  expect(optionsHtml(cities, ['c', 'a', 'd'], true)).toBe(
    `<option selected>Aachen<option>${bed}<option selected>Köln`,
  );
  expect(optionsHtml(cities)).toBe(a + b + c);
});
