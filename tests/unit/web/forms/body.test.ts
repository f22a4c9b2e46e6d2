import { expect, test } from '@jest/globals';
import { parseForm, saysUtf8, single } from '../../../../src/web/forms/body.ts';

function read(raw: string): Record<string, readonly string[]> {
  return Object.fromEntries(parseForm(raw));
}

test.each([
  ['', {}],
  ['a=1', { a: ['1'] }],
  ['a=1&b=2', { a: ['1'], b: ['2'] }],
  ['a=1&a=2', { a: ['1', '2'] }],
  ['a', { a: [''] }],
  ['a=', { a: [''] }],
  ['=1', { '': ['1'] }],
  ['a=b=c', { a: ['b=c'] }],
  ['a=1+2%2B3', { a: ['1 2+3'] }],
  ['%61=%C3%A4%F0%9F%A6%8A', { a: ['ä🦊'] }],
  ['a[]=1&a[b]=2', { 'a[]': ['1'], 'a[b]': ['2'] }],
])('%j is read as it was sent', (raw, form) => {
  expect(read(raw)).toEqual(form);
});

test.each([
  ['application/x-www-form-urlencoded', true],
  ['application/x-www-form-urlencoded; charset=UTF-8', true],
  ['application/x-www-form-urlencoded;charset="utf-8"', true],
  ['application/x-www-form-urlencoded ; Charset = utf8', true],
  ['text/plain; format=flowed', true],
  [undefined, true],
  [null, true],
  ['application/x-www-form-urlencoded; charset=iso-8859-1', false],
  ['application/x-www-form-urlencoded; CHARSET=UTF-7', false],
  ['application/x-www-form-urlencoded; charset="windows-1252"', false],
  ['application/x-www-form-urlencoded; charset=', false],
  ['application/x-www-form-urlencoded; charset=utf-8; charset=utf-16', false],
])('%s says that the form is in UTF-8: %s', (type, utf8) => {
  expect(saysUtf8(type)).toBe(utf8);
});

test('a prototype is a name like any other', () => {
  const form = parseForm('__proto__=x&constructor=y');
  expect([...form.keys()]).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test.each(['a=%', 'a=%zz', 'a=%FF', 'a=%C0%AF', 'a=%ED%A0%80', 'a=%00', '%00=a', 'a=\ud800'])(
  '%j is refused',
  (raw) => {
    expect(() => parseForm(raw)).toThrow(expect.objectContaining({ status: 400 }));
  },
);

test('sixty fields are read, one more is too many', () => {
  const fields = (n: number) => Array.from({ length: n }, (_, i) => `f${i}=`).join('&');
  expect(parseForm(fields(60)).size).toBe(60);
  expect(() => parseForm(fields(61))).toThrow(expect.objectContaining({ status: 413 }));
  expect(parseForm(fields(61), 61).size).toBe(61);
});

test('a single value is neither missing nor repeated', () => {
  const form = parseForm('a=1&b=1&b=2');
  expect([single(form, 'a'), single(form, 'b'), single(form, 'c')]).toEqual(['1', undefined, undefined]);
});
