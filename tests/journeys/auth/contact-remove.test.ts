import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import {
  changeEmail,
  changeMobile,
  changeTo,
  contactEvents,
  contactsOf,
  member,
  newEmail,
  undoIn,
  waysRunOut,
} from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { tally, together } from '../../support/many.ts';
import { another, forgot, recovering, setPassword } from '../../support/recovering.ts';
import { copyOf, eventsOf, isIn, settled } from '../../support/security.ts';
import { type Visitor, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const right = 'lantern-tandem-42';

function remove(who: Visitor, channel: 'email' | 'mobile', currentPassword = right) {
  return who.post(`/settings/contact/${channel}/remove`, { currentPassword });
}

/** Somebody with an email and a number, which is not undone any more; the news of it is read. */
async function both() {
  const someone = await member(house);
  house.clock.pass(1);
  const mobile = await changeMobile(house, someone.ann);
  await undoIn(house, someone.email);
  await waysRunOut(house, someone.username);
  await someone.ann.get('/settings/contact');
  return { ...someone, mobile };
}

/** Somebody whom a thief gave a number of theirs, and who got back in by a code to the email. */
async function backIn() {
  const { username, email, mobile } = await both();
  const { who, code } = await recovering(house, email, email);
  await who.post('/password/code', { code });
  await setPassword(who);
  return { owner: who, username, email, mobile };
}

test.each(['email', 'mobile'] as const)(
  'the %s goes with the password; both contacts hear of it, and each can undo it',
  async (channel) => {
    for (const by of ['email', 'mobile'] as const) {
      const { ann, username, email, mobile } = await both();
      expect((await remove(ann, channel)).redirectedTo).toBe('/settings/contact');
      const page = textOf((await ann.get('/settings/contact')).html);
      expect(page).toContain(
        `Your ${channel === 'email' ? 'email address' : 'mobile number'} has been removed.`,
      );
      const gone = channel === 'email' ? { email: null, phone: mobile } : { email, phone: null };
      expect(await contactsOf(house, username)).toMatchObject({ ...gone, securityVersion: 0 });
      expect(await contactEvents(house, username)).toEqual(['contact_added', 'contact_removed']);

      const ways = { email: await undoIn(house, email), mobile: await undoIn(house, mobile) };
      expect(ways.email).not.toBe(ways.mobile);
      const owner = visitor(house);
      expect(textOf((await owner.get(ways[by])).html)).toContain(`on ${username} 's account was removed.`);
      expect((await owner.post(ways[by])).redirectedTo).toBe('/password/new');
      expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
      expect(await isIn(ann)).toBe(false);
    }
  },
);

test('what happened is said in the message, and in the history', async () => {
  const { ann, username, email, mobile } = await both();
  await remove(ann, 'mobile');
  const mail = await house.outbox.next(email);
  expect(mail.subject).toBe('Your ChatLink mobile number was removed');
  expect(mail.text).toContain(`removed the mobile number from your account (${username})`);
  const { text } = await house.outbox.next(mobile);
  expect(text).toMatch(/^ChatLink account ann_\w+: mobile number removed\./);
  expect(text.length).toBeLessThanOrEqual(160);
  expect(textOf((await ann.get('/settings/security')).html)).toContain(
    'An email address or mobile number was removed',
  );
});

test('a contact that is put back is as old as it was', async () => {
  const { ann, username, email } = await both();
  const before = await contactsOf(house, username);
  house.clock.pass(minutes(5));
  await remove(ann, 'email');
  const owner = visitor(house);
  const way = await undoIn(house, email);
  await owner.get(way);
  await owner.post(way);
  expect(await contactsOf(house, username)).toMatchObject({
    emailVerifiedAt: before.emailVerifiedAt,
    phoneVerifiedAt: before.phoneVerifiedAt,
  });
});

test.each([
  ['email', {}],
  ['mobile', byMobile(newMobile())],
] as const)('the last one stays: %s', async (channel, changes) => {
  const { ann, username } = await member(house, changes);
  const before = await contactsOf(house, username);
  const page = await remove(ann, channel);
  expect([page.status, textOf(page.html).includes('only way left to reach this account')]).toEqual([
    422,
    true,
  ]);
  expect(page.html).not.toContain(`action="/settings/contact/${channel}/remove"`);
  expect(textOf(page.html)).toContain('so you can change it but not remove it.');
  expect(await contactsOf(house, username)).toEqual(before);
  expect(await contactEvents(house, username)).toEqual([]);
});

test('without the right password nothing goes, and guesses are counted', async () => {
  const { ann, username, email, mobile } = await both();
  for (const password of ['', 'lantern-tandem-43']) {
    const page = await remove(ann, 'mobile', password);
    expect([page.status, page.html.includes('mobile-remove-currentPassword-error')]).toEqual([422, true]);
  }
  for (let n = 0; n < 4; n++) await remove(ann, 'mobile', 'lantern-tandem-43');
  const page = await remove(ann, 'mobile');
  expect([page.status, page.header('retry-after')]).toEqual([429, '60']);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
});

test('visitors are led to sign in, and other methods are refused', async () => {
  const page = await remove(visitor(house), 'email');
  expect(page.redirectedTo).toBe('/login?next=%2Fsettings%2Fcontact&why=signed-out');
  const { ann } = await both();
  expect((await ann.get('/settings/contact/email/remove')).status).not.toBe(200);
});

test('both at once, fifty times on two instances: one goes, one stays', async () => {
  const { ann, username } = await both();
  await withAnother(house, {}, async (other) => {
    const token = await ann.token();
    const pages = await together(50, (n) =>
      copyOf(n % 2 ? house : other, ann).post(`/settings/contact/${n % 4 < 2 ? 'email' : 'mobile'}/remove`, {
        _csrf: token,
        currentPassword: right,
      }),
    );
    const answers = tally(pages.map(({ status }) => status));
    expect(answers[303]).toBeGreaterThanOrEqual(1);
    expect(Object.keys(answers).filter((status) => !['303', '422', '429', '503'].includes(status))).toEqual(
      [],
    );
  });
  const { email, phone } = await contactsOf(house, username);
  expect([email, phone].filter((contact) => contact !== null)).toHaveLength(1);
  expect(await contactEvents(house, username)).toEqual(['contact_added', 'contact_removed']);
});

test('what the removed contact had opened is dead, and it is free for somebody else', async () => {
  const { ann, email, mobile } = await both();
  const { who, code } = await recovering(house, mobile, mobile);
  await ann.get('/settings/contact');
  await remove(ann, 'mobile');
  expect((await who.post('/password/code', { code })).status).toBe(422);
  await settled(house);
  const told = house.outbox.to(mobile).length;
  await forgot(visitor(house), mobile);
  await settled(house);
  expect(
    house.outbox
      .to(mobile)
      .slice(told)
      .filter(({ text }) => /\d{6}/.test(text)),
  ).toEqual([]);
  await house.stores.sql('DELETE FROM "DestinationBudget"');
  const { ann: ben, email: bens } = await member(house);
  await changeTo(house, ben, newEmail());
  expect(bens).not.toBe(email);
});

test('after a reset the new contact is named, the sign-in leads to it, and it is removed for good', async () => {
  const { owner, username, email, mobile } = await backIn();
  const door = await owner.get('/login');
  expect(textOf(door.html)).toContain('check your contacts: the mobile number was added recently');
  expect(door.html).toContain('name="next" value="/settings/contact"');
  expect((await owner.signIn(username, another, { next: '/settings/contact' })).redirectedTo).toBe(
    '/settings/contact',
  );
  const page = await owner.get('/settings/contact');
  expect(textOf(page.html)).toContain("If it isn't yours, remove it below.");
  await settled(house);
  const told = house.outbox.to(mobile).length;
  expect((await remove(owner, 'mobile', another)).redirectedTo).toBe('/settings/contact');
  await settled(house);
  // The thief hears of it, and has no way back.
  const texts = house.outbox.to(mobile).slice(told);
  expect(texts.map(({ text }) => /number removed\./.test(text))).toEqual([true]);
  expect(texts[0]!.text).not.toContain('/contact/undo/');
  expect(texts[0]!.text).toContain('/password/forgot');
  const before = house.outbox.to(mobile).length;
  await forgot(visitor(house), mobile);
  await settled(house);
  expect(house.outbox.to(mobile)).toHaveLength(before);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: null });
  const mails = house.outbox.to(email).map(({ text }) => text);
  expect(mails.at(-1)).toContain('/contact/undo/');
});

