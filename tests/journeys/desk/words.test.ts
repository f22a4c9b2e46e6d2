import { describe, expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import {
  appealIn,
  caseAbout,
  casePath,
  confirmed,
  decide,
  say,
  settled,
  type Staff,
  staffOf,
  told,
} from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';

const house = await houseOfThisFile();
const password = 'lantern-tandem-42';
const emailOf = (username: string) => `${username}@example.com`;

async function reported(changes = {}) {
  const mika = await memberOf(house, changes);
  const ann = await memberOf(house, changes);
  const id = await idOf(house, mika.username);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: 'Look.' });
  return { mika, ann, id, caseId: await caseAbout(house, id) };
}
const stateOf = async (caseId: string) =>
  (
    await house.stores.sql<{ state: string }>('SELECT "state"::text FROM "DeskCase" WHERE "id" = $1', [
      caseId,
    ])
  )[0]!.state;
const rowOf = async (id: string) =>
  (
    await house.stores.sql<{ bannedAt: Date | null; purgeAt: Date | null; bio: string }>(
      'SELECT "bannedAt", "purgeAt", "bio" FROM "User" WHERE "id" = $1',
      [id],
    )
  )[0]!;
/** Of what people at the desk decided, beside what they always get. */
const toldOf = (username: string) =>
  house.outbox.to(emailOf(username)).filter(({ subject }) => /decided|decision/.test(subject ?? ''));
const undo = ({ who }: Pick<Staff, 'who'>, caseId: string) => who.post(`${casePath(caseId)}/undo`, {});

async function appealed({ mika }: Awaited<ReturnType<typeof reported>>) {
  await mika.who.signIn(mika.username, password);
  const decision = /name="decision" value="([^"]+)"/.exec((await mika.who.get('/appeal')).html)![1]!;
  await mika.who.post('/appeal', { decision, text: 'We were joking.' });
}

describe('a second word is taken back', () => {
  test('for ten minutes, by whoever gave it and nobody else; and nobody has heard of it', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, ann, caseId, id } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    house.clock.pass(minutes(1));
    await say(desk2, caseId, 'confirm', 'yes');
    house.clock.pass(minutes(10) - 1);
    for (const one of [desk, desk2]) await confirmed(one);
    expect((await desk.who.get(casePath(caseId))).html).not.toContain(`${casePath(caseId)}/undo`);
    await undo(desk, caseId);
    expect(await stateOf(caseId)).toBe('closed');
    expect((await desk2.who.get(casePath(caseId))).html).toContain('Take back what I said');
    await undo(desk2, caseId);
    expect([await stateOf(caseId), (await rowOf(id)).bannedAt !== null]).toEqual(['second', true]);
    // What holds for now they are told in its time; the reporter hears nothing before it is decided.
    await settled(house, desk2);
    expect(toldOf(mika.username)[0]!.text).toContain('a second person still looks');
    expect(toldOf(ann.username)).toEqual([]);
    await say(desk2, caseId, 'confirm', 'no');
    await settled(house);
    expect([await stateOf(caseId), (await rowOf(id)).bannedAt]).toEqual(['open', null]);
  });

  test('and not a moment later', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    await say(desk2, caseId, 'confirm', 'yes');
    house.clock.pass(minutes(10));
    await confirmed(desk2);
    await undo(desk2, caseId);
    expect(await stateOf(caseId)).toBe('closed');
    await told(house);
    expect(toldOf(mika.username)).toHaveLength(1);
  });

  test('where it was a no: what had been decided holds again, and is told', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId, id } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    house.clock.pass(minutes(9));
    for (const one of [desk, desk2]) await confirmed(one);
    await say(desk2, caseId, 'confirm', 'no');
    house.clock.pass(minutes(9));
    await told(house);
    await confirmed(desk2);
    await undo(desk2, caseId);
    expect([await stateOf(caseId), (await rowOf(id)).bannedAt !== null]).toEqual(['second', true]);
    expect((await mika.who.signIn(mika.username, password)).redirectedTo).toBe('/suspended');
    const kept = await house.stores.sql('SELECT FROM "BannedTrace" WHERE "caseId" = $1', [caseId]);
    expect(kept.length).toBeGreaterThan(0);
    await told(house);
    expect(toldOf(mika.username)).toHaveLength(1);
  });

  test('with the end of an account of somebody under 13', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { caseId, id } = await reported({ dateOfBirth: '2010-03-01' });
    await decide(desk, caseId, { act: 'age' });
    house.clock.pass(1000);
    await say(desk2, caseId, 'confirm', 'yes');
    expect((await rowOf(id)).purgeAt).not.toBeNull();
    await undo(desk2, caseId);
    const { purgeAt, bannedAt } = await rowOf(id);
    expect([purgeAt, bannedAt === null]).toEqual([null, false]);
  });

  test('not once the person has appealed since, or more was decided', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const one = await reported();
    await decide(desk, one.caseId, { act: 'ban' });
    await say(desk2, one.caseId, 'confirm', 'yes');
    house.clock.pass(1000);
    await appealed(one);
    await undo(desk2, one.caseId);
    expect(await stateOf(one.caseId)).toBe('appealed');

    const other = await reported({ dateOfBirth: '2010-03-01' });
    await decide(desk, other.caseId, { act: 'warn' });
    await say(desk2, other.caseId, 'confirm', 'yes');
    house.clock.pass(1000);
    await decide(desk, other.caseId, { act: 'limit' });
    expect(await stateOf(other.caseId)).toBe('second');
    await undo(desk2, other.caseId);
    await undo(desk, other.caseId);
    expect(await stateOf(other.caseId)).toBe('closed');
  });
});

