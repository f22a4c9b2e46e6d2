import { describe, expect, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { newEmail } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { inTwoEncodings } from '../../support/two-encodings.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const today = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

async function stored(username: string): Promise<string> {
  return (
    await house.stores.sql<{ hash: string }>(
      'SELECT "passwordHash" AS hash FROM "User" WHERE "username" = $1',
      [username],
    )
  )[0]!.hash;
}
async function store(username: string, password: string): Promise<void> {
  await house.stores.sql('UPDATE "User" SET "passwordHash" = $2 WHERE "username" = $1', [
    username,
    await hash(password, today),
  ]);
}

const nfc = 'Überraschung für Señor Mañana'.normalize('NFC');
const nfd = nfc.normalize('NFD');

describe('one password in two encodings', () => {
  test.each(inTwoEncodings)('%s: joined with the one, signed in with the other', async (_, normal, other) => {
    for (const [joined, typed] of [
      [normal, other],
      [other, normal],
    ] as const) {
      const { username } = await visitor(house).signUp({ password: joined, passwordConfirmation: typed });
      expect((await visitor(house).signIn(username, typed)).redirectedTo).toBe('/people');
      expect((await visitor(house).signIn(username, `${typed}!`)).status).toBe(422);
    }
  });

  test('opens every form that asks for the password, and is set by every form that sets one', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp({ password: nfc });

    const moved = await ann.post('/settings/contact/email', { email: newEmail(), currentPassword: nfd });
    expect(moved.redirectedTo).toBe('/settings/contact/code');

    const next = 'noch eine schöne Überraschung';
    const changed = await ann.post('/settings/password', {
      currentPassword: nfd,
      password: next.normalize('NFD'),
      passwordConfirmation: next.normalize('NFC'),
    });
    expect(changed.redirectedTo).toBe('/settings/security');
    const back = visitor(house);
    expect((await back.signIn(username, next.normalize('NFC'))).redirectedTo).toBe('/people');
    await back.get('/settings/account');
    const left = await back.post('/settings/account/delete', { currentPassword: next.normalize('NFD') });
    expect(left.status).toBe(303);
    expect((await back.get('/settings/account')).redirectedTo).toMatch(/^\/login/);
  });

  test('is the old one at a reset, and the new one afterwards', async () => {
    const { username, email } = await visitor(house).signUp({ password: nfc });
    const who = await granted(house, username, email);
    expect((await setPassword(who, nfd)).html).toContain('That&#39;s your current password');
    const next = 'noch eine schöne Überraschung';
    expect((await setPassword(who, next.normalize('NFD'), next.normalize('NFC'))).redirectedTo).toBe(
      '/login',
    );
    expect((await visitor(house).signIn(username, next.normalize('NFC'))).redirectedTo).toBe('/people');
  });

  test('a copy of one’s data is confirmed in the other one', async () => {
    const ann = visitor(house);
    await ann.signUp({ password: nfc });
    house.clock.pass(16 * 60_000);
    await ann.get('/settings/account');
    expect((await ann.post('/settings/account/export')).redirectedTo).toBe('/settings/confirm');
    expect((await ann.post('/settings/confirm', { currentPassword: nfd })).redirectedTo).not.toBeNull();
  });
});

describe('an account from before, whose hash is of what was typed', () => {
  test('opens to that typing only, and to both from then on', async () => {
    const { username } = await visitor(house).signUp();
    await store(username, nfd);
    const before = await stored(username);
    expect((await visitor(house).signIn(username, nfc)).status).toBe(422);
    expect((await visitor(house).signIn(username, `${nfd}!`)).status).toBe(422);
    expect(await stored(username)).toBe(before);
    expect((await visitor(house).signIn(username, nfd)).redirectedTo).toBe('/people');
    const after = await stored(username);
    expect(after).not.toBe(before);
    for (const typed of [nfc, nfd])
      expect((await visitor(house).signIn(username, typed)).redirectedTo).toBe('/people');
    expect(await stored(username)).toBe(after);
  });

  test('is renewed in the settings as well, and five at once all get in', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    await store(username, nfd);
    const wrong = await ann.post('/settings/contact/email', { email: newEmail(), currentPassword: nfc });
    expect(faultsIn(wrong.html)).toHaveProperty('email-currentPassword');
    await ann.post('/settings/contact/email', { email: newEmail(), currentPassword: nfd });
    const renewed = visitor(house);
    expect((await renewed.signIn(username, nfc)).redirectedTo).toBe('/people');

    await store(username, nfd);
    const pages = await together(5, () => visitor(house).signIn(username, nfd));
    expect(statuses(pages)).toEqual({ 303: 5 });
    expect((await visitor(house).signIn(username, nfc)).redirectedTo).toBe('/people');
  });

  test('is told its old password at a reset, however it is typed', async () => {
    const { username, email } = await visitor(house).signUp();
    await store(username, nfd);
    const who = await granted(house, username, email);
    expect((await setPassword(who, nfd)).html).toContain('That&#39;s your current password');
    expect((await setPassword(who, another)).redirectedTo).toBe('/login');
  });
});

test('a guess of more than 512 bytes is wrong in every form, and known and unknown names are answered alike', async () => {
  const { username } = await visitor(house).signUp({ password: nfc });
  for (const typed of [nfd.padEnd(513, ' '), nfc.padEnd(900, 'ü'), 'e\u0301'.repeat(520)]) {
    const [known, unknown] = await Promise.all([
      visitor(house).signIn(username, typed),
      visitor(house).signIn('nobody_at_all', typed),
    ]);
    expect([known!.status, unknown!.status]).toEqual([422, 422]);
  }
});

describe('what people choose first', () => {
  const sentence = expect.stringContaining('easy to guess');

  test.each([
    'пароль123',
    'я люблю тебя',
    '비밀번호1234',
    'contrasena123',
    'qlalfqjsgh1',
    '一二三四五六七八',
  ])('is no password at sign-up: %s', async (password) => {
    const { page } = await visitor(house).startSignUp({ password });
    expect([page.status, faultsIn(page.html)]).toEqual([422, { password: sentence }]);
  });

  test('is none in the settings and at a reset either', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    const changed = await ann.post('/settings/password', {
      currentPassword: 'lantern-tandem-42',
      password: 'привет12345',
      passwordConfirmation: 'привет12345',
    });
    expect([changed.status, faultsIn(changed.html)]).toEqual([422, { password: sentence }]);

    const who = await granted(house, username, email);
    const reset = await setPassword(who, 'ضصثقفغعه');
    expect([reset.status, faultsIn(reset.html)]).toEqual([422, { password: sentence }]);
    expect((await setPassword(who, 'зелёный чайник поёт утром')).redirectedTo).toBe('/login');
  });
});
