import { describe, expect, test } from '@jest/globals';
import { clean } from '../../support/cleaning.ts';
import { caseAbout, casePath, confirmed, decide, say, settled, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { makePartners } from '../../support/pairs.ts';
import { idOf } from '../../support/relations.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const password = 'lantern-tandem-42';
const emailOf = (username: string) => `${username}@example.com`;

async function reported(changes = {}, reason = 'insult') {
  const mika = await memberOf(house, changes);
  const ann = await memberOf(house, changes);
  const id = await idOf(house, mika.username);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason, text: 'Look.' });
  return { mika, ann, id, caseId: await caseAbout(house, id) };
}

const rowOf = async (id: string) =>
  (
    await house.stores.sql<{
      bannedAt: Date | null;
      suspendedUntil: Date | null;
      purgeAt: Date | null;
      dateOfBirth: Date;
    }>('SELECT "bannedAt", "suspendedUntil", "purgeAt", "dateOfBirth" FROM "User" WHERE "id" = $1', [id])
  )[0];
const stateOf = async (caseId: string) =>
  (
    await house.stores.sql<{ state: string }>('SELECT "state"::text FROM "DeskCase" WHERE "id" = $1', [
      caseId,
    ])
  )[0]!.state;

describe('a ban', () => {
  test('holds at once, is confirmed by somebody else, appealed, and answered by a third', async () => {
    const [desk, desk2, desk3] = [await staffOf(house), await staffOf(house), await staffOf(house)];
    const { mika, ann, id, caseId } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    expect(await stateOf(caseId)).toBe('second');
    expect((await rowOf(id))!.bannedAt).not.toBeNull();
    expect((await ann.who.get(`/people/${mika.username}`)).status).toBe(404);
    expect((await mika.who.get('/profile')).redirectedTo).toMatch(/^\/login/);
    expect((await mika.who.signIn(mika.username, password)).redirectedTo).toBe('/suspended');
    expect((await house.outbox.next(emailOf(mika.username))).subject).toContain('new device');
    const why = await mika.who.get('/suspended');
    expect(why.html).toContain('You insulted somebody.');
    expect(why.html).toContain('second person');
    expect((await mika.who.get('/profile')).redirectedTo).toMatch(/^\/login/);
    const ofApi = '/api/v1/settings/account';
    expect((await mika.who.get(ofApi)).status).toBe(401);

    // Not by the same, and by no member.
    await say(desk, caseId, 'confirm', 'yes');
    expect(await stateOf(caseId)).toBe('second');
    await say(desk2, caseId, 'confirm', 'yes');
    expect(await stateOf(caseId)).toBe('closed');
    await settled(house, desk, desk2, desk3);
    const { text } = await house.outbox.next(emailOf(mika.username));
    for (const part of [
      'You insulted somebody.',
      'No insults and no threats.',
      'Somebody reported it.',
      'no program',
      '/appeal',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain(ann.username);

    const page = await mika.who.get('/appeal');
    const decision = /name="decision" value="([^"]+)"/.exec(page.html)![1]!;
    expect((await mika.who.post('/appeal', { decision, text: '' })).status).toBe(422);
    await mika.who.post('/appeal', { decision, text: 'We were joking.' });
    expect(await stateOf(caseId)).toBe('appealed');
    for (const staff of [desk, desk2]) {
      await say(staff, caseId, 'answer', 'no');
      expect(await stateOf(caseId)).toBe('appealed');
    }
    await say(desk3, caseId, 'answer', 'no');
    expect((await rowOf(id))!.bannedAt).toBeNull();
    await settled(house);
    expect((await house.outbox.next(emailOf(mika.username))).text).toContain('no longer holds');
    expect((await mika.who.get('/suspended')).redirectedTo).toBe('/login');
    expect((await mika.who.signIn(mika.username, password)).redirectedTo).toBe('/people');
    // One appeal a decision.
    await mika.who.post('/appeal', { decision, text: 'Again.' });
    expect(await stateOf(caseId)).toBe('closed');
  });

  test('that a second moderator does not share is open again', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, id, caseId } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    await say(desk2, caseId, 'confirm', 'no');
    expect([await stateOf(caseId), (await rowOf(id))!.bannedAt]).toEqual(['open', null]);
    expect((await mika.who.signIn(mika.username, password)).redirectedTo).toBe('/people');
    house.clock.pass(11 * 60_000);
    await clean(house);
    const told = house.outbox.to(emailOf(mika.username)).map(({ subject }) => subject ?? '');
    expect(told.filter((subject) => !subject.includes('new device'))).toEqual([]);
    house.clock.pass(60 * 60_000);
    await clean(house);
    expect(await house.stores.sql('SELECT FROM "BannedTrace" WHERE "caseId" = $1', [caseId])).toEqual([]);
  });

  test('keeps its person from joining anew by the same address or device, and the desk hears of it', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    await say(desk2, caseId, 'confirm', 'yes');
    // Their device is known from the day they came with the right password.
    await mika.who.signIn(mika.username, password);
    await house.stores.sql('UPDATE "User" SET "purgeAt" = $2, "leavingAt" = $2 WHERE "usernameKey" = $1', [
      mika.username,
      house.clock.now(),
    ]);
    await clean(house);
    expect(await house.stores.sql('SELECT FROM "User" WHERE "usernameKey" = $1', [mika.username])).toEqual(
      [],
    );

    const before = house.outbox.messages.length;
    const again = visitor(house);
    const { page } = await again.startSignUp({ email: emailOf(mika.username) });
    expect(page.redirectedTo).toBe('/sign-up/code');
    const onDevice = await mika.who.startSignUp();
    expect(onDevice.page.redirectedTo).toBe('/sign-up/code');
    const other = await visitor(house).startSignUp();
    await house.outbox.nextCode(String(other.person.email));
    await house.outbox.next(String(onDevice.person.email));
    for (const { text } of house.outbox.messages.slice(before).filter(({ to }) => to !== other.person.email))
      expect(text).not.toMatch(/\b\d{6}\b/);
    await clean(house);
    const cases = await house.stores.sql<{ thing: string }>(
      `SELECT "thing" FROM "DeskCase" WHERE "kind" = 'signal'`,
    );
    expect(cases.map(({ thing }) => thing)).toContain(`signal:banned:${caseId}`);
    const kept = JSON.stringify(await house.stores.sql('SELECT * FROM "BannedTrace"'));
    expect(kept).not.toContain(mika.username);

    house.clock.pass(366 * 86_400_000);
    await clean(house);
    expect(await house.stores.sql('SELECT FROM "BannedTrace" WHERE "caseId" = $1', [caseId])).toEqual([]);
  });
});

