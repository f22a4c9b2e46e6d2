import { expect, test } from '@jest/globals';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { asked } from '../support/stores.ts';

const nodes = await twoNodes();
const { stores } = nodes;
const { somebody, caseAbout } = deskOf(nodes);

const asSite = (text: string) => asked(stores.databaseUrl, text);
const refuse = (text: string) => expect(asSite(text)).rejects.toMatchObject({ code: '42501' });
const audited = (act: string) =>
  stores.sql('SELECT "caseId", "personId" FROM "DeskAudit" WHERE "act" = $1', [act]);

test('what was reported, and how it stood, the site changes no more', async () => {
  const [mika, kara] = [await somebody(), await somebody()];
  await caseAbout(mika.id);
  const changes = [
    '"id" = gen_random_uuid()',
    '"reporterId" = NULL',
    `"kind" = 'outside'`,
    `"about" = 'x'`,
    `"thing" = 'x'`,
    `"reason" = 'other'`,
    '"caseId" = NULL',
    `"text" = 'Other.'`,
    `"contactEmail" = 'x@example.com'`,
    '"involvesMinor" = TRUE',
    '"at" = now()',
    `"personId" = '${kara.id}'`,
  ];
  for (const set of changes) await refuse(`UPDATE "Report" SET ${set}`);
  await asSite(
    `UPDATE "Report" SET "evidence" = '{"bio": "Hi."}', "decidedAt" = now(), "receiptSentAt" = now()`,
  );
  for (const set of [...changes, '"evidence" = NULL', `"evidence" = '{}'`])
    await refuse(`UPDATE "Report" SET ${set}`);
});

test('of nobody who is here, the person is said anew until it is decided, and what was frozen of another is written down', async () => {
  const [mika, kara] = [await somebody(), await somebody()];
  const caseId = await caseAbout(mika.id);
  await stores.sql(`UPDATE "Report" SET "reporterId" = NULL, "kind" = 'outside', "evidence" = '{}'`);
  const name = `UPDATE "Report" SET "personId" = '${kara.id}', "evidence" = NULL`;
  await asSite(name);
  expect(await audited('evidence-anew')).toEqual([]);
  await asSite(`UPDATE "Report" SET "evidence" = '{"bio": "Hi."}'`);
  await refuse(`UPDATE "Report" SET "evidence" = '{"bio": "Other."}'`);
  await asSite(name);
  expect(await audited('evidence-anew')).toEqual([{ caseId, personId: kara.id }]);
  await asSite('UPDATE "Report" SET "decidedAt" = now()');
  await refuse(`UPDATE "Report" SET "personId" = '${mika.id}'`);
});

test('a report is deleted by the site once its case is over, and before its time not without a trace', async () => {
  const gone = 'DELETE FROM "Report"';
  const mika = await somebody();
  const caseId = await caseAbout(mika.id);
  await refuse(gone);
  await stores.sql('UPDATE "Report" SET "decidedAt" = now()');
  for (const state of ['open', 'second', 'appealed']) {
    await stores.sql(`UPDATE "DeskCase" SET "state" = $1::"DeskState"`, [state]);
    await refuse(gone);
  }
  await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed', "sealedAt" = now()`);
  await refuse(gone);
  await stores.sql('UPDATE "DeskCase" SET "sealedAt" = NULL');
  await refuse(gone); // their data is kept for a court
  await stores.sql('UPDATE "User" SET "heldAt" = NULL');
  await asSite(gone);
  expect(await audited('delete-report')).toEqual([{ caseId, personId: mika.id }]);

  await caseAbout(mika.id);
  await stores.sql(`UPDATE "DeskCase" SET "state" = 'closed'`);
  await stores.sql(`UPDATE "Report" SET "decidedAt" = now() - interval '181 days'`);
  await asSite(gone);
  expect(await audited('delete-report')).toHaveLength(1);
});
