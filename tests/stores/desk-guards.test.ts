import { describe, expect, test } from '@jest/globals';
import { createFollowingStore } from '../../src/features/desk/decisions/following.store.ts';
import { createStandingStore } from '../../src/features/desk/standing/standing.store.ts';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { cases, decisions, somebody, moderator, caseAbout, word, decide, banned } = deskOf(nodes);
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
    expect(await decisions.answer(desk3, caseId, await word(caseId, false))).toBe(id);
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
    expect(await decisions.answer(now, caseId, await word(caseId, false))).not.toBeNull();
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

describe('a new decision of the site', () => {
  const insert = (values: Record<string, string>) => {
    const all: Record<string, string> = {
      id: 'gen_random_uuid()',
      reason: `'insult'`,
      fact: `''`,
      at: 'now()',
      act: `'warn'`,
      needsSecond: 'FALSE',
      ...values,
    };
    const names = Object.keys(all).map((name) => `"${name}"`);
    return asSite(
      `INSERT INTO "DeskDecision" (${names.join(', ')}) VALUES (${Object.values(all).join(', ')})`,
    );
  };

  test('is by staff, about no staff, of a case, and with a second person where the law asks for one', async () => {
    const [desk, desk2, mika] = [await moderator(), await moderator(), await somebody()];
    const about = {
      caseId: `'${await caseAbout(mika.id)}'`,
      personId: `'${mika.id}'`,
      decidedBy: `'${desk.id}'`,
    };
    for (const changes of [
      { decidedBy: `'${(await somebody()).id}'` },
      { decidedBy: 'gen_random_uuid()' },
      { personId: `'${desk2.id}'` },
      { caseId: 'gen_random_uuid()' },
      { act: `'ban'` },
      { act: `'age'` },
      { confirmedAt: 'now()' },
      { confirmedAt: 'now()', confirmedBy: `'${desk2.id}'` },
      { overturnedAt: 'now()' },
      { appealedAt: 'now()', appeal: `'No.'` },
      { answeredAt: 'now()' },
    ])
      await expect(insert({ ...about, ...changes })).rejects.toMatchObject(refused);
    await insert(about);
    await insert({ ...about, act: `'ban'`, needsSecond: 'TRUE' });
    await insert({ ...about, personId: 'NULL', act: `'dismiss'` });
    await insert({ ...about, personId: 'gen_random_uuid()', act: `'dismiss'` });
  });
});
