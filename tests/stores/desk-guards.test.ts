import { describe, expect, test } from '@jest/globals';
import { createFollowingStore } from '../../src/features/desk/decisions/following.store.ts';
import { createStandingStore } from '../../src/features/desk/standing/standing.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { cases, decisions, word, answer, decide, banned } = deskOf(nodes);
const following = of(({ db }) => createFollowingStore(db))(0);
const standings = of(({ db }) => createStandingStore(db))(0);

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refused = { code: '42501' };

describe('what was decided', () => {
  const others = [
    `"id" = gen_random_uuid()`,
    `"caseId" = gen_random_uuid()`,
    `"personId" = NULL`,
    `"act" = 'warn'`,
    `"reason" = 'other'`,
    `"untilAt" = now()`,
    `"dateOfBirth" = '2001-01-01'`,
    `"bornBefore" = '2001-01-01'`,
    `"decidedBy" = gen_random_uuid()`,
    `"at" = '2001-01-01'`,
    `"needsSecond" = FALSE`,
    `"fact" = 'Something else.'`,
    `"fact" = ''`,
  ];
  test.each(others)('is not changed by the site: %s', async (set) => {
    await banned();
    await expect(asSite(`UPDATE "DeskDecision" SET ${set}`)).rejects.toMatchObject(refused);
  });

  test('is confirmed, overturned and answered by name, by staff', async () => {
    const { mika } = await banned();
    for (const word of ['confirmed', 'overturned', 'answered'])
      for (const by of ['NULL', 'gen_random_uuid()', `'${mika.id}'`])
        for (const at of ['NULL', 'now()'])
          if (by !== 'NULL' || at !== 'NULL')
            await expect(
              asSite(`UPDATE "DeskDecision" SET "${word}At" = ${at}, "${word}By" = ${by}`),
            ).rejects.toMatchObject(refused);
  });

  test('is confirmed, appealed against and answered once', async () => {
    const { desk2, desk3, mika, caseId, id } = await banned();
    await cases.take(desk2, caseId);
    expect(await decisions.confirm(desk2, caseId, await word(caseId, true))).toBe(id);
    expect(await standings.appeal(mika, id, 'No.')).toBe(true);
    await cases.take(desk3, caseId);
    expect(await answer(desk3, caseId, id, false)).toMatchObject({ id });
    for (const set of [
      '"confirmedAt" = NULL, "confirmedBy" = NULL',
      `"confirmedBy" = '${desk3.id}'`,
      '"overturnedAt" = NULL, "overturnedBy" = NULL',
      `"overturnedAt" = '2020-01-01'`,
      `"overturnedBy" = '${desk2.id}'`,
      '"appealedAt" = NULL',
      `"appeal" = 'Yes.'`,
      '"appeal" = NULL',
      '"answeredAt" = NULL, "answeredBy" = NULL',
    ])
      await expect(asSite(`UPDATE "DeskDecision" SET ${set}`)).rejects.toMatchObject(refused);
  });

  test('has its last word taken back, whole, for as long as the database counts; and said anew', async () => {
    const { desk, desk2, desk3, mika, caseId, id } = await banned();
    const undo = (...parts: string[]) =>
      asSite(
        `UPDATE "DeskDecision" SET ${parts.map((part) => (part === 'answer' ? '"answer" = NULL' : `"${part}At" = NULL, "${part}By" = NULL`)).join(', ')}`,
      );
    const refuse = (...parts: string[]) => expect(undo(...parts)).rejects.toMatchObject(refused);
    const later = (who: Viewer) => ({ ...who, now: clock.now() });
    await cases.take(desk2, caseId);
    await decisions.confirm(desk2, caseId, await word(caseId, true));
    clock.pass(1000);
    await stores.sql(`UPDATE "DeskDecision" SET "saidAt" = clock_timestamp() - interval '11 minutes'`);
    await refuse('confirmed');
    await stores.sql(`UPDATE "DeskDecision" SET "saidAt" = clock_timestamp() - interval '10 minutes'`);
    await expect(asSite('UPDATE "DeskDecision" SET "confirmedAt" = NULL')).rejects.toMatchObject(refused);
    await expect(
      asSite(`UPDATE "DeskDecision" SET "confirmedAt" = now(), "confirmedBy" = '${desk3.id}'`),
    ).rejects.toMatchObject(refused);
    // What the site says of that moment, nobody believes.
    await asSite(`UPDATE "DeskDecision" SET "saidAt" = now() + interval '1 year'`);
    await undo('confirmed');
    await stores.sql(
      `UPDATE "DeskDecision" SET "confirmedAt" = $1, "confirmedBy" = $2, "saidAt" = now() - interval '1 hour'`,
      [clock.now(), desk2.id],
    );
    await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed'`);
    expect(await standings.appeal(mika, id, 'No.')).toBe(true);
    clock.pass(1000);
    for (const stays of [true, false]) {
      await cases.take(later(desk3), caseId);
      expect(await answer(later(desk3), caseId, id, stays)).toMatchObject({ id });
      await refuse('confirmed');
      await refuse('answered');
      if (stays) await undo('answered', 'answer');
      else {
        await refuse('answered', 'answer');
        await refuse('overturned');
        await undo('overturned', 'answered', 'answer');
      }
      // Nor does it open the way to the word before.
      await refuse('confirmed');
      await stores.sql(`UPDATE "DeskCase" SET "state" = 'appealed'`);
    }
    await stores.sql('DELETE FROM "DeskDecision"');
    await stores.sql(`UPDATE "DeskCase" SET "state" = 'open'`);
    await decide(later(desk), caseId, 'warn');
    expect(await decisions.takeBack(later(desk), caseId)).not.toBeNull();
    await refuse('overturned');
    const undone = await stores.sql<{ act: string; staffId: string }>(
      `SELECT "act", "staffId" FROM "DeskAudit" WHERE "act" LIKE '%-undone'`,
    );
    // Two of one statement have one moment.
    expect(undone.map(({ act, staffId }) => `${act} ${staffId}`).toSorted()).toEqual([
      `answer-undone ${desk3.id}`,
      `answer-undone ${desk3.id}`,
      `confirm-undone ${desk2.id}`,
      `overturn-undone ${desk3.id}`,
    ]);
  });

  test('without a name on the server, is given none by the site', async () => {
    const { desk2 } = await banned();
    await stores.sql('UPDATE "DeskDecision" SET "confirmedAt" = now()');
    await expect(asSite(`UPDATE "DeskDecision" SET "confirmedBy" = '${desk2.id}'`)).rejects.toMatchObject(
      refused,
    );
  });

  test('keeps its first end, where an appeal against it is answered with a later one', async () => {
    const { desk2, desk3, mika, caseId, id } = await banned();
    expect(await standings.appeal(mika, id, 'No.')).toBe(true);
    await cases.take(desk2, caseId);
    expect(await decisions.confirm(desk2, caseId, await word(caseId, false))).toBe(id);
    const second = await decide(desk2, caseId, 'warn');
    expect(await standings.appeal(mika, second, 'No again.')).toBe(true);
    clock.pass(1000);
    const now = { ...desk3, now: clock.now() };
    await cases.take(now, caseId);
    expect(await answer(now, caseId, second, false)).toMatchObject({ id: second });
    const rows = await stores.sql(
      'SELECT "overturnedBy", "overturnedAt" FROM "DeskDecision" ORDER BY "overturnedAt"',
    );
    expect(rows).toEqual([
      { overturnedBy: desk2.id, overturnedAt: desk2.now },
      { overturnedBy: desk3.id, overturnedAt: now.now },
    ]);
  });

  test('loses its words once the person is gone, is told and carried out, and is not written anew', async () => {
    const { desk2, mika, caseId, id } = await banned();
    await cases.take(desk2, caseId);
    await decisions.confirm(desk2, caseId, await word(caseId, true));
    await stores.sql('UPDATE "DeskDecision" SET "appeal" = $1', ['No.']);
    await stores.sql('DELETE FROM "User" WHERE "id" = $1', [mika.id]);
    expect(await following.forgetWords(clock.now())).toBe(1);
    for (const what of ['statement', 'outcome', 'help'] as const) await following.told(id, what, clock.now());
    await following.carriedOut(id, false);
    const rows = await stores.sql('SELECT "fact", "appeal", "carriedOut", "helpSentAt" FROM "DeskDecision"');
    expect(rows).toEqual([{ fact: '', appeal: null, carriedOut: true, helpSentAt: clock.now() }]);
    await expect(asSite(`UPDATE "DeskDecision" SET "fact" = 'Other.'`)).rejects.toMatchObject(refused);
  });
});
