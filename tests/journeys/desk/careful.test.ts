import { describe, expect, test } from '@jest/globals';
import { clean } from '../../support/cleaning.ts';
import { caseAbout, casePath, confirmed, decide, say, settled, staffOf } from '../../support/desk.ts';
import { give } from '../../support/given-pictures.ts';
import { memberOf, sayHello } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { conversationIdOf, idOf, opaque } from '../../support/relations.ts';
import { rowOf } from '../../support/deletion.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const words = 'You shouted at somebody, twice.';

async function reported(changes = {}, reason = 'insult') {
  const mika = await memberOf(house, changes);
  const ann = await memberOf(house, changes);
  const id = await idOf(house, mika.username);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason, text: 'Look.' });
  return { mika, ann, id, caseId: await caseAbout(house, id) };
}
/** A report that somebody else wrote. */
const anew = (id: string, thing: string) =>
  house.stores.sql(
    `INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
     VALUES (gen_random_uuid(), gen_random_uuid(), 'person', 'x', $1, $2, 'insult', '', FALSE, $3)`,
    [thing, id, house.clock.now()],
  );
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)![1]!;
const warn = { act: 'warn', reason: 'insult', fact: words, days: '', dateOfBirth: '' };
const stateOf = async (caseId: string) =>
  (
    await house.stores.sql<{ state: string }>('SELECT "state"::text FROM "DeskCase" WHERE "id" = $1', [
      caseId,
    ])
  )[0]!.state;

describe('what a moderator wrote is kept, and nothing is decided unread', () => {
  test('where a new report comes in meanwhile, before the first word and before the second', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, id, caseId } = await reported();
    await desk.who.post(`${casePath(caseId)}/take`, {});
    const shown = await desk.who.get(casePath(caseId));
    const bea = await memberOf(house);
    await bea.who.post('/report', {
      about: `person:${mika.username}`,
      reason: 'violent',
      text: 'He will come tomorrow.',
    });
    const late = { ...warn, version: versionIn(shown.html) };
    const refused = await desk.who.post(`${casePath(caseId)}/decide`, late);
    expect(refused.status).toBe(409);
    for (const part of [words, 'He will come tomorrow.', 'Something new has come in'])
      expect(refused.html).toContain(part);
    const [row] = await house.stores.sql<{ reason: string }>(
      'SELECT "reason"::text FROM "DeskCase" WHERE "id" = $1',
      [caseId],
    );
    expect(row!.reason).toBe('violent');
    await desk.who.post(`${casePath(caseId)}/decide`, {
      ...late,
      act: 'ban',
      version: versionIn(refused.html),
    });
    expect(await stateOf(caseId)).toBe('second');

    await desk2.who.post(`${casePath(caseId)}/take`, {});
    const second = await desk2.who.get(casePath(caseId));
    // From before the ban, and only now written down.
    await anew(id, `person:${id}`);
    const confirm = { version: versionIn(second.html), stays: 'yes' };
    expect((await desk2.who.post(`${casePath(caseId)}/confirm`, confirm)).status).toBe(409);
    expect(await stateOf(caseId)).toBe('second');
    expect(
      await house.stores.sql('SELECT FROM "Report" WHERE "personId" = $1 AND "decidedAt" IS NOT NULL', [id]),
    ).toEqual([]);
  });

  test('where the time is over and nobody else came; and shown as lost where somebody did', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const first = await reported();
    await desk.who.post(`${casePath(first.caseId)}/take`, {});
    const version = versionIn((await desk.who.get(casePath(first.caseId))).html);
    house.clock.pass(21 * 60_000);
    await confirmed(desk);
    const late = await desk.who.post(`${casePath(first.caseId)}/decide`, { ...warn, version });
    expect(late.redirectedTo).toBe('/desk');
    expect(await stateOf(first.caseId)).toBe('closed');
    // Pressed twice.
    const again = await desk.who.post(`${casePath(first.caseId)}/decide`, { ...warn, version });
    expect(again.redirectedTo).toBe('/desk');

    const other = await reported();
    await desk.who.post(`${casePath(other.caseId)}/take`, {});
    house.clock.pass(20 * 60_000);
    await confirmed(desk2);
    await desk2.who.post(`${casePath(other.caseId)}/take`, {});
    await confirmed(desk);
    const lost = await desk.who.post(`${casePath(other.caseId)}/decide`, { ...warn, version });
    expect([lost.status, lost.html.includes(words)]).toEqual([409, true]);
    expect(await stateOf(other.caseId)).toBe('open');
  });

  test('where the password is asked for once more, the way leads back to the case', async () => {
    const desk = await staffOf(house);
    const { caseId } = await reported();
    house.clock.pass(16 * 60_000);
    const page = await desk.who.post(`${casePath(caseId)}/take`, {});
    expect(page.redirectedTo).toBe('/settings/confirm');
    const back = await desk.who.post('/settings/confirm', { currentPassword: 'lantern-tandem-42' });
    expect(back.redirectedTo).toBe(casePath(caseId));
  });
});

