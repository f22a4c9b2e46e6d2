import { describe, expect, test } from '@jest/globals';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores } = nodes;
const { cases, somebody, moderator, caseAbout, banned } = deskOf(nodes);

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refused = { code: '42501' };
const audited = async (caseId: string): Promise<string[]> =>
  (
    await stores.sql<{ act: string }>('SELECT "act" FROM "DeskAudit" WHERE "caseId" = $1 ORDER BY 1', [
      caseId,
    ])
  ).map(({ act }) => act);

describe('without a word of the code, it is written down', () => {
  test('where a case or what holds is deleted, and not where the time of that is over', async () => {
    const { caseId } = await banned();
    await stores.sql(`UPDATE "DeskDecision" SET "at" = now() - interval '3 years'`);
    await asSite('DELETE FROM "DeskDecision"');
    await asSite('DELETE FROM "DeskCase"');
    expect((await audited(caseId)).filter((act) => act.startsWith('delete'))).toEqual([
      'delete-case',
      'delete-decision',
    ]);

    const old = await banned();
    await stores.sql(`UPDATE "DeskDecision" SET "at" = now() - interval '3 years'`);
    await stores.sql('DELETE FROM "User" WHERE "id" = $1', [old.mika.id]);
    await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed'`);
    await asSite('DELETE FROM "DeskDecision"');
    await asSite('DELETE FROM "DeskCase"');
    expect((await audited(old.caseId)).filter((act) => act.startsWith('delete'))).toEqual([]);
  });

  test('where a sealed case is deleted, a state changes, or somebody holds a case without a time', async () => {
    const [desk, mika] = [await moderator(), await somebody()];
    const caseId = await caseAbout(mika.id);
    await asSite(`UPDATE "DeskCase" SET "heldBy" = '${desk.id}'`);
    expect(await cases.seal(desk, caseId)).not.toBeNull();
    await asSite(`UPDATE "DeskCase" SET "state" = 'closed', "heldBy" = NULL`);
    await asSite('DELETE FROM "DeskCase"');
    expect(await audited(caseId)).toEqual(['delete-case', 'seal', 'state-closed', 'take']);
  });
});

describe('the audit', () => {
  test('is dated by the database: what the site dates back is not pruned', async () => {
    const [row] = (await asSite(
      `INSERT INTO "DeskAudit" ("at", "act", "writtenAt") VALUES ('2001-01-01', 'look-queue', '2001-01-01')
       RETURNING now() - "writtenAt" < interval '1 minute' AS "isNew"`,
    )) as [{ isNew: boolean }];
    expect(row).toEqual({ isNew: true });
    expect(await asSite('SELECT "prune_desk_audit"(100) AS gone')).toEqual([{ gone: 0 }]);
  });

  test('is pruned for the site, and for nobody else', async () => {
    const rights = `SELECT has_function_privilege('public', '"prune_desk_audit"(int)', 'EXECUTE') AS everybody`;
    expect(await stores.sql(rights)).toEqual([{ everybody: false }]);
  });

  test('and every guard ask the tables of the owner, whatever stands before them in the way of a search', async () => {
    const role = new URL(stores.databaseUrl).username;
    const name = new URL(stores.databaseUrl).pathname.slice(1);
    const { id } = await somebody();
    await stores.sql(
      `GRANT TEMPORARY ON DATABASE "${name}" TO "${role}"; GRANT UPDATE, DELETE ON "DeskAudit" TO "${role}"`,
    );
    await asSite(`INSERT INTO "DeskAudit" ("at", "act") VALUES (now(), 'look-queue')`);
    const shadow = `CREATE TEMPORARY TABLE pg_class AS SELECT oid, '"${role}"'::regrole::oid AS relowner FROM pg_catalog.pg_class;`;
    for (const text of ['DELETE FROM "DeskAudit"', `UPDATE "User" SET "role" = 'admin' WHERE "id" = '${id}'`])
      await expect(asSite(`${shadow} ${text}`)).rejects.toMatchObject(refused);
  });
});
