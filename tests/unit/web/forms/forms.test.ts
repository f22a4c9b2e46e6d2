import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { issue, message, verbatim } from '../../../../src/kernel/message.ts';
import { parseForm } from '../../../../src/web/forms/body.ts';
import { formView, prefilledView, readForm } from '../../../../src/web/forms/forms.ts';

const shape = { texts: ['name', 'password'], lists: ['tags'], secrets: ['password'] };
function fault(text: string): string {
  return issue('web.verbatim', { text });
}
const schema = z.object({
  name: z.string().min(1, fault('Enter a name.')).min(2, fault('Enter a longer name.')),
  password: z.string().min(1, fault('Enter a password.')),
  tags: z.array(z.string()).min(1, fault('Choose one.')),
});
function read(raw: string) {
  return readForm(shape, schema, parseForm(raw));
}

test('a form in order gives its data', () => {
  expect(read('_csrf=t&name=ann&password=p&tags=a&tags=b')).toMatchObject({
    ok: true,
    data: { name: 'ann', password: 'p', tags: ['a', 'b'] },
  });
});

test('a field that repeats another one may be absent, but not empty or different', () => {
  const twice = { ...shape, texts: [...shape.texts, 'again'], sameUnlessSent: { again: 'password' } };
  const values = (raw: string) => readForm(twice, z.unknown(), parseForm(raw)).values.again;
  expect([
    values('password=p'),
    values('password=p&again='),
    values('password=p&again=q'),
    values(''),
  ]).toEqual(['p', '', 'q', '']);
});

test('missing fields are empty, and every fault is named', () => {
  const input = read('name=x');
  expect(input).toEqual({
    ok: false,
    values: { name: 'x', password: '', tags: [] },
    errors: [
      { name: 'name', text: verbatim('Enter a longer name.') },
      { name: 'password', text: verbatim('Enter a password.') },
      { name: 'tags', text: verbatim('Choose one.') },
    ],
  });
});

test.each([
  'other=1',
  'name=a&name=b',
  'password=a&password=b',
  'name[]=a',
  'tags[]=a',
  '__proto__=a',
  'toString=a',
])('a form with %s is refused', (raw) => {
  expect(() => read(raw)).toThrow(expect.objectContaining({ status: 400 }));
});

test('a page gets what was typed, but never a secret', () => {
  const view = formView(shape, { name: 'ann', password: 'p', tags: ['a', 'b'] });
  expect([view.value('name'), view.value('password'), view.values('tags')]).toEqual(['ann', '', ['a', 'b']]);
});

test('a page gets one error a field, in the order of the fields', () => {
  const view = formView(shape, {}, [
    { name: 'tags', text: verbatim('third') },
    { name: 'name', text: verbatim('first') },
    { name: 'name', text: verbatim('too much') },
  ]);
  expect(view.errors).toEqual([
    { name: 'name', text: verbatim('first') },
    { name: 'tags', text: verbatim('third') },
  ]);
  expect([view.error('name'), view.error('password')]).toEqual([verbatim('first'), null]);
});

test('asking for a field that the form has not is a mistake', () => {
  const view = formView(shape);
  const mistake = 'the form has no field "nmae"';
  expect(() => view.value('nmae')).toThrow(mistake);
  expect(() => view.values('nmae')).toThrow(mistake);
  expect(() => view.error('nmae')).toThrow(mistake);
});

test('the mistake of one row of a list stands beside that row, where the form asks for it', () => {
  const tooLong = verbatim('Too long.');
  const rows = z.object({ tags: z.array(z.string().max(1, fault('Too long.'))) });
  const asked = { texts: [], lists: ['tags'], rows: ['tags'] };
  const readRows = (of: typeof asked | { texts: string[]; lists: string[] }, raw: string) => {
    const input = readForm(of, rows, parseForm(raw));
    return formView(of, input.values, input.ok ? [] : input.errors);
  };
  const view = readRows(asked, 'tags=a&tags=b&tags=long');
  expect([0, 1, 2].map((row) => view.errorAt('tags', row))).toEqual([null, null, tooLong]);
  expect(view.errors).toEqual([{ name: 'tags', text: tooLong, row: 2 }]);
  expect(view.error('tags')).toEqual(tooLong);
  expect(readRows(asked, 'tags=long').errors).toEqual([{ name: 'tags', text: tooLong }]);
  expect(readRows({ texts: [], lists: ['tags'] }, 'tags=a&tags=long').errorAt('tags', 0)).toEqual(tooLong);
});

test('what zod says by itself is told in words of ours', () => {
  const input = readForm(shape, z.object({ name: z.uuid() }), parseForm('name=ann'));
  expect(input).toMatchObject({ errors: [{ name: 'name', text: message('web.form.value') }] });
});

test('a form that came back says which of its secrets have to be typed again', () => {
  const sent = formView(shape, { name: 'ann', password: 'p' });
  expect([sent.isFilled, sent.isEmptied('password'), sent.isEmptied('name')]).toEqual([true, true, false]);
  // A draft is kept without its secrets.
  expect(formView(shape, { name: 'ann' }).isEmptied('password')).toBe(true);
  const fresh = formView(shape);
  expect([fresh.isFilled, fresh.isEmptied('password')]).toEqual([false, false]);
  expect(formView(shape, { name: '', tags: [] }).isFilled).toBe(false);
  const prefilled = prefilledView(shape, { name: 'ann' });
  expect([prefilled.value('name'), prefilled.isFilled, prefilled.isEmptied('password')]).toEqual([
    'ann',
    false,
    false,
  ]);
});