describe('who may see whom', () => {
  test('nobody reads what they reported themselves', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    await desk.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
    const caseId = await caseAbout(house, await idOf(house, mika.username));
    expect((await desk.who.get(casePath(caseId))).status).toBe(404);
    expect((await desk.who.get('/desk')).html).not.toContain(caseId);
    expect((await desk2.who.get(casePath(caseId))).status).toBe(200);
  });

  test('a visitor names somebody in any of these ways, and a moderator never decides about their own name', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    const { username } = mika;
    const full = username.replace(/[a-z0-9]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0));
    const ways = [`@${username}`, `username: ${username}`, `the one called @${username}.`, full];
    for (const who of [...ways, `@${desk.username}`, `Your moderator ${desk.username} himself`]) {
      const parent = visitor(house);
      await parent.get('/safety/report');
      house.clock.pass(1);
      await parent.post('/safety/report', {
        who,
        reason: 'insult',
        text: `About ${who}`,
        email: 'v@example.com',
      });
    }
    const rows = await house.stores.sql<{ personId: string | null; caseId: string }>(
      `SELECT "personId", "caseId" FROM "Report" WHERE "kind" = 'outside' ORDER BY "at"`,
    );
    const id = await idOf(house, username);
    expect(rows.map(({ personId }) => personId)).toEqual([...ways.map(() => id), desk.id, null]);
    const { caseId } = rows.at(-1)!;
    expect((await desk.who.get(casePath(caseId))).status).toBe(404);
    expect((await desk2.who.get(casePath(caseId))).status).toBe(200);

    // Whoever left an address hears that it was decided, once.
    await decide(desk2, caseId, { act: 'dismiss', fact: '' });
    house.clock.pass(11 * 60_000);
    await clean(house);
    const told = await house.outbox.next('v@example.com');
    expect(told.subject).toContain('decided');
    expect(told.text).not.toContain('/report/sent');
  });
});

test('of two who report each other for one conversation, there is a case about each', async () => {
  const [ann, mika] = [await memberOf(house), await memberOf(house)];
  await sayHello(mika, ann.username, 'Hello you');
  const [annId, mikaId] = [await idOf(house, ann.username), await idOf(house, mika.username)];
  const about = `conversation:${opaque(await conversationIdOf(house, annId, mikaId))}`;
  for (const { who } of [ann, mika]) await who.post('/report', { about, reason: 'insult', text: '' });
  const rows = await house.stores.sql<{ personId: string }>(
    `SELECT "personId" FROM "DeskCase" WHERE "kind" = 'conversation' AND "personId" = ANY($1)`,
    [[annId, mikaId]],
  );
  expect(new Set(rows.map(({ personId }) => personId))).toEqual(new Set([annId, mikaId]));
});

