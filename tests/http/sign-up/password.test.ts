import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { faultsIn, type Fields, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const faultsOf = async (changes: Fields): Promise<Record<string, string>> => {
  const { page } = await visitor(house).startSignUp(changes);
  expect(page.status).toBe(422);
  return faultsIn(page.html);
};

test.each([
  ['nothing', '', 'Choose a password.'],
  ['seven letters', 'kzqWv37', 'Use at least 8 characters.'],
  ['seven pictures', '🦊🐙🌵🧭🪁🛶🎻', 'Use at least 8 characters.'],
  ['129 letters', `${'kzqWv37!'.repeat(16)}x`, 'Use at most 128 characters.'],
  ['129 pictures', '🦊'.repeat(129), 'Use at most 128 characters.'],
])('a password of %s has the wrong length', async (_, password, text) => {
  expect(await faultsOf({ password })).toEqual({ password: text });
});

test('passwords of 8 and of 128 characters are welcome, whatever they are made of, exactly as typed', async () => {
  const long = Array.from({ length: 128 }, (_, n) => ['🦊', '🐙', '🌵', '🧭', '🪁'][(n * n) % 5]).join('');
  for (const password of ['kzqWv37!', ' kzq Wv37 ', long]) {
    const ann = visitor(house);
    const { username } = await ann.signUp({ password });
    await ann.post('/logout');
    expect(
      (await ann.signIn(username, password.trim() === password ? `${password} ` : password.trim())).status,
    ).toBe(422);
    expect((await ann.signIn(username, password)).redirectedTo).toBe('/profile');
  }
});

test.each([
  ['a common one', { password: 'password123' }],
  ['a walk over the keyboard', { password: 'qwertzuiop' }],
  ['the username', { username: 'marlene_k', password: 'marlene_k1' }],
  ['the address', { email: 'heidi.sommer@example.com', password: 'heidi.sommer!' }],
  ['the site and a year', { password: 'ChatLink2026' }],
])('%s is no password', async (_, changes) => {
  expect(await faultsOf(changes)).toEqual({ password: expect.stringContaining('easy to guess') });
});

test('two passwords that differ are told apart', async () => {
  expect(await faultsOf({ passwordConfirmation: 'lantern-tandem-43' })).toEqual({
    passwordConfirmation: 'The two passwords are not the same.',
  });
});
