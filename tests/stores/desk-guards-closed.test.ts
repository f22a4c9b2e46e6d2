import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { createStandingStore } from '../../src/features/desk/standing/standing.store.ts';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores, of } = nodes;
const { cases, decisions, somebody, moderator, caseAbout, word, answer, decide, banned } = deskOf(nodes);
const standings = of(({ db }) => createStandingStore(db))(0);

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refused = { code: '42501' };
const refuse = (text: string) => expect(asSite(text)).rejects.toMatchObject(refused);
const audited = async (...acts: string[]) =>
  stores.sql<{ act: string; caseId: string | null; personId: string | null }>(
    'SELECT "act", "caseId", "personId" FROM "DeskAudit" WHERE "act" = ANY($1) ORDER BY "act"',
    [acts],
  );
/** Of somebody with a second step at sign-in. */
const factorOf = (id: string) =>
  stores.sql(
    `INSERT INTO "SecondFactor" ("userId", "sealedKey", "keyId", "lastStep", "setUpAt") VALUES ($1, 'x', 'x', 0, now())`,
    [id],
  );

describe('somebody, for the role of the site,', () => {
  test('is called by one id for good: no words go under another, and no staff is decided about', async () => {
    const { desk2, mika } = await banned();
    for (const { id } of [mika, desk2])
      await refuse(`UPDATE "User" SET "id" = gen_random_uuid() WHERE "id" = '${id}'`);
    await asSite(`UPDATE "User" SET "id" = "id", "bio" = 'Hi.'`);
  });

  test('is not deleted and written anew, once a case is about them', async () => {
    const { desk2, mika } = await banned();
    const kara = await somebody();
    await caseAbout(kara.id);
    const lena = await somebody();
    const anew = (id: string) =>
      `CREATE TEMPORARY TABLE was AS SELECT * FROM "User" WHERE "id" = '${id}'; UPDATE was SET "bannedAt" = NULL, "role" = 'member';
       DELETE FROM "User" WHERE "id" = '${id}'; INSERT INTO "User" SELECT * FROM was`;
    const [site, name] = [
      new URL(stores.databaseUrl).username,
      new URL(stores.databaseUrl).pathname.slice(1),
    ];
    await stores.sql(`GRANT TEMPORARY ON DATABASE "${name}" TO "${site}"`);
    for (const { id } of [mika, kara]) await refuse(anew(id));
    await asSite(anew(lena.id));
    await asSite(anew(desk2.id));
    expect(await audited('delete-staff')).toEqual([
      { act: 'delete-staff', caseId: null, personId: desk2.id },
    ]);
  });

  test.each([
    '"bannedAt" = NULL',
    `"suspendedUntil" = now() + interval '1 day'`,
    '"limitedUntil" = now()',
    `"dateOfBirth" = '1980-01-01'`,
  ])('is kept out, and as old, as was decided: not %s', async (set) => {
    const { mika } = await banned();
    await refuse(`UPDATE "User" SET ${set} WHERE "id" = '${mika.id}'`);
    const [row] = await stores.sql<{ was: boolean }>(
      `SELECT "bannedAt" IS NOT NULL AS was FROM "User" WHERE "id" = $1`,
      [mika.id],
    );
    expect(row).toEqual({ was: true });
  });

  test('gets nothing from what runs as the owner, hung on a table of the site’s own', async () => {
    for (const name of ['apply_desk_decision', 'hold_sealed'])
      expect(
        await stores.sql(`SELECT has_function_privilege('public', '"${name}"()', 'EXECUTE') AS everybody`),
      ).toEqual([{ everybody: false }]);
  });

  test('keeps the second step while they work at the desk, and takes it off like anybody else', async () => {
    const [desk, mika] = [await moderator(), await somebody()];
    for (const { id } of [desk, mika]) await factorOf(id);
    await refuse('DELETE FROM "SecondFactor"');
    await refuse(
      `UPDATE "SecondFactor" SET "userId" = '${(await somebody()).id}' WHERE "userId" = '${desk.id}'`,
    );
    await asSite(`DELETE FROM "SecondFactor" WHERE "userId" = '${mika.id}'`);
    await asSite('UPDATE "SecondFactor" SET "lastStep" = 7');
    await asSite(`DELETE FROM "User" WHERE "id" = '${desk.id}'`);
    expect(await stores.sql('SELECT FROM "SecondFactor"')).toEqual([]);
  });
});