test('a suspension ends by itself, to the millisecond', async () => {
  const desk = await staffOf(house);
  const { mika, id, caseId } = await reported();
  await decide(desk, caseId, { act: 'suspend', days: '2' });
  const until = (await rowOf(id))!.suspendedUntil!;
  expect(until.getTime()).toBe(house.clock.now().getTime() + 2 * 86_400_000);
  house.clock.set(new Date(until.getTime() - 1).toISOString());
  expect((await visitor(house).signIn(mika.username, password)).redirectedTo).toBe('/suspended');
  house.clock.set(until.toISOString());
  expect((await visitor(house).signIn(mika.username, password)).redirectedTo).toBe('/people');
});

describe('what concerns a minor', () => {
  test('holds for now, whatever it is, until a second moderator has looked', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { id, caseId } = await reported({ dateOfBirth: '2010-03-01' });
    await decide(desk, caseId, { act: 'suspend', days: '3' });
    expect([await stateOf(caseId), (await rowOf(id))!.suspendedUntil !== null]).toEqual(['second', true]);
    await say(desk2, caseId, 'confirm', 'yes');
    expect(await stateOf(caseId)).toBe('closed');
  });

  test('under 13: locked, told, and erased fourteen days after the second word, without a way back', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, id, caseId } = await reported({ dateOfBirth: '2010-03-01' }, 'under-13');
    await decide(desk, caseId, { act: 'age', reason: 'under-13', fact: 'You wrote that you are eleven.' });
    expect((await rowOf(id))!.purgeAt).toBeNull();
    expect((await mika.who.signIn(mika.username, password)).redirectedTo).toBe('/suspended');
    expect((await house.outbox.next(emailOf(mika.username))).subject).toContain('new device');
    await say(desk2, caseId, 'confirm', 'yes');
    const { purgeAt } = (await rowOf(id))!;
    expect(purgeAt!.getTime()).toBe(house.clock.now().getTime() + 14 * 86_400_000);
    await settled(house);
    expect((await house.outbox.next(emailOf(mika.username))).text).toContain('eleven');
    await mika.who.signIn(mika.username, password);
    expect((await rowOf(id))!.purgeAt).toEqual(purgeAt);
    house.clock.set(new Date(purgeAt!.getTime() - 1).toISOString());
    await clean(house);
    expect(await rowOf(id)).toBeDefined();
    house.clock.pass(1);
    await clean(house);
    expect(await rowOf(id)).toBeUndefined();
  });

  test('another date of birth counts once, and goes back with a decision that is taken back', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { id, caseId } = await reported();
    await decide(desk, caseId, { act: 'age', dateOfBirth: '2009-06-01' });
    expect((await rowOf(id))!.dateOfBirth.toISOString()).toContain('2009-06-01');
    await say(desk2, caseId, 'confirm', 'no');
    expect((await rowOf(id))!.dateOfBirth.toISOString()).toContain('1995-05-15');
    await decide(desk, caseId, { act: 'age', dateOfBirth: '2009-06-01' });
    await say(desk2, caseId, 'confirm', 'yes');
    house.clock.pass(1000);
    const ann = await memberOf(house, { dateOfBirth: '2009-07-01' });
    await ann.who.post('/report', {
      about: `person:${(await house.stores.sql<{ username: string }>('SELECT "username" FROM "User" WHERE "id" = $1', [id]))[0]!.username}`,
      reason: 'minor',
      text: '',
    });
    const second = await caseAbout(house, id);
    expect(second).not.toBe(caseId);
    const page = await decide(desk, second, { act: 'age', dateOfBirth: '2008-06-01' });
    expect([page.status, faultsIn(page.html).act]).toEqual([
      409,
      expect.stringContaining('changes only once'),
    ]);
    expect((await rowOf(id))!.dateOfBirth.toISOString()).toContain('2009-06-01');
  });
});

