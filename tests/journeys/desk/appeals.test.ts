import { describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import {
  appealIn,
  caseAbout,
  casePath,
  decide,
  say,
  settled,
  type Staff,
  staffOf,
} from '../../support/desk.ts';
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

describe('of two appeals in one case', () => {
  /** Against a decision of one moderator and another of a second one. */
  async function twice() {
    const [desk, desk2, desk3] = [await staffOf(house), await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    await settled(house, desk2);
    await decide(desk2, caseId, { act: 'remove', fact: 'You went on.' });
    await settled(house, desk, desk2, desk3);
    const [second, first] = await openTo(mika);
    await appeal(mika, 'No to the first.', first);
    house.clock.pass(1000);
    await appeal(mika, 'No to the second.', second);
    return { desk, desk2, desk3, mika, caseId, first: first!, second: second! };
  }
  const subjectsTo = ({ username }: Member) =>
    house.outbox.to(`${username}@example.com`).map(({ subject }) => subject ?? '');

  test('each has an answer of its own, which is followed at once', async () => {
    const { desk3, mika, caseId } = await twice();
    const left = await say(desk3, caseId, 'answer', 'no');
    expect(left.redirectedTo).toBe(casePath(caseId));
    const next = textOf((await desk3.who.get(casePath(caseId))).html);
    expect(next).toContain('Another appeal waits in this case: here it is.');
    expect(await decisionsOf(caseId)).toMatchObject([
      { over: true, done: true, answer: null },
      { over: false, done: true, answer: null },
    ]);
    expect(await caseOf(caseId)).toEqual({ state: 'appealed', heldBy: desk3.id });
    expect((await say(desk3, caseId, 'answer', 'yes')).redirectedTo).toBe('/desk');
    expect(await decisionsOf(caseId)).toMatchObject([
      { over: true, answer: null },
      { over: false, answer: 'It was no joke.' },
    ]);
    expect(await caseOf(caseId)).toEqual({ state: 'closed', heldBy: null });
    await settled(house);
    const told = subjectsTo(mika);
    for (const words of ["we've taken a decision back", 'our decision stays'])
      expect(told.filter((subject) => subject.includes(words))).toHaveLength(1);
  });

  test('the page shows the first, says that there are two, and answers no other than it shows', async () => {
    const { desk3, caseId, first, second } = await twice();
    await desk3.who.post(`${casePath(caseId)}/take`, {});
    const { html } = await desk3.who.get(casePath(caseId));
    expect(textOf(html)).toContain('2 appeals wait in this case.');
    const shown = appealIn(html);
    expect(shown.decision).toBe(first);
    const answered = { ...shown, stays: 'yes', answer: 'It was no joke.' };
    for (const decision of ['', 'x', caseId])
      expect((await desk3.who.post(`${casePath(caseId)}/answer`, { ...answered, decision })).status).toBe(
        409,
      );
    await desk3.who.post(`${casePath(caseId)}/answer`, answered);
    // Pressed twice, it answers the second one not at all.
    const again = await desk3.who.post(`${casePath(caseId)}/answer`, answered);
    expect(again.redirectedTo).toBe(casePath(caseId));
    const { html: next } = await desk3.who.get(casePath(caseId));
    expect(appealIn(next).decision).toBe(second);
    expect(textOf(next)).not.toContain('appeals wait in this case.');
    expect((await decisionsOf(caseId)).map(({ answer }) => answer)).toEqual(['It was no joke.', null]);
  });

  test('an answer is taken back alone', async () => {
    const { desk3, caseId } = await twice();
    await say(desk3, caseId, 'answer', 'yes');
    house.clock.pass(1000);
    await say(desk3, caseId, 'answer', 'no');
    await undo(desk3, caseId);
    expect(await decisionsOf(caseId)).toMatchObject([
      { over: false, answer: 'It was no joke.' },
      { over: false, answer: null },
    ]);
    expect((await caseOf(caseId)).state).toBe('appealed');
  });
});

describe('the letter about a decision that comes after the appeal', () => {
  const statementTo = ({ username }: Member) =>
    house.outbox
      .to(`${username}@example.com`)
      .find(({ subject }) => subject?.includes("we've decided something about your account"));

  async function appealed() {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    house.clock.pass(minutes(1));
    await appeal(mika, 'We were joking.');
    expect(statementTo(mika)).toBeUndefined();
    return { desk2, mika, caseId };
  }

  test('says that it waits, and promises no other', async () => {
    const { mika } = await appealed();
    await settled(house);
    const { text, html } = statementTo(mika)!;
    for (const part of [text, html!]) {
      expect(part).toContain('appealed already');
      expect(part).not.toContain('/appeal');
    }
  });

  test('leaves what was answered to the letter about that', async () => {
    const { desk2, mika, caseId } = await appealed();
    await say(desk2, caseId, 'answer', 'yes');
    await settled(house);
    expect(statementTo(mika)!.text).not.toContain('appeal');
    const letters = house.outbox.to(`${mika.username}@example.com`);
    expect(letters.at(-1)!.subject).toContain('our decision stays');
  });

  test('promises one where there was none', async () => {
    const desk = await staffOf(house);
    const { mika, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    await settled(house);
    const { text } = statementTo(mika)!;
    expect(text).toContain('You can appeal until');
    expect(text).not.toContain('appealed already');
  });

  test('and the text to whoever has a number only', async () => {
    const desk = await staffOf(house);
    const [mika, ann] = [
      await memberOf(house, { channel: 'mobile', email: '', mobile: '+4915123456789' }),
      await memberOf(house),
    ];
    await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
    const caseId = await caseAbout(house, await idOf(house, mika.username));
    await decide(desk, caseId, { act: 'remove' });
    await appeal(mika, 'We were joking.');
    await settled(house);
    const { text } = house.outbox.to('+4915123456789').at(-1)!;
    expect(text).toContain('to read what, and why:');
    expect(text.length).toBeLessThanOrEqual(160);
  });
});
