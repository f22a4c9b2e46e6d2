import { describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { changeEmail, codeFor, newEmail, typeContactCode, undoIn } from '../../support/contacts.ts';
import { caseAbout, casePath, decide, say, staffOf } from '../../support/desk.ts';
import { browserWith, deviceIn, right } from '../../support/devices.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, peopleCalled, typeCode } from '../../support/joining.ts';
import { forgot } from '../../support/recovering.ts';
import { idOf } from '../../support/relations.ts';
import { newPerson, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const aCode = /\b\d{6}\b/;
const emailOf = (username: string) => `${username}@example.com`;

async function reported() {
  const mika = await memberOf(house);
  const ann = await memberOf(house);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: 'Look.' });
  const id = await idOf(house, mika.username);
  const caseId = await caseAbout(house, id);
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const ban = async () => {
    await decide(desk, caseId, { act: 'ban' });
    await say(desk2, caseId, 'confirm', 'yes');
  };
  const suspend = (days: string) => decide(desk, caseId, { act: 'suspend', days });
  return { ...mika, id, caseId, desk, desk2, ban, suspend };
}

async function erase(id: string): Promise<void> {
  const now = house.clock.now();
  await house.stores.sql('UPDATE "User" SET "purgeAt" = $2, "leavingAt" = $2 WHERE "id" = $1', [id, now]);
  await clean(house);
  expect(await house.stores.sql('SELECT FROM "User" WHERE "id" = $1', [id])).toEqual([]);
}

/** What is sent to whoever has an account, and no code. */
async function expectDecoy(who: Visitor, changes = {}): Promise<void> {
  const person = newPerson(changes);
  const before = house.outbox.to(String(person.email)).length;
  const { page } = await who.startSignUp(person);
  expect(page.redirectedTo).toBe('/sign-up/code');
  const since = () => house.outbox.to(String(person.email)).slice(before);
  await eventually(() => since().find(({ text }) => text.includes('already')), 'the message of a decoy');
  expect(since().filter(({ text }) => aCode.test(text))).toEqual([]);
}

async function signals(): Promise<string[]> {
  await clean(house);
  const rows = await house.stores.sql<{ thing: string }>(
    `SELECT "thing" FROM "DeskCase" WHERE "kind" = 'signal'`,
  );
  return rows.map(({ thing }) => thing);
}

describe('a browser that was signed in before the ban, and never since', () => {
  test('joins by no other address, with the account and without it', async () => {
    const mika = await reported();
    const other = visitor(house);
    await other.signIn(mika.username, right);
    await mika.ban();
    // Nothing but the cookie that each had before.
    for (const who of [mika.who, other]) await expectDecoy(browserWith(house, deviceIn(who)));
    await erase(mika.id);
    for (const who of [mika.who, other]) await expectDecoy(browserWith(house, deviceIn(who)));
    expect(await signals()).toContain(`signal:banned:${mika.caseId}`);
  });

  test('may join again once the ban is taken back', async () => {
    const mika = await reported();
    const device = deviceIn(mika.who);
    await decide(mika.desk, mika.caseId, { act: 'ban' });
    await expectDecoy(browserWith(house, device));
    await say(mika.desk2, mika.caseId, 'confirm', 'no');
    const { ann, person, code } = await joining(house, {}, browserWith(house, device));
    await typeCode(ann, code);
    expect(await peopleCalled(house, person.username)).toBe(1);
  });

  test('is known by a password that was set anew, too', async () => {
    const mika = await reported();
    await mika.ban();
    const fresh = visitor(house);
    await forgot(fresh, mika.username);
    const sent = () => house.outbox.to(emailOf(mika.username)).find(({ text }) => aCode.test(text));
    const { text } = await eventually(sent, 'the code');
    await fresh.post('/password/code', { code: aCode.exec(text)![0] });
    const password = 'another-tandem-43';
    const set = await fresh.post('/password/new', { password, passwordConfirmation: password });
    expect(set.redirectedTo).toBe('/login');
    await erase(mika.id);
    await expectDecoy(browserWith(house, deviceIn(fresh)));
  });
});

describe('a sign-up that is under way', () => {
  test('when its person is banned ends like one by a contact that is taken by then, and the desk hears of it', async () => {
    const mika = await reported();
    const { ann, person, code } = await joining(house, {}, browserWith(house, deviceIn(mika.who)));
    const other = await joining(house);
    await mika.ban();
    const back = await typeCode(ann, code);
    expect(await peopleCalled(house, person.username)).toBe(0);
    expect(await signals()).toContain(`signal:banned:${mika.caseId}`);

    await memberOf(house, { email: other.to });
    const taken = await typeCode(other.ann, other.code);
    expect([back.status, back.redirectedTo]).toEqual([taken.status, taken.redirectedTo]);
    const said = async (who: Visitor) => (await who.get('/sign-up')).html.includes('expired');
    expect([await said(ann), await said(other.ann)]).toEqual([true, true]);
  });

  test('ends where the browser has become a banned person’s meanwhile', async () => {
    const mika = await reported();
    await mika.ban();
    const { ann, person, code } = await joining(house);
    ann.cookies.set('device', deviceIn(mika.who));
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect(await peopleCalled(house, person.username)).toBe(0);
  });
});