describe('the answer to an appeal is taken back', () => {
  test.each(['yes', 'no'] as const)(
    'where it was a %s; another is given, and that alone is told',
    async (stays) => {
      const [desk, desk2] = [await staffOf(house), await staffOf(house)];
      const { mika, caseId, id, ann } = await reported();
      await house.stores.sql(`UPDATE "User" SET "bio" = 'Call me' WHERE "id" = $1`, [id]);
      await decide(desk, caseId, { act: 'remove' });
      await settled(house, desk2);
      await appealed({ mika, ann, id, caseId });
      const before = toldOf(mika.username).length;
      await say(desk2, caseId, 'answer', stays);
      expect([await stateOf(caseId), (await rowOf(id)).bio]).toEqual([
        'closed',
        stays === 'yes' ? '' : 'Call me',
      ]);
      house.clock.pass(minutes(10) - 1);
      await told(house);
      await confirmed(desk2);
      await undo(desk2, caseId);
      expect([await stateOf(caseId), (await rowOf(id)).bio]).toEqual(['appealed', '']);
      expect((await mika.who.get('/appeal')).html).toContain('Somebody else looks at it');
      await say(desk2, caseId, 'answer', stays === 'yes' ? 'no' : 'yes');
      await settled(house);
      const letters = toldOf(mika.username).slice(before);
      expect(letters.map(({ text }) => text.includes('no longer holds'))).toEqual([stays === 'yes']);
      house.clock.pass(hours(1));
      await told(house);
      expect(toldOf(mika.username)).toHaveLength(before + 1);
    },
  );

  test('where it gave right, the person reads why, and nothing of a court', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const one = await reported();
    await decide(desk, one.caseId, { act: 'warn' });
    await settled(house, desk2);
    await appealed(one);
    await desk2.who.post(`${casePath(one.caseId)}/take`, {});
    const { html } = await desk2.who.get(casePath(one.caseId));
    const said = { ...appealIn(html), stays: 'no', answer: 'You were joking.' };
    await desk2.who.post(`${casePath(one.caseId)}/answer`, said);
    const own = (await one.mika.who.get('/appeal')).html;
    for (const words of ['You were joking.', 'taken back:']) expect(own).toContain(words);
    for (const words of ['Why it stays', 'to a court']) expect(own).not.toContain(words);
  });
});