test('of two decisions about one person at once, both hold', async () => {
  const [desk, mika] = [await moderator(), await somebody()];
  const [first, second] = [await caseAbout(mika.id), await moderator()];
  await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed'`);
  const other = await caseAbout(mika.id);
  await stores.sql('UPDATE "DeskCase" SET "openedAt" = now()');
  const insert = (caseId: string, by: string, act: string) =>
    `INSERT INTO "DeskDecision" ("id", "caseId", "personId", "act", "reason", "fact", "untilAt", "decidedBy", "at", "needsSecond")
     VALUES (gen_random_uuid(), '${caseId}', '${mika.id}', '${act}', 'insult', '', now() + interval '1 day', '${by}', now(), TRUE)`;
  const [one, two] = [0, 1].map(() => new pg.Client({ connectionString: stores.databaseUrl }));
  await Promise.all([one!.connect(), two!.connect()]);
  try {
    await one!.query('BEGIN');
    await one!.query(insert(first, desk.id, 'ban'));
    const waits = two!.query(insert(other, second.id, 'suspend'));
    while ((await stores.sql(`SELECT FROM pg_stat_activity WHERE "wait_event_type" = 'Lock'`)).length === 0);
    await one!.query('COMMIT');
    await waits;
  } finally {
    await Promise.all([one!.end(), two!.end()]);
  }
  const rows = await stores.sql(
    'SELECT "bannedAt" IS NOT NULL AS banned, "suspendedUntil" IS NOT NULL AS suspended FROM "User" WHERE "id" = $1',
    [mika.id],
  );
  expect(rows).toEqual([{ banned: true, suspended: true }]);
});

describe('to what was decided, for the role of the site,', () => {
  test('nobody answers without an appeal, writes words without their moment, or speaks before it was decided', async () => {
    const { desk2, desk3, mika, caseId, id } = await banned();
    const before = `"DeskDecision"."at" - interval '61 minutes'`;
    await refuse(
      `UPDATE "DeskDecision" SET "answeredAt" = now(), "answeredBy" = '${desk3.id}', "answer" = 'No.'`,
    );
    await refuse(
      `UPDATE "DeskDecision" SET "appealedAt" = now(), "answeredAt" = now(), "answeredBy" = '${desk3.id}'`,
    );
    for (const words of ['answer', 'appeal']) await refuse(`UPDATE "DeskDecision" SET "${words}" = 'No.'`);
    for (const said of ['confirmed', 'overturned'])
      await refuse(`UPDATE "DeskDecision" SET "${said}At" = ${before}, "${said}By" = '${desk2.id}'`);
    await refuse(`UPDATE "DeskDecision" SET "appeal" = 'No.', "appealedAt" = ${before}`);
    await cases.take(desk2, caseId);
    expect(await decisions.confirm(desk2, caseId, await word(caseId, true))).toBe(id);
    expect(await standings.appeal(mika, id, 'No.')).toBe(true);
    await cases.take(desk3, caseId);
    expect(await answer(desk3, caseId, id, true)).toMatchObject({ id });
    await stores.sql('UPDATE "DeskDecision" SET "answer" = NULL');
    await refuse(`UPDATE "DeskDecision" SET "answer" = 'Other.'`);
  });

  test('a closed case is not deleted without a trace, nor what a ban goes by', async () => {
    const { caseId, mika, id } = await banned();
    await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed', "closedAt" = now() - interval '3 years'`);
    const traces = [
      ['a', "now() + interval '1 day'", 'NULL'],
      ['b', "now() + interval '1 day'", 'NULL'],
      ['over', 'now()', 'NULL'],
      ['lifted', "now() + interval '1 day'", 'now()'],
    ].map(([hash, until, lifted]) => `('${hash}', '${caseId}', '${id}', ${until}, ${lifted})`);
    await asSite(
      `INSERT INTO "BannedTrace" ("hash", "caseId", "decisionId", "until", "liftedAt") VALUES ${traces.join()}`,
    );
    await asSite(`DELETE FROM "BannedTrace" WHERE "hash" IN ('over', 'lifted')`);
    expect(await audited('forget-ban')).toEqual([]);
    await asSite('DELETE FROM "BannedTrace"');
    await asSite(`DELETE FROM "DeskCase" WHERE "id" = '${caseId}'`);
    expect(await audited('delete-case', 'forget-ban')).toEqual([
      { act: 'delete-case', caseId, personId: mika.id },
      { act: 'forget-ban', caseId, personId: mika.id },
    ]);
  });
});

describe('what a case is about, for the role of the site,', () => {
  test('stays; whom, only until it is sealed or something holds, and it is written down', async () => {
    const [desk, mika, kara] = [await moderator(), await somebody(), await somebody()];
    const caseId = await caseAbout(mika.id);
    for (const set of ['"id" = gen_random_uuid()', `"kind" = 'x'`, `"thing" = 'x'`, '"openedAt" = now()'])
      await refuse(`UPDATE "DeskCase" SET ${set}`);
    const move = `UPDATE "DeskCase" SET "personId" = '${kara.id}'`;
    await asSite(move);
    expect(await audited('person-before', 'person-now')).toEqual([
      { act: 'person-before', caseId, personId: mika.id },
      { act: 'person-now', caseId, personId: kara.id },
    ]);
    await cases.take(desk, caseId);
    expect(await cases.seal(desk, caseId)).not.toBeNull();
    for (const id of ['NULL', `'${mika.id}'`]) await refuse(`UPDATE "DeskCase" SET "personId" = ${id}`);
    await stores.sql('UPDATE "DeskCase" SET "sealedAt" = NULL');
    await decide(desk, caseId, 'warn');
    await refuse(`UPDATE "DeskCase" SET "personId" = '${mika.id}'`);
  });
});
