import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import {
  changeEmail,
  changeMobile,
  changeTo,
  codeFor,
  contactEvents,
  contactsOf,
  member,
  newEmail,
  typeContactCode,
  undoIn,
  waysRunOut,
} from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { together } from '../../support/many.ts';
import { copyOf } from '../../support/security.ts';
import { another, forgot, granted, setPassword } from '../../support/recovering.ts';
import { everythingKept } from '../../support/traces.ts';
import { encodeForm, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('notice', () => {
  beforeAll(() => house.empty());

  const member = async () => {
    const ann = visitor(house);
    ann.headers['User-Agent'] =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    return { ann, ...(await ann.join()) };
  };
  /** What an address was sent after its first message, the code that proved it. */
  const newsTo = (address: string) => house.outbox.to(address).slice(1);
  const undoPath = /http:\/\/chatlink\.test\/contact\/undo\/([\w-]{32})(?![\w-])/;

  test('the old address hears what happened, when and where, and how to undo it', async () => {
    const { ann, username, email } = await member();
    await changeEmail(house, ann);
    const mail = await house.outbox.next(email);
    expect(mail.subject).toBe('Your ChatLink email address was changed');
    expect(mail.text).toContain(`changed the email address on your account (${username})`);
    expect(mail.text).toContain('Firefox on Windows, 15 Jun 2026, 12:00 UTC');
    expect(mail.text).toContain('within 72 hours');
    expect(mail.text).toMatch(undoPath);
    expect(mail.html).toMatch(undoPath);
  });

  test('the new address hears nothing but its code; every other contact has a link of its own', async () => {
    const { ann, email } = await member();
    const mobile = await changeMobile(house, ann);
    const added = await house.outbox.next(email);
    expect(added.subject).toBe('A new mobile number on your ChatLink account');
    const next = await changeEmail(house, ann);
    const [mail, text] = [await house.outbox.next(email), await house.outbox.next(mobile)];
    expect(text.text).toMatch(/^ChatLink account ann_\w+: email address changed\./);
    expect(text.text.length).toBeLessThanOrEqual(160);
    const links = [added, mail, text].map((message) => undoPath.exec(message.text)?.[1]);
    expect(new Set(links).size).toBe(3);
    expect(newsTo(next)).toEqual([]);
    expect(newsTo(mobile)).toHaveLength(1);
    expect(newsTo(email)).toHaveLength(2);
  });

  test('of a changed number the old one hears by text, and the email by mail', async () => {
    const mobile = newMobile();
    const ben = visitor(house);
    await ben.signUp(byMobile(mobile));
    const email = await changeEmail(house, ben);
    expect((await house.outbox.next(mobile)).text).toMatch(/^ChatLink account ann_\w+: email address added/);
    await changeMobile(house, ben);
    expect((await house.outbox.next(mobile)).text).toMatch(
      /^ChatLink account ann_\w+: mobile number changed\./,
    );
    expect((await house.outbox.next(email)).subject).toBe('Your ChatLink mobile number was changed');
  });

  test('texts that strangers ask for to its neighbours do not silence the news to a number', async () => {
    const mobile = newMobile();
    const ben = visitor(house);
    await ben.signUp(byMobile(mobile));
    await fillLimit(house, `sms-prefix:${mobile.slice(0, -3)}`, 20);
    await changeEmail(house, ben);
    expect(await undoIn(house, mobile)).toMatch(/^\/contact\/undo\//);
  });

  test('no link, and no hash that is one, is kept anywhere or logged', async () => {
    const { ann, email } = await member();
    await changeEmail(house, ann);
    const token = undoPath.exec((await house.outbox.next(email)).text)![1]!;
    const { redis, postgres } = await everythingKept(house);
    expect(redis).not.toContain(token);
    expect(postgres).not.toContain(token);
    expect(house.logged.join('\n')).not.toContain(token);
    await ann.get(`/contact/undo/${token}`);
    expect(house.logged.join('\n')).not.toContain(token);
  });

  test('what a queue that was away has missed is told by the cleaning', async () => {
    const { ann, username, email } = await member();
    const code = await codeFor(house, ann, newEmail());
    const { redis } = house.stores;
    // Where the queue counts its jobs there is no number: nothing can be added to it.
    await redis.set('bull:{security}:id', 'none');
    expect((await typeContactCode(ann, code)).redirectedTo).toBe('/settings/contact');
    await redis.del('bull:{security}:id');
    const due = async () =>
      house.stores.sql(
        'SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId" WHERE u."username" = $1 AND e."noticeDue"',
        [username],
      );
    expect(await due()).toHaveLength(1);
    expect(newsTo(email)).toEqual([]);

    house.clock.pass(minutes(1));
    await clean(house);
    await eventually(() => newsTo(email).length === 1, 'the news');
    await eventually(async () => (await due()).length === 0, 'nothing due');
  });
});

describe('undo', () => {
  beforeAll(() => house.empty());

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
    expect(textOf(page.html)).toContain(`The email address on ${username} 's account was changed.`);
    expect(page.html).toContain(`${email[0]}••••••••@example.com`);
    expect(page.html).not.toContain(next);
    expect(page.header('cache-control')).toBe('no-store, no-transform');
    expect((await contactsOf(house, username)).email).toBe(next);

    expect((await owner.post(way)).redirectedTo).toBe('/password/new');
    expect(textOf((await owner.get('/password/new')).html)).toContain("We've put your contacts back");
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
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
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
    for (const mail of [mine, theirs]) {
      expect(mail.subject).toBe('A change to your ChatLink contacts was undone');
      expect(mail.text).toContain(`a contact on the account ${username}`);
      expect(mail.text).not.toContain('/contact/undo/');
    }
    expect(mine.text).not.toContain('no longer belongs');
    expect(mine.text).toContain('/password/forgot');
    // It may be the thief's, and gets no code any more.
    expect(theirs.text).toContain('This address no longer belongs to the account');
    expect(theirs.text).not.toContain('/password/forgot');
    expect(theirs.text).not.toContain('/settings/contact');
  });

  test('a contact that was added goes, and is told by text', async () => {
    const thief = visitor(house);
    const { username, email } = await thief.signUp();
    const mobile = await changeMobile(house, thief);
    const way = await undoIn(house, email);
    const owner = visitor(house);
    expect(textOf((await owner.get(way)).html)).toContain('A new mobile number was added to');
    await owner.post(way);
    expect(await contactsOf(house, username)).toMatchObject({ email, phone: null, phoneVerifiedAt: null });
    expect((await house.outbox.next(mobile)).text).toMatch(
      /^ChatLink: contact change for .* undone\. This number no longer belongs to the account\.$/,
    );
    expect((await house.outbox.next(email)).subject).toBe('A change to your ChatLink contacts was undone');
  });

  test('looking changes nothing, however often and by which means', async () => {
    const { username, next, way } = await robbed();
    for (const method of ['get', 'head', 'get'] as const)
      expect((await visitor(house).send(method, way)).status).toBe(200);
    expect(await contactsOf(house, username)).toMatchObject({ email: next, securityVersion: 0 });
  });

  test('a page left open leads back to itself with a word why, and its button works', async () => {
    const { username, email, next, way } = await robbed();
    const owner = visitor(house);
    owner.headers = { 'Sec-Fetch-Site': 'same-origin' };
    await owner.get(way);
    house.clock.pass(minutes(31));
    expect((await owner.post(way)).redirectedTo).toBe(`${way}?why=left-open`);
    expect((await contactsOf(house, username)).email).toBe(next);
    const page = await owner.get(`${way}?why=left-open`);
    expect(textOf(page.html)).toContain("This page was open for a while, so we haven't done anything yet.");
    expect((await owner.post(way)).redirectedTo).toBe('/password/new');
    expect((await contactsOf(house, username)).email).toBe(email);
  });

  test('the second of two quick presses comes with the cookie of before, and is answered like the first', async () => {
    const { way } = await robbed();
    const owner = visitor(house);
    await owner.get(way);
    const second = copyOf(house, owner);
    const token = await owner.token();
    expect((await owner.post(way, { _csrf: token })).redirectedTo).toBe('/password/new');
    expect((await second.send('post', way, encodeForm({ _csrf: token }))).redirectedTo).toBe(
      `${way}?why=left-open`,
    );
    expect((await owner.get(`${way}?why=left-open`)).redirectedTo).toBe('/password/new');
    expect(textOf((await owner.get('/password/new')).html)).toContain("We've put your contacts back");
  });

  test('a second press is answered like the first, and does nothing', async () => {
    const { username, way } = await robbed();
    const owner = visitor(house);
    await owner.get(way);
    for (let n = 0; n < 2; n++) {
      expect((await owner.post(way)).redirectedTo).toBe('/password/new');
      expect(textOf((await owner.get('/password/new')).html)).toContain("We've put your contacts back");
    }
    const used = /You've already used this link. The change was undone on \d+ \w+ \d{4}/;
    expect((await owner.get(way)).redirectedTo).toBe('/password/new');
    expect(textOf((await owner.get('/password/new')).html)).toMatch(used);
    // Another browser has not proved anything by it.
    const elsewhere = visitor(house);
    expect((await elsewhere.get(way)).redirectedTo).toBe('/password/forgot');
    expect(textOf((await elsewhere.get('/password/forgot')).html)).toMatch(used);
    expect((await elsewhere.post(way)).redirectedTo).toBe('/password/new');
    expect((await elsewhere.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect((await contactsOf(house, username)).securityVersion).toBe(1);

    await setPassword(owner);
    for (const who of [owner, visitor(house)]) {
      expect((await who.get(way)).redirectedTo).toBe('/login');
      const said = textOf((await who.get('/login')).html);
      expect(said).toMatch(used);
      expect(said).not.toContain('new password');
    }
  });

  test('pressed fifty times at once on two instances, it undoes once', async () => {
    const { username, email, way } = await robbed();
    const owner = visitor(house);
    await owner.get(way);
    await withAnother(house, {}, async (other) => {
      const there = visitor(other);
      await there.get(way);
      const pages = await together(50, (n) => (n % 2 ? owner : there).post(way));
      // Those that came with the cookie of before are led to the link's page, which leads them on.
      for (const { redirectedTo } of pages)
        expect(['/password/new', `${way}?why=left-open`]).toContain(redirectedTo);
    });
    expect((await owner.get(`${way}?why=left-open`)).redirectedTo).toBe('/password/new');
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
    const to = works ? '/password/new' : '/password/forgot';
    expect((await owner.post(way)).redirectedTo).toBe(to);
    const said = textOf((await owner.get(to)).html);
    expect(said).toContain(works ? "We've put your contacts back" : 'This link has expired.');
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
      expect(text).toMatch(/no longer belongs|this number removed/);
    }
  });

  test.each([true, false])(
    'what came before a change goes with it as long as it can be undone: %s',
    async (live) => {
      const { ann, username, email } = await member(house);
      const mobile = await changeMobile(house, ann);
      const earlier = await undoIn(house, email);
      if (!live) await waysRunOut(house, username);
      await changeEmail(house, ann);
      const owner = visitor(house);
      const way = await undoIn(house, email);
      await owner.get(way);
      await owner.post(way);
      const after = { email, phone: live ? null : mobile, securityVersion: 1 };
      expect(await contactsOf(house, username)).toMatchObject(after);
      const eve = visitor(house);
      expect((await eve.get(earlier)).redirectedTo).toBe('/password/forgot');
      await eve.post(earlier);
      expect(await contactsOf(house, username)).toMatchObject(after);
    },
  );

  test('somebody else has the old address by now: said plainly, and nothing is changed', async () => {
    const { username, email, next, way } = await robbed();
    await house.stores.sql('DELETE FROM "DestinationBudget"');
    await visitor(house).signUp({ email });
    const owner = visitor(house);
    await owner.get(way);
    const page = await owner.post(way);
    expect(page.status).toBe(409);
    expect(textOf(page.html)).toContain('Your old email address now belongs to another account');
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
    expect([page.status, textOf(page.html).includes('the only way left to reach this account')]).toEqual([
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
    expect((await thief.post(way)).redirectedTo).toBe('/password/new');
    const page = await thief.get('/password/new');
    expect(page.status).toBe(200);
    expect(textOf(page.html)).toContain("We've put your contacts back");
    expect((await contactsOf(house, username)).email).toBe(email);

    const second = await robbed();
    const ben = visitor(house);
    await ben.signUp();
    await ben.get('/settings/contact');
    await ben.post(second.way);
    expect((await ben.get('/password/new')).status).toBe(200);
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
    await setPassword(owner);
    await owner.signIn(username, another);
    await changeTo(house, owner, newEmail(), another);
    const mails = house.outbox.to(email).filter((m) => m.text.includes('/contact/undo/'));
    expect(mails.length).toBeLessThanOrEqual(2);
    const again = await undoInLater(email);
    const eve = visitor(house);
    await eve.get(again);
    await eve.post(again);
    expect(await contactsOf(house, username)).toMatchObject({ email, securityVersion: 3 });
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
});

describe('cleanup', () => {
  beforeAll(() => house.empty());

  const count = async (table: string): Promise<number> =>
    (await house.stores.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;

  test('ways back are kept as long as they lead anywhere, codes a day after their end', async () => {
    const { ann } = await member(house);
    await changeEmail(house, ann);
    await codeFor(house, ann, newEmail());
    house.clock.pass(days(1) + minutes(30) - 1);
    await clean(house);
    expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([2, 1]);
    house.clock.pass(1);
    await clean(house);
    expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([0, 1]);
    house.clock.pass(hours(72) - days(1) - minutes(30) - 1);
    await clean(house);
    expect(await count('ContactUndo')).toBe(1);
    house.clock.pass(1);
    await clean(house);
    expect(await count('ContactUndo')).toBe(0);
  });

  test('thousands go in batches, by two workers at once', async () => {
    await member(house);
    const long = new Date(house.clock.now().getTime() - days(4)).toISOString();
    await house.stores.sql(
      `INSERT INTO "ContactUndo" ("id", "userId", "channel", "newKey", "sentChannel", "sentTo", "keyId", "tokenHash", "expiresAt", "createdAt")
     SELECT gen_random_uuid(), u."id", 'email', 'a', 'email', 'a', 'dev', 'hash' || n, $1, $1
     FROM generate_series(1, 2500) n, (SELECT "id" FROM "User" LIMIT 1) u`,
      [long],
    );
    await house.stores.sql(
      `INSERT INTO "ContactChangeOtp" ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                                     "nextSendAt", "expiresAt", "endsAt", "createdAt", "userId", "securityVersion")
     SELECT gen_random_uuid(), 'email', 'a', 'a', false, 'dev', 'KFR', $1, $1, $1, $1, u."id", 0
     FROM generate_series(1, 2500) n, (SELECT "id" FROM "User" LIMIT 1) u`,
      [long],
    );
    await withAnother(house, { jobs: true }, async () => clean(house, 4));
    expect([await count('ContactChangeOtp'), await count('ContactUndo')]).toEqual([0, 0]);
    expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
  });
});
