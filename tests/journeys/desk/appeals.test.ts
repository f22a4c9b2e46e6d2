import { describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { caseAbout, casePath, decide, say, type Staff, staffOf } from '../../support/desk.ts';
import { type Member, memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile();

async function reported() {
  const [mika, ann] = [await memberOf(house), await memberOf(house)];
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: 'Look.' });
  return { mika, caseId: await caseAbout(house, await idOf(house, mika.username)) };
}
async function caseOf(caseId: string) {
  const [row] = await house.stores.sql<{ state: string; heldBy: string | null }>(
    'SELECT "state"::text, "heldBy" FROM "DeskCase" WHERE "id" = $1',
    [caseId],
  );
  return row!;
}
const decisionsOf = (caseId: string) =>
  house.stores.sql<{ id: string; appeal: string; answer: string | null; over: boolean; done: boolean }>(
    `SELECT "id", "appeal", "answer", "overturnedAt" IS NOT NULL AS "over", "carriedOut" AS "done"
     FROM "DeskDecision" WHERE "caseId" = $1 ORDER BY "at", "id"`,
    [caseId],
  );
/** Against what they may appeal against, the newest first. */
async function openTo({ who }: Member): Promise<string[]> {
  const { html } = await who.get('/appeal');
  return [...html.matchAll(/name="decision" value="([^"]+)"/g)].map(([, id]) => id!);
}
const appeal = async (member: Member, text: string, decision?: string) =>
  member.who.post('/appeal', { decision: decision ?? (await openTo(member))[0], text });
const undo = ({ who }: Staff, caseId: string) => who.post(`${casePath(caseId)}/undo`, {});

describe('an appeal within the ten minutes in which a decision can be taken back', () => {
  async function appealedAt(wait: number) {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    house.clock.pass(wait);
    await appeal(mika, 'We were joking.');
    return { desk, desk2, mika, caseId };
  }

  test.each([0, minutes(10) - 1, minutes(10)])(
    'is kept, and somebody else answers it: %i ms',
    async (wait) => {
      const { desk, desk2, mika, caseId } = await appealedAt(wait);
      expect((await caseOf(caseId)).state).toBe('appealed');
      await undo(desk, caseId);
      expect(await decisionsOf(caseId)).toMatchObject([{ appeal: 'We were joking.', over: false }]);
      expect((await caseOf(caseId)).state).toBe('appealed');
      expect((await say(desk, caseId, 'answer', 'no')).status).toBe(409);
      await say(desk2, caseId, 'answer', 'no');
      expect(await decisionsOf(caseId)).toMatchObject([{ over: true }]);
      expect(textOf((await mika.who.get('/appeal')).html)).toContain('Taken back on');
    },
  );

  test('is told to whoever decided, who takes nothing back any more', async () => {
    const { desk, caseId } = await appealedAt(minutes(1));
    await undo(desk, caseId);
    const { html } = await desk.who.get(casePath(caseId));
    expect(textOf(html)).toContain("They've appealed meanwhile, so you can't take it back any more.");
    expect(html).not.toContain('/undo"');
  });

  test('finds nothing where they took it back before', async () => {
    const desk = await staffOf(house);
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    const [decision] = await openTo(mika);
    await undo(desk, caseId);
    await appeal(mika, 'We were joking.', decision);
    expect(textOf((await mika.who.get('/appeal')).html)).toContain('decided nothing about you');
    expect((await caseOf(caseId)).state).toBe('open');
  });

  test('against what holds for now waits until a second moderator has confirmed it', async () => {
    const [desk, desk2, desk3] = [await staffOf(house), await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'ban' });
    await mika.who.signIn(mika.username, 'lantern-tandem-42');
    await appeal(mika, 'We were joking.');
    await undo(desk, caseId);
    expect(await caseOf(caseId)).toMatchObject({ state: 'second' });
    await say(desk2, caseId, 'confirm', 'yes');
    await undo(desk2, caseId);
    await appeal(mika, 'Again.', (await decisionsOf(caseId))[0]!.id);
    expect(await caseOf(caseId)).toMatchObject({ state: 'second' });
    await say(desk2, caseId, 'confirm', 'yes');
    expect(await caseOf(caseId)).toMatchObject({ state: 'appealed' });
    expect(await decisionsOf(caseId)).toMatchObject([{ appeal: 'We were joking.', over: false }]);
    await say(desk3, caseId, 'answer', 'no');
    expect(await decisionsOf(caseId)).toMatchObject([{ over: true, done: true }]);
  });
});