describe('a sealed case', () => {
  test('is only of whoever holds it; its picture is gone everywhere, and its person is kept', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, ann, id } = await (async () => {
      const made = await memberOf(house);
      const madeId = await idOf(house, made.username);
      return { mika: made, ann: await memberOf(house), id: madeId };
    })();
    const { keys } = await give(house, id);
    await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'sexual', text: '' });
    const caseId = await caseAbout(house, id);
    const { html } = await desk.who.get(casePath(caseId));
    const show = /href="(\/desk\/cases\/[^"]+\?picture=([^"#.]+)\.\d+)#/.exec(html)!;
    const picture = `${casePath(caseId)}/pictures/${show[2]}/0`;
    expect((await desk.who.get(picture)).status).toBe(200);
    await desk.who.post(`${casePath(caseId)}/seal`, {});
    expect((await desk.who.get(picture)).status).toBe(200);
    await desk.who.post(`${casePath(caseId)}/take`, {});
    const sealed = await desk.who.post(`${casePath(caseId)}/seal`, {});
    expect(sealed.redirectedTo).toBe(`/desk/children?case=${caseId}`);
    expect((await desk.who.get(picture)).status).toBe(404);
    expect((await ann.who.get(`/media/${keys[0]}`)).status).toBe(404);
    const [held] = await house.stores.sql<{ heldAt: Date | null }>(
      'SELECT "heldAt" FROM "User" WHERE "id" = $1',
      [id],
    );
    expect(held!.heldAt).not.toBeNull();

    // Reported anew: no copy of it is shown there either.
    await decide(desk, caseId, { act: 'warn' });
    house.clock.pass(1000);
    const bea = await memberOf(house);
    await bea.who.post('/report', { about: `person:${mika.username}`, reason: 'sexual', text: '' });
    const anew = await caseAbout(house, id);
    expect(anew).not.toBe(caseId);
    expect((await desk2.who.get(casePath(anew))).html).toContain('sealed by another case');

    const past = house.clock.now();
    await house.stores.sql('UPDATE "User" SET "purgeAt" = $2, "leavingAt" = $2 WHERE "id" = $1', [id, past]);
    house.clock.pass(1000);
    await clean(house);
    expect(await rowOf(house, mika.username)).toBeDefined();
  });
});

describe('an age', () => {
  test('under 13, of the future, or of an adult among minors is no date of birth', async () => {
    const desk = await staffOf(house);
    const { caseId, id } = await reported({ dateOfBirth: '2011-05-05' }, 'minor');
    const year = house.clock.now().getUTCFullYear();
    for (const [dateOfBirth, fault] of [
      [`${year + 1}-01-01`, 'Nobody was born then.'],
      [`${year - 200}-01-01`, 'Nobody was born then.'],
      [`${year - 5}-01-01`, 'is under 13'],
      [`${year - 30}-01-01`, 'would make them 18 or over'],
    ]) {
      const page = await decide(desk, caseId, { act: 'age', dateOfBirth: dateOfBirth! });
      expect([page.status, faultsIn(page.html).dateOfBirth]).toEqual([422, expect.stringContaining(fault!)]);
    }
    const before = await house.stores.sql<{ dateOfBirth: Date }>(
      'SELECT "dateOfBirth" FROM "User" WHERE "id" = $1',
      [id],
    );
    // Older, and still a minor: that holds once somebody else has confirmed it.
    const [older, desk2] = [`${year - 16}-01-01`, await staffOf(house)];
    await decide(desk, caseId, { act: 'age', dateOfBirth: older });
    const now = () =>
      house.stores.sql<{ dateOfBirth: Date }>('SELECT "dateOfBirth" FROM "User" WHERE "id" = $1', [id]);
    expect(await now()).toEqual(before);
    expect((await desk2.who.get(casePath(caseId))).html).toContain(`Born on ${older}`);
    await say(desk2, caseId, 'confirm', 'yes');
    expect((await now())[0]!.dateOfBirth.toISOString()).toContain(older);
  });

  test('under 13: told of the lock and the end, which waits for the answer to an appeal', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported({ dateOfBirth: '2011-05-05' }, 'under-13');
    await decide(desk, caseId, { act: 'age' });
    expect((await desk2.who.get(casePath(caseId))).html).toContain('Under 13: locked');
    await say(desk2, caseId, 'confirm', 'yes');
    await settled(house);
    const { text } = await house.outbox.next(`${mika.username}@example.com`);
    for (const part of ['under 13', 'is deleted on', 'copy of your data']) expect(text).toContain(part);
    await mika.who.signIn(mika.username, 'lantern-tandem-42');
    expect((await house.outbox.next(`${mika.username}@example.com`)).subject).toContain('new device');
    const own = await mika.who.get('/appeal');
    const decision = /name="decision" value="([^"]+)"/.exec(own.html)![1]!;
    await mika.who.post('/appeal', { decision, text: 'I am 15.' });
    house.clock.pass(15 * 86_400_000);
    await clean(house);
    expect(await rowOf(house, mika.username)).toBeDefined();
    const desk3 = await staffOf(house);
    const empty = await (async () => {
      await desk3.who.post(`${casePath(caseId)}/take`, {});
      const version = versionIn((await desk3.who.get(casePath(caseId))).html);
      return desk3.who.post(`${casePath(caseId)}/answer`, { version, stays: 'yes', answer: '' });
    })();
    expect([empty.status, faultsIn(empty.html).answer]).toEqual([
      422,
      'Write why it stays. They have a right to know.',
    ]);
    await say(desk3, caseId, 'answer', 'yes');
    const answeredAt = house.clock.now();
    await settled(house);
    const answer = await house.outbox.next(`${mika.username}@example.com`);
    for (const part of ['It was no joke.', 'out-of-court']) expect(answer.text).toContain(part);
    house.clock.set(new Date(answeredAt.getTime() + 14 * 86_400_000 - 60_000).toISOString());
    await clean(house);
    expect(await rowOf(house, mika.username)).toBeDefined();
    house.clock.pass(120_000);
    await clean(house);
    expect(await rowOf(house, mika.username)).toBeUndefined();
  });
});

