import { beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../../support/captured.ts';
import {
  changeEmail,
  changeMobile,
  codeFor,
  contactEvents,
  contactsOf,
  member,
  newEmail,
  typeContactCode,
} from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, joining, newMobile, typeCode, wrongCode } from '../../support/joining.ts';
import { statuses, tally, together } from '../../support/many.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('races', () => {
  beforeAll(() => house.empty());

  const ownersOf = async (email: string): Promise<number> =>
    (await house.stores.sql('SELECT FROM "User" WHERE "emailKey" = $1', [email])).length;

  test('fifty right codes at once change once', async () => {
    const { ann, username } = await member(house);
    const email = newEmail();
    const code = await codeFor(house, ann, email);
    const pages = await together(50, () => typeContactCode(ann, code));
    expect(statuses(pages)).toEqual({ 303: 50 });
    expect((await contactsOf(house, username)).email).toBe(email);
    expect(await contactEvents(house, username)).toEqual(['contact_changed']);
  });

  test('two instances, one code: one change, and the second press says nothing else', async () => {
    const { ann, username } = await member(house);
    const code = await codeFor(house, ann, newEmail());
    await withAnother(house, {}, async (other) => {
      const there = visitor(other);
      for (const [name, value] of ann.cookies) there.cookies.set(name, value);
      await there.get('/settings/contact/code');
      const pages = await together(20, (n) => typeContactCode(n % 2 ? ann : there, code));
      expect(tally(pages.map((page) => String(page.redirectedTo)))).toEqual({ '/settings/contact': 20 });
    });
    expect(await contactEvents(house, username)).toEqual(['contact_changed']);
    const page = textOf((await ann.get('/settings/contact')).html);
    expect(page).toContain('Your email address has been changed.');
    expect(page).not.toContain('has expired');
  });

  test('fifty wrong codes at once take five tries', async () => {
    const { ann, username, email } = await member(house);
    const code = await codeFor(house, ann, newEmail());
    await together(50, (n) => typeContactCode(ann, wrongCode(code, n + 1)));
    const [row] = await house.stores.sql<{ attempts: number }>(
      'SELECT "attempts" FROM "ContactChangeOtp" c JOIN "User" u ON u."id" = c."userId" WHERE u."username" = $1',
      [username],
    );
    expect(row!.attempts).toBe(5);
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
  });

  test('two people prove one address at once, on two instances: one has it, the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      const email = newEmail();
      const [first, second] = [await member(house), await member(house)];
      const codes = [await codeFor(house, first.ann, email), await codeFor(house, second.ann, email)];
      await withAnother(house, {}, async (other) => {
        second.ann.at(other);
        const pages = await Promise.all([
          typeContactCode(first.ann, codes[0]!),
          typeContactCode(second.ann, codes[1]!),
        ]);
        expect(statuses(pages)).toEqual({ 303: 2 });
        second.ann.at(house);
      });
      expect(await ownersOf(email)).toBe(1);
      const said = await Promise.all(
        [first, second].map(async ({ ann }) => textOf((await ann.get('/settings/contact')).html)),
      );
      const winners = said.filter((text) => text.includes('Your email address has been changed.'));
      const losers = said.filter((text) =>
        text.includes('This email address now belongs to another account'),
      );
      expect([winners.length, losers.length]).toEqual([1, 1]);
    }
  });

  test('who proves an address too late is told, and keeps the old one', async () => {
    const email = newEmail();
    const { ann, username, email: mine } = await member(house);
    const code = await codeFor(house, ann, email);
    await visitor(house).signUp({ email });
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
    expect(textOf((await ann.get('/settings/contact')).html)).toContain('now belongs to another account');
    expect((await contactsOf(house, username)).email).toBe(mine);
    expect(await contactEvents(house, username)).toEqual([]);
  });

  test('a sign-up that waits for an address which became a member’s makes nobody', async () => {
    const email = newEmail();
    const { ann: eve, code } = await joining(house, { email });
    const { ann } = await member(house);
    await typeContactCode(ann, await codeFor(house, ann, email));
    expect((await typeCode(eve, code)).redirectedTo).toBe('/sign-up');
    expect(await ownersOf(email)).toBe(1);
  });

  test('a sign-up and a member prove one address at once: one has it', async () => {
    const email = newEmail();
    const { ann: eve, code } = await joining(house, { email });
    const { ann } = await member(house);
    const mine = await codeFor(house, ann, email);
    const pages = await Promise.all([typeCode(eve, code), typeContactCode(ann, mine)]);
    expect(statuses(pages)).toEqual({ 303: 2 });
    expect(await ownersOf(email)).toBe(1);
  });

  test('two who want each other’s address at once both keep their own', async () => {
    const [ann, ben] = [await member(house), await member(house)];
    const [red, blue] = [newEmail(), newEmail()];
    // Asked for while nobody had them, in other sessions of theirs.
    const sessions = await Promise.all(
      [ann, ben].map(async ({ username, password }) => {
        const who = visitor(house);
        await who.signIn(username, password);
        return who;
      }),
    );
    const wants = [await codeFor(house, sessions[0]!, blue), await codeFor(house, sessions[1]!, red)];
    await typeContactCode(ann.ann, await codeFor(house, ann.ann, red));
    await typeContactCode(ben.ann, await codeFor(house, ben.ann, blue));
    const pages = await Promise.all(sessions.map((who, n) => typeContactCode(who, wants[n]!)));
    expect(statuses(pages)).toEqual({ 303: 2 });
    expect((await contactsOf(house, ann.username)).email).toBe(red);
    expect((await contactsOf(house, ben.username)).email).toBe(blue);
  });

  test('an email and a number proved at once are both kept, as two changes', async () => {
    const { ann, username, password } = await member(house);
    const phone = visitor(house);
    await phone.signIn(username, password);
    const [email, mobile] = [newEmail(), newMobile()];
    const [one, two] = [await codeFor(house, ann, email), await codeFor(house, phone, mobile)];
    await Promise.all([typeContactCode(ann, one), typeContactCode(phone, two)]);
    expect(await contactsOf(house, username)).toMatchObject({ email, phone: mobile });
    expect((await contactEvents(house, username)).toSorted()).toEqual(['contact_added', 'contact_changed']);
    const moments = await house.stores.sql(
      'SELECT DISTINCT c."createdAt" FROM "ContactUndo" c JOIN "User" u ON u."id" = c."userId" WHERE u."username" = $1',
      [username],
    );
    expect(moments).toHaveLength(2);
  });

  test('a right code takes its place among the wrong ones back', async () => {
    const { ann } = await member(house);
    const email = await changeEmail(house, ann);
    const [row] = await house.stores.sql<{ failures: Date[] }>(
      'SELECT "failures" FROM "DestinationBudget" WHERE "destinationKey" = $1',
      [email],
    );
    expect(row!.failures).toEqual([]);
  });

  test('a change that Postgres ends for a deadlock is made again', async () => {
    const { ann, username } = await member(house);
    const email = newEmail();
    const code = await codeFor(house, ann, email);
    const { id } = await contactsOf(house, username);
    await house.stores.sql(
      `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     VALUES ($1, gen_random_uuid(), 'email', 'dev', 'hash', 0, now() + interval '1 hour', now())`,
      [id],
    );
    // Somebody holds the link that the change is to end, and then wants the person that the change holds.
    const other = new pg.Client({ connectionString: house.stores.databaseUrl });
    await other.connect();
    await other.query(`BEGIN; SELECT FROM "PasswordResetLink" WHERE "tokenHash" = 'hash' FOR UPDATE`);
    const typed = typeContactCode(ann, code);
    const blocked = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await eventually(async () => (await house.stores.sql(blocked)).length > 0, 'the change at the lock');
    // On a slow machine Postgres may end this one instead: then there is nothing to do again.
    await other.query('SELECT FROM "User" WHERE "id" = $1 FOR UPDATE', [id]).catch(() => {});
    await other.end();
    expect((await typed).redirectedTo).toBe('/settings/contact');
    expect((await contactsOf(house, username)).email).toBe(email);
    expect(await contactEvents(house, username)).toEqual(['contact_changed']);
  });
});

describe('reset', () => {
  beforeAll(() => house.empty());

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
    // The password is what it was: nothing says that it was changed.
    expect(textOf((await eve.get('/password/forgot')).html)).toContain(
      "This account's password or contacts have changed in the meantime.",
    );
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
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
    expect((await visitor(house).signIn(next, another)).redirectedTo).toBe('/people');
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
    expect(textOf((await house.outbox.next(mobile)).text)).toContain('new password for');
  });
});
