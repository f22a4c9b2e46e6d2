import { expect, test } from '@jest/globals';
import { changeEmail, changeMobile, contactsOf, member } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, wrongCode } from '../../support/joining.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test.each(['email', 'username'] as const)(
  'a code that went to the old address, asked for by %s, is dead',
  async (by) => {
    const { ann, username, email } = await member(house);
    const { who, code } = await recovering(house, by === 'email' ? email : username, email);
    await changeEmail(house, ann);
    const page = await who.post('/password/code', { code });
    expect([page.status, page.html.includes('4 tries left')]).toEqual([422, true]);
    // Nothing tells it from a wrong one.
    expect((await who.post('/password/code', { code: wrongCode(code) })).html).toContain('3 tries left');
  },
);

test('a code that went to the old number is dead', async () => {
  const mobile = newMobile();
  const ben = visitor(house);
  await ben.signUp(byMobile(mobile));
  const { who, code } = await recovering(house, mobile, mobile);
  await changeMobile(house, ben);
  expect((await who.post('/password/code', { code })).status).toBe(422);
});

test('a code that went to the other contact, which stays, is right', async () => {
  const { ann, email } = await member(house);
  const { who, code } = await recovering(house, email, email);
  await changeMobile(house, ann);
  expect((await who.post('/password/code', { code })).redirectedTo).toBe('/password/new');
});

test('a grant that the old address gave is dead', async () => {
  const { ann, username, email, password } = await member(house);
  const eve = await granted(house, email, email);
  await changeEmail(house, ann);
  expect((await setPassword(eve)).redirectedTo).toBe('/password/forgot');
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});

test('a link that went to the old address is dead', async () => {
  const { ann, username, email } = await member(house);
  // So many codes that the owner's link goes out instead.
  for (let n = 0; n < 5; n++) await forgot(visitor(house), username);
  await forgot(visitor(house), username);
  let link: string | undefined;
  while (!link) link = /\/password\/link\/[\w-]{32}/.exec((await house.outbox.next(email)).text)?.[0];
  expect((await visitor(house).get(link)).status).toBe(200);
  await changeEmail(house, ann);
  expect((await visitor(house).get(link)).redirectedTo).toBe('/password/forgot');
});

test('by the old address nobody is found; by the new one somebody is', async () => {
  const { ann, username, email } = await member(house);
  const next = await changeEmail(house, ann);
  const eve = visitor(house);
  expect((await forgot(eve, email)).redirectedTo).toBe('/password/code');
  const [row] = await house.stores.sql<{ decoy: boolean }>(
    'SELECT "decoy" FROM "PasswordResetOtp" WHERE "destinationKey" = $1',
    [email],
  );
  expect(row).toEqual({ decoy: true });
  const owner = await granted(house, next, next);
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect((await visitor(house).signIn(next, another)).redirectedTo).toBe('/profile');
  expect((await contactsOf(house, username)).email).toBe(next);
});

test('by username the code goes to the new address', async () => {
  const { ann, username } = await member(house);
  const next = await changeEmail(house, ann);
  await recovering(house, username, next);
});

test('a new password is told to both contacts', async () => {
  const { ann, email, password } = await member(house);
  const mobile = await changeMobile(house, ann);
  await house.outbox.next(email);
  await ann.post('/settings/password', {
    currentPassword: password,
    password: another,
    passwordConfirmation: another,
  });
  expect((await house.outbox.next(email)).subject).toBe('Your ChatLink password was changed');
  expect(textOf((await house.outbox.next(mobile)).text)).toContain('was changed');
});