test('of an adult who lied, the young people who accepted them are told where to get help, and nobody else', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const young = { dateOfBirth: '2010-03-01' };
  const { mika, id, caseId } = await reported(young, 'minor');
  const [bea, cleo, grown] = [
    await memberOf(house, young),
    await memberOf(house, young),
    await memberOf(house),
  ];
  for (const { username } of [bea, grown])
    await makePartners(house.stores, id, await idOf(house, username), house.clock.now());
  await decide(desk, caseId, { act: 'ban', reason: 'minor', fact: 'You said that you are 34.' });
  await say(desk2, caseId, 'confirm', 'yes');
  await settled(house);
  const help = await house.outbox.next(emailOf(bea.username));
  expect(help.text).toContain('/safety');
  expect(help.text).not.toContain(mika.username);
  house.clock.pass(11 * 60_000);
  await clean(house);
  for (const { username } of [cleo, grown]) expect(house.outbox.to(emailOf(username))).toEqual([]);
  expect(house.outbox.to(emailOf(bea.username))).toHaveLength(1);
});

describe('within ten minutes', () => {
  test('whoever decided takes it back, and nobody hears of it', async () => {
    const desk = await staffOf(house);
    const { mika, ann, caseId } = await reported();
    await house.outbox.next(emailOf(ann.username));
    await decide(desk, caseId, { act: 'warn' });
    house.clock.pass(10 * 60_000 - 1);
    await confirmed(desk);
    await desk.who.post(`${casePath(caseId)}/undo`, {});
    expect(await stateOf(caseId)).toBe('open');
    house.clock.pass(60 * 60_000);
    await clean(house);
    expect(house.outbox.to(emailOf(mika.username))).toEqual([]);
    expect(house.outbox.to(emailOf(ann.username))).toHaveLength(1);
  });

  test('and not a moment later: then both sides are told', async () => {
    const desk = await staffOf(house);
    const { mika, ann, caseId } = await reported();
    await house.outbox.next(emailOf(ann.username));
    await decide(desk, caseId, { act: 'warn' });
    house.clock.pass(10 * 60_000);
    await confirmed(desk);
    await desk.who.post(`${casePath(caseId)}/undo`, {});
    expect(await stateOf(caseId)).toBe('closed');
    await clean(house);
    expect((await house.outbox.next(emailOf(mika.username))).text).toContain('This is a warning.');
    expect((await house.outbox.next(emailOf(ann.username))).subject).toContain('report');
  });
});

test('whoever has a number only is told by text that there is something to read, in one part', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const mobile = '+4915123456789';
  const mika = visitor(house);
  const { username } = await mika.signUp({ channel: 'mobile', email: '', mobile });
  const ann = await memberOf(house);
  await ann.who.post('/report', { about: `person:${username}`, reason: 'insult', text: '' });
  const caseId = await caseAbout(house, await idOf(house, username));
  await decide(desk, caseId, { act: 'ban' });
  await say(desk2, caseId, 'confirm', 'yes');
  await settled(house);
  const { text, channel } = await house.outbox.next(mobile);
  expect([channel, text.length <= 160]).toEqual(['sms', true]);
  expect(text).toContain('/login');
  expect(text).not.toContain('insulted');
});

test('an appeal comes in time for six months, and not a day later', async () => {
  const desk = await staffOf(house);
  for (const [wait, expected] of [
    [184 * 86_400_000 - 1, 'appealed'],
    [184 * 86_400_000, 'closed'],
  ] as const) {
    const { mika, caseId } = await reported();
    await confirmed(desk);
    await decide(desk, caseId, { act: 'warn' });
    const [{ id: decision }] = (await house.stores.sql<{ id: string }>(
      'SELECT "id" FROM "DeskDecision" WHERE "caseId" = $1',
      [caseId],
    )) as [{ id: string }];
    const before = house.clock.now();
    house.clock.pass(wait);
    const later = visitor(house);
    await later.signIn(mika.username, password);
    await later.post('/appeal', { decision, text: 'No.' });
    expect(await stateOf(caseId)).toBe(expected);
    house.clock.set(before.toISOString());
  }
});
