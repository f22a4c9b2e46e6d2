import { expect, test } from '@jest/globals';
import { deskPolicy } from '../../../src/features/desk/policy.ts';
import { caseAbout, casePath, confirmed, decide, type Staff, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';
import { textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile();

async function taken() {
  const [desk, desk2] = [await staffOf(house), await staffOf(house)];
  const [mika, ann] = [await memberOf(house), await memberOf(house)];
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: 'Look.' });
  const caseId = await caseAbout(house, await idOf(house, mika.username));
  await desk.who.post(`${casePath(caseId)}/take`, {});
  return { desk, desk2, caseId };
}
const putBack = ({ who }: Staff, caseId: string) => who.post(`${casePath(caseId)}/return`, {});
async function caseOf(caseId: string) {
  const [row] = await house.stores.sql<{ state: string; heldBy: string | null; version: number }>(
    'SELECT "state"::text, "heldBy", "version" FROM "DeskCase" WHERE "id" = $1',
    [caseId],
  );
  return row!;
}
const traces = (caseId: string) =>
  house.stores.sql<{ staffId: string }>(
    `SELECT "staffId" FROM "DeskAudit" WHERE "caseId" = $1 AND "act" = 'put-back'`,
    [caseId],
  );

test('whoever took a case lets it go, which is written down, and somebody else takes it at once', async () => {
  const { desk, desk2, caseId } = await taken();
  await desk2.who.post(`${casePath(caseId)}/take`, {});
  expect((await caseOf(caseId)).heldBy).toBe(desk.id);
  expect((await desk.who.get(casePath(caseId))).html).toContain('Put it back in the queue');
  expect((await putBack(desk, caseId)).redirectedTo).toBe('/desk');
  expect(textOf((await desk.who.get('/desk')).html)).toContain("You've let it go.");
  expect(await caseOf(caseId)).toEqual({ state: 'open', heldBy: null, version: 0 });
  expect(await traces(caseId)).toEqual([{ staffId: desk.id }]);
  expect((await desk.who.get(casePath(caseId))).html).not.toContain('Put it back in the queue');
  await desk2.who.post(`${casePath(caseId)}/take`, {});
  expect((await caseOf(caseId)).heldBy).toBe(desk2.id);
});

test('nobody lets go what is not theirs, or no longer', async () => {
  const { desk, desk2, caseId } = await taken();
  expect((await putBack(desk2, caseId)).redirectedTo).toBe(casePath(caseId));
  expect(textOf((await desk2.who.get(casePath(caseId))).html)).toContain("or it's no longer yours");
  expect((await caseOf(caseId)).heldBy).toBe(desk.id);
  house.clock.pass(deskPolicy.heldFor - 1);
  await confirmed(desk);
  expect((await desk.who.get(casePath(caseId))).html).toContain('/return"');
  house.clock.pass(1);
  expect((await putBack(desk, caseId)).redirectedTo).toBe(casePath(caseId));
  expect(await traces(caseId)).toEqual([]);
});

test('of ten at once one lets it go, and what was decided before stays decided', async () => {
  const { desk, caseId } = await taken();
  await decide(desk, caseId, { act: 'warn' });
  await desk.who.post(`${casePath(caseId)}/take`, {});
  expect((await desk.who.get(casePath(caseId))).html).toContain('Leave it as it is');
  await Promise.all(Array.from({ length: 10 }, () => putBack(desk, caseId)));
  expect(await traces(caseId)).toHaveLength(1);
  expect(await caseOf(caseId)).toMatchObject({ state: 'closed', heldBy: null });
});
