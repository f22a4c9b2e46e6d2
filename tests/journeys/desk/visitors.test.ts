import { describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { casePath, confirmed, decide, settled, type Staff, staffOf, told } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
let reports = 0;

/** What a visitor wrote; answers its case. */
async function fromOutside({ email = '', whom = '' } = {}): Promise<string> {
  const parent = visitor(house);
  await parent.get('/safety/report');
  house.clock.pass(1);
  await parent.post('/safety/report', {
    who: whom || `Somebody with a red hat ${++reports}`,
    reason: 'insult',
    text: 'Look.',
    email,
  });
  const rows = await house.stores.sql<{ caseId: string }>(
    `SELECT "caseId" FROM "Report" WHERE "kind" = 'outside' ORDER BY "at" DESC LIMIT 1`,
  );
  return rows[0]!.caseId;
}
async function name({ who }: Pick<Staff, 'who'>, caseId: string, username: string) {
  await who.post(`${casePath(caseId)}/take`, {});
  await who.get(casePath(caseId));
  return who.post(`${casePath(caseId)}/name`, { username });
}
const caseOf = async (caseId: string) =>
  (
    await house.stores.sql<{ state: string; personId: string | null; involvesMinor: boolean }>(
      'SELECT "state"::text, "personId", "involvesMinor" FROM "DeskCase" WHERE "id" = $1',
      [caseId],
    )
  )[0]!;

describe('whom a visitor reported', () => {
  test('a moderator says; the case is about them from then on, with what they show', async () => {
    const desk = await staffOf(house);
    const [mika, other] = [await memberOf(house, { dateOfBirth: '2010-03-01' }), await memberOf(house)];
    const id = await idOf(house, mika.username);
    await house.stores.sql(`UPDATE "User" SET "bio" = 'Buy my hat' WHERE "id" = $1`, [id]);
    const caseId = await fromOutside();
    await told(house);
    for (const nobody of ['', 'nobody_is_called_so', desk.username]) {
      const page = await name(desk, caseId, nobody);
      expect([page.status, faultsIn(page.html).username]).toEqual([422, 'Nobody else is called so here.']);
    }
    expect((await name(desk, caseId, `@${mika.username.toUpperCase()}`)).redirectedTo).toBe(casePath(caseId));
    await eventually(
      async () => (await desk.who.get(casePath(caseId))).html.includes('Buy my hat'),
      'their evidence',
    );
    const { html } = await desk.who.get(casePath(caseId));
    expect(html).not.toContain('value="unable"');
    expect(html).not.toContain('Say who it is');
    expect((await name(desk, caseId, other.username)).status).toBe(409);
    expect(await caseOf(caseId)).toEqual({ state: 'open', personId: id, involvesMinor: true });
    const acts = await house.stores.sql<{ personId: string }>(
      `SELECT "personId" FROM "DeskAudit" WHERE "act" = 'name-person' AND "staffId" = $1 ORDER BY "writtenAt"`,
      [desk.id],
    );
    expect(acts.map(({ personId }) => personId)).toEqual([id]);
  });

  test('is said of no case that somebody here reported, nor by whoever does not hold it', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const [mika, ann, eve] = [await memberOf(house), await memberOf(house), await memberOf(house)];
    await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
    const [row] = await house.stores.sql<{ id: string }>(
      `SELECT "id" FROM "DeskCase" WHERE "kind" = 'person' ORDER BY "openedAt" DESC`,
    );
    expect((await name(desk, row!.id, eve.username)).status).toBe(409);
    const caseId = await fromOutside();
    await desk.who.post(`${casePath(caseId)}/take`, {});
    expect((await name(desk2, caseId, eve.username)).status).toBe(409);
    expect((await caseOf(caseId)).personId).toBeNull();
  });
});

describe('whom the site knew by the visitor’s words', () => {
  test('is not named anew: the first evidence stays', async () => {
    const desk = await staffOf(house);
    const [mika, other] = [await memberOf(house), await memberOf(house)];
    const id = await idOf(house, mika.username);
    const bio = (text: string) =>
      house.stores.sql(`UPDATE "User" SET "bio" = $2 WHERE "id" = $1`, [id, text]);
    await bio('Buy my hat');
    const caseId = await fromOutside({ whom: `@${mika.username}` });
    await told(house);
    await bio('Nothing to see');
    expect((await name(desk, caseId, mika.username)).status).toBe(409);
    await desk.who.post(`${casePath(caseId)}/seal`, {});
    expect((await name(desk, caseId, other.username)).status).toBe(409);
    expect((await caseOf(caseId)).personId).toBe(id);
    const { html } = await desk.who.get(casePath(caseId));
    expect([html.includes('Buy my hat'), html.includes('Nothing to see')]).toEqual([true, false]);
  });

  test('is named neither in a case that was sealed first, nor where they work at the desk', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const mika = await memberOf(house);
    const caseId = await fromOutside();
    const page = await name(desk, caseId, desk2.username);
    expect([page.status, faultsIn(page.html).username]).toEqual([422, expect.stringContaining('server')]);
    await desk.who.post(`${casePath(caseId)}/seal`, {});
    expect((await name(desk, caseId, mika.username)).status).toBe(409);
    expect((await caseOf(caseId)).personId).toBeNull();
  });
});