test('of two bans the one that is taken back forgets only its own; and a browser they signed in with is known', async () => {
  const [desk, desk2, desk3] = [await staffOf(house), await staffOf(house), await staffOf(house)];
  const { mika, caseId, id } = await reported();
  await decide(desk, caseId, { act: 'ban' });
  await say(desk2, caseId, 'confirm', 'yes');
  await anew(id, 'conversation:x');
  const [other] = await house.stores.sql<{ id: string }>(
    `SELECT "id" FROM "DeskCase" WHERE "personId" = $1 AND "id" <> $2`,
    [id, caseId],
  );
  await decide(desk, other!.id, { act: 'ban' });
  const fresh = visitor(house);
  await fresh.signIn(mika.username, 'lantern-tandem-42');
  await say(desk3, other!.id, 'confirm', 'no');
  const rows = await house.stores.sql<{ caseId: string }>(
    'SELECT "caseId" FROM "BannedTrace" WHERE "caseId" = ANY($1) AND "liftedAt" IS NULL',
    [[caseId, other!.id]],
  );
  // The account, the address, and both browsers.
  expect(rows.map((row) => row.caseId)).toEqual([caseId, caseId, caseId, caseId]);
  const { person } = await fresh.startSignUp();
  const { text } = await house.outbox.next(String(person.email));
  expect(text).not.toMatch(/\b\d{6}\b/);
});

test('whoever works at the desk changes their second step only on the server', async () => {
  const desk = await staffOf(house);
  const page = await desk.who.get('/settings/second-factor');
  expect(page.html).toContain('ask whoever runs the server');
  for (const action of ['remove', 'recovery']) {
    const path = `/settings/second-factor/${action}`;
    expect((await desk.who.get(path)).redirectedTo).toBe('/settings/second-factor');
    await desk.who.post(path, { currentPassword: 'lantern-tandem-42' });
  }
  const kept = await house.stores.sql<{ codes: number }>(
    `SELECT (SELECT count(*)::int FROM "RecoveryCode" c WHERE c."userId" = f."userId" AND c."madeAt" = f."setUpAt") AS "codes"
     FROM "SecondFactor" f WHERE f."userId" = $1`,
    [desk.id],
  );
  expect(kept).toEqual([{ codes: 10 }]);
});
