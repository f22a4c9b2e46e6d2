import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import {
  caseAbout,
  casePath,
  confirmed,
  decide,
  giveRole,
  say,
  settled,
  staffOf,
} from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

async function reported() {
  const mika = await memberOf(house);
  const ann = await memberOf(house);
  const id = await idOf(house, mika.username);
  const report = () =>
    ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: 'Look.' });
  await report();
  return { mika, ann, id, report, caseId: await caseAbout(house, id) };
}
const stateOf = async (caseId: string) =>
  (
    await house.stores.sql<{ state: string }>('SELECT "state"::text FROM "DeskCase" WHERE "id" = $1', [
      caseId,
    ])
  )[0]!.state;

test('of a closed case more is decided: a ban waits for a second moderator, and a no leaves what was', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const { mika, ann, id, caseId } = await reported();
  await decide(desk, caseId, { act: 'remove' });
  await settled(house, desk, desk2);
  const shown = (await desk2.who.get(casePath(caseId))).html;
  expect(shown).toContain('Decide more about it');
  await decide(desk2, caseId, { act: 'ban', fact: 'You went on.' });
  expect(await stateOf(caseId)).toBe('second');
  await say(desk, caseId, 'confirm', 'no');
  // Nobody reported anything that is undecided.
  expect(await stateOf(caseId)).toBe('closed');
  house.clock.pass(1000);
  await decide(desk2, caseId, { act: 'ban', fact: 'You went on.' });
  await say(desk, caseId, 'confirm', 'yes');
  await settled(house);
  const rows = await house.stores.sql<{ act: string; held: boolean }>(
    'SELECT "act"::text, "overturnedAt" IS NULL AS "held" FROM "DeskDecision" WHERE "caseId" = $1 ORDER BY "at", "id"',
    [caseId],
  );
  expect(rows.map(({ act, held }) => [act, held])).toEqual([
    ['remove', true],
    ['ban', false],
    ['ban', true],
  ]);
  const [row] = await house.stores.sql<{ bannedAt: Date | null }>(
    'SELECT "bannedAt" FROM "User" WHERE "id" = $1',
    [id],
  );
  expect(row!.bannedAt).not.toBeNull();
  const about = ({ username }: { username: string }) =>
    house.outbox.to(`${username}@example.com`).map(({ subject }) => subject ?? '');
  expect(about(mika).filter((subject) => subject.includes('decided'))).toHaveLength(2);
  // Who reported was told once.
  expect(about(ann).filter((subject) => /looked at|decided/.test(subject))).toHaveLength(1);
});

test('an appeal against the first that comes while the second waits is not forgotten', async () => {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const { mika, caseId } = await reported();
  await decide(desk, caseId, { act: 'warn' });
  await settled(house, desk, desk2);
  const decision = /name="decision" value="([^"]+)"/.exec((await mika.who.get('/appeal')).html)![1]!;
  await decide(desk2, caseId, { act: 'ban' });
  const barred = visitor(house);
  await barred.signIn(mika.username, 'lantern-tandem-42');
  await barred.post('/appeal', { decision, text: 'No.' });
  expect(await stateOf(caseId)).toBe('second');
  await desk2.who.post(`${casePath(caseId)}/undo`, {});
  expect(await stateOf(caseId)).toBe('appealed');
  expect((await say(desk, caseId, 'answer', 'no')).status).toBe(409);
  await say(desk2, caseId, 'answer', 'no');
  expect(await stateOf(caseId)).toBe('closed');
});

test('nothing more is decided of staff, of a case that waits anew, of nobody, or without evidence', async () => {
  const desk = await staffOf(house);
  const take = async (caseId: string) => {
    await confirmed(desk);
    await desk.who.post(`${casePath(caseId)}/take`, {});
    return (await desk.who.get(casePath(caseId))).html.includes('name="version"');
  };
  const [staff, anew, gone, open] = [await reported(), await reported(), await reported(), await reported()];
  for (const { caseId } of [staff, anew, gone, open]) await decide(desk, caseId, { act: 'warn' });
  expect(await take(open.caseId)).toBe(true);
  const { html } = await desk.who.get(casePath(open.caseId));
  expect(html).not.toContain('value="dismiss"');
  const version = /name="version" value="(\d+)"/.exec(html)![1]!;
  const nothing = { version, act: 'dismiss', reason: 'insult', fact: '', days: '', dateOfBirth: '' };
  expect((await desk.who.post(`${casePath(open.caseId)}/decide`, nothing)).status).toBe(409);
  await giveRole(house, staff.mika.username);
  house.clock.pass(1000);
  await anew.report();
  await house.stores.sql('DELETE FROM "User" WHERE "id" = $1', [gone.id]);
  for (const { caseId } of [staff, anew, gone]) expect(await take(caseId)).toBe(false);
  house.clock.pass(days(181));
  await clean(house);
  expect(await take(open.caseId)).toBe(false);
});

test('the next one is never a closed one', async () => {
  await house.empty();
  const desk = await staffOf(house);
  const { caseId } = await reported();
  await decide(desk, caseId, { act: 'warn' });
  expect((await desk.who.post('/desk/next', {})).redirectedTo).toBe('/desk');
  await desk.who.post(`${casePath(caseId)}/take`, {});
  expect((await desk.who.post('/desk/next', {})).redirectedTo).toBe('/desk');
});
