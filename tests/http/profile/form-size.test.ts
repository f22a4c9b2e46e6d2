import { expect, test } from '@jest/globals';
import { interestCodes } from '../../../src/kernel/interests.ts';
import { profileFormBounds } from '../../../src/features/profile/index.ts';
import { fieldsIn, openForm } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { encodeForm, faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
await ann.signUp();

const post = (body: string) => ann.send('post', '/settings/profile', body);
/** A form in good order, but for a text that makes it this long. */
const formOf = async (bytes: number): Promise<string> => {
  const { bio: _, ...others } = await openForm(ann);
  const start = `${encodeForm({ _csrf: await ann.token(), ...others })}&bio=`;
  return start + 'a'.repeat(bytes - start.length);
};

test('whatever a browser lets one type and tick comes back with a word to each field', async () => {
  const form = await openForm(ann);
  const typed = { displayName: '語'.repeat(750), bio: '語'.repeat(7_500), interests: ['', ...interestCodes] };
  const page = await post(encodeForm({ _csrf: await ann.token(), ...form, ...typed }));
  expect(page.status).toBe(422);
  expect(Object.keys(faultsIn(page.html))).toEqual(['displayName', 'bio', 'interests']);
  expect(fieldsIn(page.html)).toMatchObject(typed);
});

test('a form as large as it may be is read, one byte more is not', async () => {
  const { bytes } = profileFormBounds;
  expect(bytes).toBeLessThan(80_000);
  expect((await post(await formOf(bytes))).status).toBe(422);
  expect((await post(await formOf(bytes + 1))).status).toBe(413);
});

test('a form with as many fields as it may have is read, one more is not', async () => {
  const form = encodeForm({ _csrf: await ann.token(), ...(await openForm(ann)), interests: [] });
  const room = profileFormBounds.fields - form.split('&').length;
  const interests = (n: number) => '&interests=tea'.repeat(n);
  expect((await post(form + interests(room))).status).toBe(303);
  expect((await post(form + interests(room + 1))).status).toBe(413);
});

test('no other form became larger by it', async () => {
  const of = (bytes: number) => `identifier=${'a'.repeat(bytes - 'identifier='.length)}`;
  for (const path of ['/login', '/settings/languages', '/settings/profile/']) {
    expect((await ann.send('post', path, of(16 * 1024))).status).not.toBe(413);
    expect((await ann.send('post', path, of(16 * 1024 + 1))).status).toBe(413);
  }
});
