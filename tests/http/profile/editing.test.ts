import { expect, test } from '@jest/globals';
import { interestCodes } from '../../../src/kernel/interests.ts';
import { edit, fieldsIn, kept, openForm, save } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const somebody = async () => {
  const ann = visitor(house);
  return { ann, ...(await ann.signUp()) };
};

test('what is saved is in the form, on the own page and on the page that others see', async () => {
  const { ann, username } = await somebody();
  expect(await openForm(ann)).toMatchObject({
    displayName: '',
    bio: '',
    country: 'DE',
    visibility: 'members',
    interests: [''],
    version: '0',
  });

  const wanted = {
    displayName: 'Ann Sørensen',
    bio: 'Ahoj!\n\nI like boats.',
    country: 'DK',
    interests: ['', 'coffee', 'sea'],
  };
  expect((await edit(ann, wanted)).redirectedTo).toBe('/profile');
  expect(await openForm(ann)).toMatchObject({ ...wanted, version: '1' });

  const ben = await somebody();
  for (const page of [await ann.get('/profile'), await ben.ann.get(`/people/${username}`)]) {
    const text = textOf(page.html);
    for (const shown of ['Ann Sørensen', `@${username}`, 'I like boats.', 'Denmark', 'Coffee', 'The sea'])
      expect(text).toContain(shown);
    expect(text).not.toContain('Drawing');
  }
  expect((await ann.get('/settings/profile')).html).not.toContain('Your profile is saved.');
});

test('everything optional can be taken away again', async () => {
  const { ann, username } = await somebody();
  await edit(ann, { displayName: 'Ann', bio: 'Ahoj', interests: ['', 'tea'] });
  expect((await edit(ann, { displayName: ' ', bio: '\n', interests: [''] })).redirectedTo).toBe('/profile');
  expect(await kept(house, username)).toMatchObject({ displayName: null, bio: '', interests: [] });
  expect(textOf((await ann.get('/profile')).html)).toContain('Say a few words about yourself');
});

test('ten interests are enough, and they keep the order of the form', async () => {
  const { ann, username } = await somebody();
  const ten = interestCodes.slice(20, 30);
  expect((await edit(ann, { interests: ['', ...ten] })).redirectedTo).toBe('/profile');
  const page = await edit(ann, { interests: ['', ...interestCodes.slice(20, 31)] });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({ interests: 'Choose at most 10 interests. You have 11.' });
  expect(fieldsIn(page.html).interests).toHaveLength(12);
  expect((await kept(house, username)).interests).toEqual(ten);

  expect((await edit(ann, { interests: ['', 'tea', 'tea', ten[3]!] })).redirectedTo).toBe('/profile');
  expect((await kept(house, username)).interests).toEqual(['tea', ten[3]]);
});

test('every interest of the list can be ticked at once, and is told to be too much', async () => {
  const { ann } = await somebody();
  const page = await edit(ann, { interests: ['', ...interestCodes] });
  expect(page.status).toBe(422);
  expect(fieldsIn(page.html).interests).toEqual(['', ...interestCodes]);
});

test.each([
  ['interests', { interests: ['', 'tea', 'nonsense'] }, 'Choose your interests from the list.'],
  ['interests', { interests: ['__proto__'] }, 'Choose your interests from the list.'],
  ['country', { country: 'XX' }, 'Choose your country.'],
  ['country', { country: '' }, 'Choose your country.'],
  ['visibility', { visibility: 'friends' }, 'Choose who may see your profile.'],
])('a wrong %s is refused with everything else kept', async (field, changes, text) => {
  const { ann, username } = await somebody();
  const page = await edit(ann, { displayName: 'Ann', bio: 'A few words', ...changes });
  expect(page.status).toBe(422);
  expect(faultsIn(page.html)).toEqual({ [field]: text });
  expect(page.html).toContain('value="Ann"');
  expect(page.html).toContain('A few words');
  expect(await kept(house, username)).toMatchObject({ displayName: null, bio: '', profileVersion: 0 });
});

test('what a client does not speak of stays as it is', async () => {
  const { ann, username } = await somebody();
  await edit(ann, { visibility: 'nobody', interests: ['', 'tea'] });
  const page = await save(ann, { displayName: 'Ann', bio: 'Ahoj', country: 'AT' });
  expect(page.redirectedTo).toBe('/profile');
  expect(await kept(house, username)).toEqual({
    displayName: 'Ann',
    bio: 'Ahoj',
    country: 'AT',
    visibility: 'nobody',
    interests: ['tea'],
    profileVersion: 2,
  });
});

test('fields that do not belong there are refused', async () => {
  const { ann } = await somebody();
  const form = await openForm(ann);
  for (const extra of ['username', 'bio[]', 'profileVersion', '__proto__'])
    expect((await ann.post('/settings/profile', { ...form, [extra]: 'x' })).status).toBe(400);
});

test('visitors sign in first, and other methods are not answered', async () => {
  const stranger = visitor(house);
  expect((await stranger.get('/settings/profile')).redirectedTo).toBe('/login?next=%2Fsettings%2Fprofile');
  expect((await stranger.post('/settings/profile', { bio: 'x' })).redirectedTo).toBe(
    '/login?next=%2Fsettings%2Fprofile&why=signed-out',
  );
  const { ann } = await somebody();
  const page = await ann.send('put', '/settings/profile', '');
  expect([403, 405]).toContain(page.status);
});

test('a session of before a password change neither sees nor writes anything', async () => {
  const { ann, username } = await somebody();
  const form = await openForm(ann);
  // As a new password does, in the moment before the sessions of before are cleared away.
  await house.stores.sql(
    'UPDATE "User" SET "securityVersion" = "securityVersion" + 1 WHERE "usernameKey" = lower($1)',
    [username],
  );
  expect((await save(ann, { ...form, bio: 'I was here' })).redirectedTo).toBe(
    '/login?next=%2Fsettings%2Fprofile',
  );
  expect((await kept(house, username)).bio).toBe('');

  const ben = await somebody();
  await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = lower($1)', [ben.username]);
  expect((await ben.ann.get('/settings/profile')).redirectedTo).toBe('/login?next=%2Fsettings%2Fprofile');
});
