import { expect, test } from '@jest/globals';
import { optionsHtml } from '../../../../src/web/views/options.ts';

const cities = [
  { value: 'a', label: 'Aachen' },
  { value: '"b"', label: 'Bed & Breakfast <b>' },
  { value: 'c', label: 'Köln' },
];
const a = '<option value="a">Aachen</option>';
const b = '\n    <option value="&#34;b&#34;">Bed &amp; Breakfast &lt;b&gt;</option>';
const c = '\n    <option value="c">Köln</option>';

test('options stand in their order, escaped', () => {
  expect(optionsHtml(cities)).toBe(a + b + c);
  expect(optionsHtml([])).toBe('');
});

test.each([
  ['a', '<option value="a" selected>Aachen</option>' + b + c],
  ['"b"', a + b.replace('">', '" selected>') + c],
  ['c', a + b + c.replace('">', '" selected>')],
])('%s is chosen, and for this page only', (value, html) => {
  expect(optionsHtml(cities, value)).toBe(html);
  expect(optionsHtml(cities)).toBe(a + b + c);
});

test.each(['', 'd', '<script>', null, undefined])(
  'a value that is none of them, %p, chooses nothing',
  (value) => {
    expect(optionsHtml(cities, value)).toBe(a + b + c);
  },
);