describe('whoever reads why they are kept out', () => {
  test('joins in that browser by no other address, banned or suspended; the desk hears whose it is', async () => {
    const [mika, bea] = [await reported(), await reported()];
    await mika.ban();
    await bea.suspend('2');
    for (const { username } of [mika, bea]) {
      const who = visitor(house);
      expect((await who.signIn(username, right)).redirectedTo).toBe('/suspended');
      who.cookies.delete('device');
      await expectDecoy(who);
    }
    expect(await signals()).toContain(`signal:barred:${bea.id}`);
    const { html } = await bea.desk.who.get(casePath(await caseAbout(house, bea.id)));
    expect(html).toContain('while they&#39;re kept out');
    expect(html).not.toContain('The case of the ban');
  });

  test('joins after signing out neither, until the suspension is over', async () => {
    const bea = await reported();
    await bea.suspend('2');
    const who = visitor(house);
    await who.signIn(bea.username, right);
    await who.post('/logout');
    house.clock.pass(2 * 86_400_000 - 1);
    await expectDecoy(who);
    house.clock.pass(1);
    const { person, code } = await joining(house, {}, who);
    await typeCode(who, code);
    expect(await peopleCalled(house, person.username)).toBe(1);
  });
});

describe('an address that was given up before the ban', () => {
  test('lets nobody in as long as it could be taken back, nor into an account that exists', async () => {
    const mika = await reported();
    await changeEmail(house, mika.who);
    const ann = await memberOf(house);
    const begun = newEmail();
    const bea = await memberOf(house, { email: begun });
    await changeEmail(house, bea.who);
    await house.outbox.next(begun);
    // Asked for before the ban of whoever had it.
    await house.stores.sql('UPDATE "ContactUndo" SET "userId" = $1 WHERE "oldKey" = $2', [mika.id, begun]);
    await ann.who.get('/settings/contact');
    const code = await codeFor(house, ann.who, begun);
    await mika.ban();

    await expectDecoy(visitor(house), { email: emailOf(mika.username) });
    expect((await typeContactCode(ann.who, code)).redirectedTo).toBe('/settings/contact');
    expect((await ann.who.get('/settings/contact')).html).not.toContain(begun);
    expect(await signals()).toContain(`signal:banned:${mika.caseId}`);
  });

  test('comes back by its link, and takes back neither the ban nor the end of the account', async () => {
    const mika = await reported();
    await changeEmail(house, mika.who);
    const link = await undoIn(house, emailOf(mika.username));
    await mika.ban();
    const who = visitor(house);
    await who.signIn(mika.username, right);
    await who.post('/suspended/delete', { messages: 'erase', currentPassword: right });
    const row = async () =>
      (
        await house.stores.sql<{ email: string; bannedAt: Date; purgeAt: Date }>(
          'SELECT "email", "bannedAt", "purgeAt" FROM "User" WHERE "id" = $1',
          [mika.id],
        )
      )[0]!;
    const before = await row();
    expect(before.purgeAt).not.toBeNull();
    const owner = visitor(house);
    await owner.get(link);
    expect((await owner.post(link)).redirectedTo).toBe('/password/new');
    const password = 'another-tandem-43';
    await owner.post('/password/new', { password, passwordConfirmation: password });
    expect(await row()).toEqual({ ...before, email: emailOf(mika.username) });
    expect((await owner.signIn(mika.username, password)).redirectedTo).toBe('/suspended');
    await erase(mika.id);
    await expectDecoy(visitor(house), { email: emailOf(mika.username) });
  });
});

test('signing in to read why stands in the history, and is told like any other', async () => {
  const mika = await reported();
  await mika.suspend('1');
  const who = visitor(house);
  await who.signIn(mika.username, right);
  expect((await house.outbox.next(emailOf(mika.username))).subject).toContain('new device');
  await who.post('/logout');
  await who.signIn(mika.username, right);
  await clean(house);
  const kinds = await house.stores.sql<{ kind: string }>(
    `SELECT "kind"::text AS "kind" FROM "SecurityEvent" WHERE "userId" = $1 ORDER BY 1`,
    [mika.id],
  );
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'joined',
    'signed_in',
    'signed_in_new_device',
    'signed_out',
  ]);
});
