import { describe, expect, test } from '@jest/globals';
import {
  caseAbout,
  casePath,
  decide,
  giveRole,
  say,
  settled,
  type Staff,
  staffOf,
} from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { idOf } from '../../support/relations.ts';

const house = await houseOfThisFile();

async function reported() {
  const [mika, ann] = [await memberOf(house), await memberOf(house)];
  const id = await idOf(house, mika.username);
  await house.stores.sql(`UPDATE "User" SET "bio" = 'Call me' WHERE "id" = $1`, [id]);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'money', text: '' });
  return { mika, id, caseId: await caseAbout(house, id) };
}
const bioOf = async (id: string) =>
  (await house.stores.sql<{ bio: string }>('SELECT "bio" FROM "User" WHERE "id" = $1', [id]))[0]!.bio;
async function giveBack({ who }: Pick<Staff, 'who'>, caseId: string) {
  const { html } = await who.get(casePath(caseId));
  const decision = /name="decision" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return {
    isOffered: html.includes('Give it back'),
    page: await who.post(`${casePath(caseId)}/restore`, { decision }),
  };
}

describe('what was removed is given back on the page of its case', () => {
  test('by whoever decided as by another, and the person is told', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    for (const one of [desk, desk2]) {
      const { mika, id, caseId } = await reported();
      await decide(desk, caseId, { act: 'remove' });
      await settled(house, desk, desk2);
      expect(await bioOf(id)).toBe('');
      expect((await giveBack(one, caseId)).isOffered).toBe(true);
      expect(await bioOf(id)).toBe('Call me');
      expect((await giveBack(one, caseId)).isOffered).toBe(false);
      await settled(house, desk, desk2);
      const told = house.outbox.to(`${mika.username}@example.com`).map(({ text }) => text);
      expect(told.filter((text) => text.includes('no longer holds'))).toHaveLength(1);
    }
  });

  test('and taken away again by the other, who takes that back within ten minutes', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const { id, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    await settled(house, desk2);
    await giveBack(desk2, caseId);
    await desk2.who.post(`${casePath(caseId)}/undo`, {});
    expect(await bioOf(id)).toBe('');
  });

  test('not by whoever decided, once another answered that it stays', async () => {
    const [desk, desk2, desk3] = [await staffOf(house), await staffOf(house), await staffOf(house)];
    const { mika, id, caseId } = await reported();
    await decide(desk, caseId, { act: 'remove' });
    await settled(house, desk, desk2);
    const decision = /name="decision" value="([^"]+)"/.exec((await mika.who.get('/appeal')).html)![1]!;
    await mika.who.post('/appeal', { decision, text: 'No.' });
    await say(desk2, caseId, 'answer', 'yes');
    expect((await giveBack(desk, caseId)).isOffered).toBe(false);
    await desk.who.post(`${casePath(caseId)}/restore`, { decision });
    expect(await bioOf(id)).toBe('');
    await settled(house, desk3);
    expect((await giveBack(desk3, caseId)).isOffered).toBe(true);
    expect(await bioOf(id)).toBe('Call me');
  });

  test('not of staff, not while somebody else looks at it, nor while it waits', async () => {
    const [desk, desk2] = [await staffOf(house), await staffOf(house)];
    const [one, other, third] = [await reported(), await reported(), await reported()];
    for (const { caseId } of [one, other]) await decide(desk, caseId, { act: 'remove' });
    const [{ id: decision }] = (await house.stores.sql<{ id: string }>(
      'SELECT "id" FROM "DeskDecision" WHERE "caseId" = $1',
      [one.caseId],
    )) as [{ id: string }];
    await desk2.who.post(`${casePath(one.caseId)}/take`, {});
    await giveRole(house, other.mika.username);
    for (const { caseId } of [one, other, third]) {
      expect((await giveBack(desk, caseId)).isOffered).toBe(false);
      await desk.who.post(`${casePath(caseId)}/restore`, { decision });
    }
    expect(await bioOf(one.id)).toBe('');
  });

  test('where a seal took it, once that is off, and once', async () => {
    const desk = await staffOf(house);
    const { id, caseId } = await reported();
    await desk.who.post(`${casePath(caseId)}/take`, {});
    await desk.who.post(`${casePath(caseId)}/seal`, {});
    expect([(await giveBack(desk, caseId)).isOffered, await bioOf(id)]).toEqual([false, '']);
    await house.stores.sql('UPDATE "DeskCase" SET "sealedAt" = NULL, "sealedBy" = NULL WHERE "id" = $1', [
      caseId,
    ]);
    expect([(await giveBack(desk, caseId)).isOffered, await bioOf(id)]).toEqual([true, 'Call me']);
    expect((await giveBack(desk, caseId)).isOffered).toBe(false);
  });
});
