import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { another } from '../../support/recovering.ts';
import { alsoOn, copyOf, isIn, sidOf } from '../../support/security.ts';
import { encodeForm, faultsIn, type Fields, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const change = (who: Visitor, fields: Fields = {}) =>
  who.post('/settings/password', {
    currentPassword: right,
    password: another,
    passwordConfirmation: fields.password ?? another,
    ...fields,
  });
const stored = async (username: string) =>
  (
    await house.stores.sql<{ hash: string; version: number }>(
      'SELECT "passwordHash" AS hash, "securityVersion" AS version FROM "User" WHERE "username" = $1',
      [username],
    )
  )[0]!;

test('with the present password a new one is set, and the old one is worthless', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  expect((await ann.get('/settings/password')).html).toContain('Change your password');
  expect((await change(ann)).redirectedTo).toBe('/settings/security');
  expect((await ann.get('/settings/security')).html).toContain('Your password is changed');
  expect((await visitor(house).signIn(username, right)).status).toBe(422);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
  expect((await stored(username)).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test.each<[string, Fields, Record<string, RegExp>]>([
  ['no present password', { currentPassword: '' }, { currentPassword: /^Enter your password/ }],
  ['a wrong present password', { currentPassword: wrong }, { currentPassword: /^This is not your password/ }],
  ['no new password', { password: '' }, { password: /^Choose a password/ }],
  ['a short one', { password: '7 chars' }, { password: /^Use at least 8/ }],
  ['a long one', { password: 'x'.repeat(129) }, { password: /^Use at most 128/ }],
  ['an easy one', { password: 'password123' }, { password: /easy to guess/ }],
  ['the site’s name', { password: 'chatlink-2026' }, { password: /easy to guess/ }],
  ['two that differ', { passwordConfirmation: `${another}!` }, { passwordConfirmation: /not the same/ }],
  ['the old one', { password: right }, { password: /^This is your old password/ }],
])('%s changes nothing', async (_, fields, faults) => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const before = await stored(username);
  const page = await change(ann, fields);
  expect(page.status).toBe(422);
  const shown = faultsIn(page.html);
  expect(Object.keys(shown)).toEqual(Object.keys(faults));
  for (const [name, text] of Object.entries(faults)) expect(shown[name]).toMatch(text);
  for (const secret of [right, another, wrong]) expect(page.html).not.toContain(secret);
  expect(await stored(username)).toEqual(before);
  expect([await isIn(ann), await isIn(phone)]).toEqual([true, true]);
});

test('one that is built from the person’s own name or address is refused', async () => {
  const ann = visitor(house);
  await ann.signUp({ username: 'gwendolyne', email: 'wrzlbrmft@example.com' });
  for (const password of ['gwendolyne-17', 'Wrzlbrmft!99'])
    expect(faultsIn((await change(ann, { password })).html).password).toMatch(/easy to guess/);
});

test('this session goes on under a new id and a new form token; the old ones are dead', async () => {
  const ann = visitor(house);
  await ann.signUp();
  const [sid, token, before] = [sidOf(ann), await ann.token(), copyOf(house, ann)];
  await change(ann);
  expect(sidOf(ann)).not.toBe(sid);
  expect((await sessionsOf(house)).has(sid)).toBe(false);
  expect([await isIn(ann), await isIn(before)]).toEqual([true, false]);
  expect((await ann.send('post', '/logout', encodeForm({ _csrf: token }))).status).toBe(403);
  expect(await isIn(ann)).toBe(true);
});

test('all other sessions end, at every instance; nobody else’s does', async () => {
  const [ann, ben] = [visitor(house), visitor(house)];
  const { username } = await ann.signUp();
  await ben.signUp();
  await withAnother(house, {}, async (second) => {
    const others = [
      await alsoOn(house, username),
      await alsoOn(house, username, { at: second, remember: 'on' }),
    ];
    await change(ann.at(second));
    expect(await Promise.all([ann.at(house), ...others, ben].map(isIn))).toEqual([true, false, false, true]);
  });
});

test('"keep me signed in" outlives the change', async () => {
  const { username } = await visitor(house).signUp();
  const kept = await alsoOn(house, username, { remember: 'on' });
  const page = await change(kept);
  expect(String(page.header('set-cookie'))).toMatch(/sid=[^;]+; Path=\/; Expires=/);
  house.clock.pass(days(14) - 1);
  expect(await isIn(kept)).toBe(true);

  const passing = visitor(house);
  await passing.signUp();
  expect(String((await change(passing)).header('set-cookie'))).not.toMatch(/sid=[^;]+; Path=\/; Expires=/);
  house.clock.pass(days(1));
  expect(await isIn(passing)).toBe(false);
});

test('wrong present passwords are throttled by the session: five, then a minute', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  expect(statuses(await repeatedly(5, () => change(ann, { currentPassword: wrong })))).toEqual({ 422: 5 });
  const page = await change(ann);
  expect([page.status, page.header('retry-after')]).toEqual([429, '60']);
  expect((await stored(username)).version).toBe(0);
});