describe('a report of nobody who is here', () => {
  test('ends as something we can do nothing about', async () => {
    const desk = await staffOf(house);
    const caseId = await fromOutside({ email: 'one@example.com' });
    await decide(desk, caseId, { act: 'unable', fact: '' });
    expect((await caseOf(caseId)).state).toBe('closed');
    await settled(house, desk);
    expect((await desk.who.get(casePath(caseId))).html).toContain('Nothing we can do');
    expect(house.outbox.to('one@example.com').map(({ subject }) => subject)).toEqual([
      expect.stringContaining('decided'),
    ]);
  });

  test('or with help: one email to the address that was left, after ten minutes', async () => {
    const desk = await staffOf(house);
    const caseId = await fromOutside({ email: 'two@example.com' });
    await decide(desk, caseId, { act: 'help', fact: '' });
    await told(house);
    expect(house.outbox.to('two@example.com')).toEqual([]);
    await desk.who.post(`${casePath(caseId)}/undo`, {});
    expect((await caseOf(caseId)).state).toBe('open');
    await settled(house, desk);
    expect(house.outbox.to('two@example.com')).toEqual([]);
    await decide(desk, caseId, { act: 'help', fact: '' });
    for (let n = 0; n < 2; n++) await settled(house);
    const letters = house.outbox.to('two@example.com').map(({ text }) => text);
    expect(letters).toEqual([expect.stringContaining('/safety')]);
    expect(letters[0]).not.toContain('red hat');
  });

  test('and no help goes where no address was left, or against somebody who is here', async () => {
    const desk = await staffOf(house);
    const caseId = await fromOutside();
    expect((await desk.who.get(casePath(caseId))).html).not.toContain('value="help"');
    expect((await decide(desk, caseId, { act: 'help', fact: '' })).status).toBe(409);
    const other = await fromOutside({ email: 'three@example.com' });
    await name(desk, other, (await memberOf(house)).username);
    for (const act of ['help', 'unable'])
      expect((await decide(desk, other, { act, fact: '' })).status).toBe(409);
  });
});

test('what somebody shows whom a visitor reported, or the site noticed, is taken down as in any other case', async () => {
  const desk = await staffOf(house);
  const mika = await memberOf(house);
  const id = await idOf(house, mika.username);
  const outside = await fromOutside({ whom: `@${mika.username}` });
  const signal = async () =>
    (
      await house.stores.sql<{ caseId: string }>(
        `INSERT INTO "Report" ("id", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at")
         VALUES (gen_random_uuid(), 'signal', 'signal:minors', 'signal:minors:' || $2::uuid, $2::uuid, 'minor', '', FALSE, $1) RETURNING "caseId"`,
        [house.clock.now(), id],
      )
    )[0]!.caseId;
  const bio = async () =>
    (await house.stores.sql<{ bio: string }>('SELECT "bio" FROM "User" WHERE "id" = $1', [id]))[0]!.bio;
  for (const caseId of [outside, await signal()]) {
    await house.stores.sql(`UPDATE "User" SET "bio" = 'Buy my hat' WHERE "id" = $1`, [id]);
    await desk.who.post(`${casePath(caseId)}/take`, {});
    expect((await desk.who.get(casePath(caseId))).html).toContain('The words and pictures of their profile');
    await decide(desk, caseId, { act: 'remove' });
    expect(await bio()).toBe('');
    await desk.who.post(`${casePath(caseId)}/undo`, {});
    expect(await bio()).toBe('Buy my hat');
  }
});

test('whoever came back after a ban is named, or ends as nothing we can do', async () => {
  const desk = await staffOf(house);
  const mika = await memberOf(house);
  const ids: string[] = [];
  for (let n = 0; n < 2; n++) {
    const [row] = await house.stores.sql<{ caseId: string }>(
      `INSERT INTO "Report" ("id", "kind", "about", "thing", "reason", "text", "involvesMinor", "at")
       VALUES (gen_random_uuid(), 'signal', 'signal:banned', 'signal:banned:' || gen_random_uuid(), 'other', '', FALSE, $1) RETURNING "caseId"`,
      [house.clock.now()],
    );
    ids.push(row!.caseId);
  }
  await confirmed(desk);
  expect((await name(desk, ids[0]!, mika.username)).redirectedTo).toBe(casePath(ids[0]!));
  await decide(desk, ids[0]!, { act: 'ban' });
  await decide(desk, ids[1]!, { act: 'unable', fact: '' });
  expect([(await caseOf(ids[0]!)).state, (await caseOf(ids[1]!)).state]).toEqual(['second', 'closed']);
});
