import { expect, test } from '@jest/globals';
import { hours } from '../../../src/kernel/clock.ts';
import {
  changeEmail,
  changeMobile,
  codeFor,
  contactEvents,
  contactsOf,
  newEmail,
  typeContactCode,
  undoIn,
  member,
} from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { newMobile } from '../../support/joining.ts';
import { tally, together } from '../../support/many.ts';
import { another, forgot, granted, setPassword } from '../../support/recovering.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Somebody whose email a thief has just changed; `way` is the way back that went to the old address. */
const robbed = async () => {
  const thief = visitor(house);
  const person = await thief.signUp();
  const next = await changeEmail(house, thief);
  return { thief, ...person, next, way: await undoIn(house, person.email) };
};

test('the link shows a page; its button puts the old address back and ends every session', async () => {
  const { thief, username, email, next, way } = await robbed();
  const there = visitor(house);
  await there.signIn(username, 'lantern-tandem-42');
  const owner = visitor(house);
  const page = await owner.get(way);
  expect(page.status).toBe(200);
  expect(textOf(page.html)).toContain(`The email address of ${username} was changed.`);
  expect(page.html).toContain(`${email[0]}••••••••@example.com`);
  expect(page.html).not.toContain(next);
  expect(page.header('cache-control')).toBe('no-store');
  expect((await contactsOf(house, username)).email).toBe(next);

  expect((await owner.post(way)).redirectedTo).toBe('/password/forgot');
  expect(textOf((await owner.get('/password/forgot')).html)).toContain('The change is undone');
  const row = await contactsOf(house, username);
  expect([row.email, row.securityVersion]).toEqual([email, 1]);
  expect(row.emailVerifiedAt).not.toBeNull();
  for (const who of [thief, there])
    expect((await who.get('/settings/contact')).redirectedTo).toMatch(/^\/login/);
  expect(await contactEvents(house, username)).toEqual(['contact_changed', 'contact_change_undone']);
});

test('afterwards the owner sets a new password by the old address, and the thief cannot by the new one', async () => {
  const { username, email, next, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  // What the undo told stands before the code.
  await house.outbox.next(email);
  await house.outbox.next(next);
  await setPassword(await granted(house, email, email, owner));
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
  const before = house.outbox.to(next).length;
  await forgot(visitor(house), next);
  await forgot(visitor(house), username);
  await house.outbox.next(email);
  await house.outbox.next(email);
  expect(house.outbox.to(next)).toHaveLength(before);
});

test('the contacts hear of the undoing, and so does the address that went', async () => {
  const { username, email, next, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  const [mine, theirs] = [await house.outbox.next(email), await house.outbox.next(next)];
  for (const letter of [mine, theirs]) {
    expect(letter.subject).toBe('A change of your ChatLink contacts was undone');
    expect(letter.text).toContain(`a contact of ${username}`);
    expect(letter.text).not.toContain('/contact/undo/');
  }
  expect(mine.text).not.toContain('no longer belongs');
  expect(theirs.text).toContain('This address no longer belongs to the account');
});

test('a contact that was added goes, and is told by text', async () => {
  const thief = visitor(house);
  const { username, email } = await thief.signUp();
  const mobile = await changeMobile(house, thief);
  const way = await undoIn(house, email);
  const owner = visitor(house);
  expect(textOf((await owner.get(way)).html)).toContain('A new mobile number was added to the account');
  await owner.post(way);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: null, phoneVerifiedAt: null });
  expect((await house.outbox.next(mobile)).text).toMatch(
    /^ChatLink: contact change of .* undone, this number is out/,
  );
  expect((await house.outbox.next(email)).subject).toBe('A change of your ChatLink contacts was undone');
});

test('looking changes nothing, however often and by which means', async () => {
  const { username, next, way } = await robbed();
  for (const method of ['get', 'head', 'get'] as const)
    expect((await visitor(house).send(method, way)).status).toBe(200);
  expect(await contactsOf(house, username)).toMatchObject({ email: next, securityVersion: 0 });
});