test('nor does the thief’s number get a link when the owner then changes the email or the number', async () => {
  const { owner, username, email, mobile } = await backIn();
  await owner.signIn(username, another);
  await settled(house);
  await settled(house);
  const told = house.outbox.to(mobile).length;
  await owner.get('/settings/contact');
  await changeTo(house, owner, newEmail(), another);
  await settled(house);
  expect(house.outbox.to(email).at(-1)!.text).toContain('/contact/undo/');
  const texts = house.outbox.to(mobile).slice(told);
  expect(texts.map(({ text }) => text.includes('/contact/undo/'))).toEqual([false]);
  const [row] = await house.stores.sql<{ tokens: number }>(
    `SELECT count(*)::int AS tokens FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId"
     WHERE u."username" = $1 AND NOT c."hasLink"`,
    [username],
  );
  expect(row!.tokens).toBe(1);
});

test.each([
  ['a week less a millisecond', days(7) - 1, true],
  ['a week', days(7), false],
])('after %s a contact is named as new: %s', async (_, age, named) => {
  const { ann, email } = await both();
  // One has passed since.
  house.clock.pass(age - 1);
  const { who, code } = await recovering(house, email, email);
  await who.post('/password/code', { code });
  await setPassword(who);
  const door = await who.get('/login');
  expect(door.html.includes('added recently')).toBe(named);
  expect(door.html.includes('name="next"')).toBe(named);
  expect(await isIn(ann)).toBe(false);
});

test('neither the contact of joining nor the one that proved the reset is named', async () => {
  const { ann, username } = await member(house);
  house.clock.pass(1);
  const next = await changeEmail(house, ann);
  const { who, code } = await recovering(house, next, next);
  await who.post('/password/code', { code });
  await setPassword(who);
  expect((await who.get('/login')).html).not.toContain('added recently');
  expect((await eventsOf(house, username)).map(({ kind }) => kind)).toContain('password_reset');
});