test('a second press is answered like the first, and does nothing', async () => {
  const { username, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  for (let n = 0; n < 2; n++) {
    expect((await owner.post(way)).redirectedTo).toBe('/password/forgot');
    expect(textOf((await owner.get('/password/forgot')).html)).toContain('The change is undone');
  }
  expect((await owner.get(way)).redirectedTo).toBe('/password/forgot');
  expect((await contactsOf(house, username)).securityVersion).toBe(1);
});

test('pressed fifty times at once on two instances, it undoes once', async () => {
  const { username, email, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  await withAnother(house, {}, async (other) => {
    const there = visitor(other);
    await there.get(way);
    const pages = await together(50, (n) => (n % 2 ? owner : there).post(way));
    expect(tally(pages.map((page) => String(page.redirectedTo)))).toEqual({ '/password/forgot': 50 });
  });
  expect(await contactsOf(house, username)).toMatchObject({ email, securityVersion: 1 });
  expect(await contactEvents(house, username)).toEqual(['contact_changed', 'contact_change_undone']);
});

test.each([
  [hours(72) - 1, true],
  [hours(72), false],
])('%i milliseconds after the change the link works: %s', async (ms, works) => {
  const { username, email, next, way } = await robbed();
  const owner = visitor(house);
  await owner.get('/login');
  house.clock.pass(ms);
  expect((await owner.get(way)).status).toBe(works ? 200 : 303);
  expect((await owner.post(way)).redirectedTo).toBe('/password/forgot');
  const said = textOf((await owner.get('/password/forgot')).html);
  expect(said).toContain(works ? 'The change is undone' : 'This link has run out.');
  expect((await contactsOf(house, username)).email).toBe(works ? email : next);
});

test('a link nobody was sent leads nowhere', async () => {
  const eve = visitor(house);
  for (const token of ['a'.repeat(32), 'x', '%00', 'a'.repeat(5_000)]) {
    const page = await eve.get(`/contact/undo/${token}`);
    expect(page.status).toBe(303);
  }
  expect((await eve.post(`/contact/undo/${'a'.repeat(32)}`)).redirectedTo).toBe('/password/forgot');
  expect((await eve.send('put', `/contact/undo/${'a'.repeat(32)}`)).status).toBe(403);
});

test('a press from another site is refused', async () => {
  const { username, next, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  owner.headers.Origin = 'https://evil.example';
  expect((await owner.post(way)).status).toBe(403);
  expect((await contactsOf(house, username)).email).toBe(next);
});

test('every contact’s link undoes, and one use ends them all', async () => {
  const { ann, username, email } = await member(house);
  const mobile = await changeMobile(house, ann);
  await house.outbox.next(email);
  await changeEmail(house, ann);
  const [byMail, byText] = [await undoIn(house, email), await undoIn(house, mobile)];
  const owner = visitor(house);
  await owner.get(byText);
  await owner.post(byText);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile, securityVersion: 1 });
  expect((await visitor(house).get(byMail)).redirectedTo).toBe('/password/forgot');
  await owner.post(byMail);
  expect((await contactsOf(house, username)).securityVersion).toBe(1);
});

test('a thief who changes twice and adds a number keeps nothing, and no way back', async () => {
  const { thief, username, email, next, way } = await robbed();
  const mobile = await changeMobile(house, thief);
  const addedWay = await undoIn(house, next);
  const last = await changeEmail(house, thief);
  const thiefsWays = [addedWay, await undoIn(house, next), await undoIn(house, mobile)];
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  const after = { email, phone: null, securityVersion: 1 };
  expect(await contactsOf(house, username)).toMatchObject(after);
  for (const back of thiefsWays) {
    const eve = visitor(house);
    await eve.get(back);
    await eve.post(back);
  }
  expect(await contactsOf(house, username)).toMatchObject(after);
  for (const gone of [next, last, mobile]) {
    const { text } = await house.outbox.next(gone);
    expect(text).toMatch(/no longer belongs|this number is out/);
  }
});

test('what came before a change stays when the change is undone', async () => {
  const { ann, username, email } = await member(house);
  const mobile = await changeMobile(house, ann);
  const earlier = await undoIn(house, email);
  await changeEmail(house, ann);
  const owner = visitor(house);
  const way = await undoIn(house, email);
  await owner.get(way);
  await owner.post(way);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
  // The earlier one can be undone as well, as long as its own time runs.
  await owner.get(earlier);
  await owner.post(earlier);
  expect(await contactsOf(house, username)).toMatchObject({ email, phone: null, securityVersion: 2 });
});

test('somebody else has the old address by now: said plainly, and nothing is changed', async () => {
  const { username, email, next, way } = await robbed();
  await house.stores.sql('DELETE FROM "DestinationBudget"');
  await visitor(house).signUp({ email });
  const owner = visitor(house);
  await owner.get(way);
  const page = await owner.post(way);
  expect(page.status).toBe(409);
  expect(textOf(page.html)).toContain('your old email address belongs to another account');
  expect(await contactsOf(house, username)).toMatchObject({ email: next, securityVersion: 0 });
  expect(await contactEvents(house, username)).toEqual(['contact_changed']);
});

test('the last contact is never taken away', async () => {
  const { ann, username, email } = await member(house);
  const mobile = await changeMobile(house, ann);
  const way = await undoIn(house, email);
  await house.stores.sql(
    'UPDATE "User" SET "email" = NULL, "emailKey" = NULL, "emailVerifiedAt" = NULL WHERE "username" = $1',
    [username],
  );
  const owner = visitor(house);
  await owner.get(way);
  const page = await owner.post(way);
  expect([page.status, textOf(page.html).includes('the only contact that the account has left')]).toEqual([
    409,
    true,
  ]);
  expect(await contactsOf(house, username)).toMatchObject({ phone: mobile, securityVersion: 0 });
});

test('codes that were on their way are dead: for contacts and for passwords', async () => {
  const { thief, username, email, next, way } = await robbed();
  const code = await codeFor(house, thief, newEmail());
  const eve = visitor(house);
  await forgot(eve, username);
  const resetCode = await house.outbox.nextCode(next);
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  expect((await typeContactCode(thief, code)).redirectedTo).not.toBe('/settings/contact/code');
  expect((await eve.post('/password/code', { code: resetCode })).status).toBe(422);
  expect((await contactsOf(house, username)).email).toBe(email);
  const [row] = await house.stores.sql<{ open: number }>(
    `SELECT count(*)::int AS open FROM "ContactChangeOtp" c JOIN "User" u ON u."id" = c."userId"
     WHERE u."username" = $1 AND c."consumedAt" IS NULL`,
    [username],
  );
  expect(row!.open).toBe(0);
});

test('whoever is signed in where the link is followed is signed out there', async () => {
  const { thief, username, email, way } = await robbed();
  await thief.get('/settings/contact');
  expect((await thief.post(way)).redirectedTo).toBe('/password/forgot');
  const page = await thief.get('/password/forgot');
  expect(page.status).toBe(200);
  expect(textOf(page.html)).toContain('The change is undone');
  expect((await contactsOf(house, username)).email).toBe(email);

  const second = await robbed();
  const ben = visitor(house);
  await ben.signUp();
  await ben.get('/settings/contact');
  await ben.post(second.way);
  expect((await ben.get('/password/forgot')).status).toBe(200);
});

test('a new password in between does not end the way back', async () => {
  const { thief, username, email, way } = await robbed();
  await thief.post('/settings/password', {
    currentPassword: 'lantern-tandem-42',
    password: another,
    passwordConfirmation: another,
  });
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  expect(await contactsOf(house, username)).toMatchObject({ email, securityVersion: 2 });
});

test('undone and changed again, there is a new way back', async () => {
  const { username, email, way } = await robbed();
  const owner = visitor(house);
  await owner.get(way);
  await owner.post(way);
  await house.outbox.next(email);
  await owner.signIn(username, 'lantern-tandem-42');
  await changeEmail(house, owner);
  const letters = house.outbox.to(email).filter((m) => m.text.includes('/contact/undo/'));
  expect(letters.length).toBeLessThanOrEqual(2);
  const again = await undoInLater(email);
  const eve = visitor(house);
  await eve.get(again);
  await eve.post(again);
  expect(await contactsOf(house, username)).toMatchObject({ email, securityVersion: 2 });
});

/** The way back in the next message to an address that has one; news of sign-ins may stand before it. */
const undoInLater = async (email: string): Promise<string> => {
  for (;;) {
    const { text } = await house.outbox.next(email);
    const path = /\/contact\/undo\/[\w-]{32}/.exec(text)?.[0];
    if (path) return path;
  }
};

test('an undo and another change at once leave an account that is one or the other', async () => {
  const { thief, username, email, way } = await robbed();
  const mobile = newMobile();
  const code = await codeFor(house, thief, mobile);
  const owner = visitor(house);
  await owner.get(way);
  await Promise.all([owner.post(way), typeContactCode(thief, code)]);
  const row = await contactsOf(house, username);
  expect([row.email, row.phone, row.securityVersion]).toEqual([email, null, 1]);
});
