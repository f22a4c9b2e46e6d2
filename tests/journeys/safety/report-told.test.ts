import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { clean } from '../../support/cleaning.ts';
import { fetchJson, packedFor } from '../../support/copies.ts';
import { leave, member, rowOf, type Someone } from '../../support/deletion.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { jpegOf } from '../../support/pictures.ts';
import { files, settled, upload } from '../../support/uploading.ts';
import { textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { retry: { tries: 1, backoff: 10 } } });
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);
const abuse = house.config.operator.abuseEmail;
const young = { dateOfBirth: '2011-03-03' };

async function admin(...args: string[]): Promise<string> {
  const env = { ...process.env, DATABASE_URL: house.stores.databaseUrl, NO_COLOR: '1' };
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/admin.mjs', ...args], { env });
  return stdout;
}

async function report(who: Someone, about: string, text: string): Promise<void> {
  const page = await who.ann.post('/report', { about, reason: 'money', text });
  expect(page.redirectedTo).toBe('/report/sent');
}

async function ids(): Promise<string[]> {
  return (await sql<{ id: string }>('SELECT "id" FROM "Report" ORDER BY "at", "id"')).map(({ id }) => id);
}

let ann: Someone;
let mika: Someone;
beforeEach(async () => {
  await house.empty();
  [ann, mika] = [await member(house), await member(house)];
});

test('the reporter is told twice, and whoever runs the site at once: no name and no words leave', async () => {
  await report(ann, `person:${mika.username}`, 'He wants my money.');
  const [notice, receipt] = [await house.outbox.next(abuse), await house.outbox.next(ann.email)];
  const [id] = await ids();
  expect(notice.text).toContain(id!);
  expect(notice.text).toContain('Is somebody under 18 involved? No');
  expect(receipt.subject).toBe('We received your report');
  await clean(house);
  expect(house.outbox.to(abuse)).toHaveLength(1);
  await sql('UPDATE "Report" SET "decidedAt" = $1', [house.clock.now()]);
  await sql(`UPDATE "DeskCase" SET "state" = 'closed', "closedAt" = $1`, [house.clock.now()]);
  house.clock.pass(minutes(10) - 1);
  await clean(house);
  expect(house.outbox.to(ann.email)).toHaveLength(1);
  expect(textOf((await ann.ann.get('/report/sent')).html)).not.toContain('Decided on');
  house.clock.pass(1);
  await clean(house);
  const decision = await house.outbox.next(ann.email);
  expect(decision.subject).toBe('Your report has been decided');
  for (const mail of [notice, receipt, decision])
    for (const secret of [mika.username, 'my money'])
      expect([mail.subject, `${mail.text}${mail.html}`.includes(secret)]).toEqual([mail.subject, false]);
  expect(textOf((await ann.ann.get('/report/sent')).html)).toContain('Decided on');
  await clean(house, 2);
  expect(house.outbox.to(ann.email)).toHaveLength(2);
  expect(house.outbox.to(mika.email)).toEqual([]);
});

test('what cannot leave is tried again until it does; a mailbox that takes nothing is left alone', async () => {
  house.outbox.failure = (to) =>
    to === abuse ? new Error('no mail today') : new DeliveryRefused('no such mailbox');
  await report(ann, `person:${mika.username}`, '');
  house.clock.pass(minutes(10));
  await clean(house);
  expect(house.outbox.messages).toEqual([]);
  house.outbox.failure = (to) => (to === abuse ? null : new DeliveryRefused('no such mailbox'));
  house.clock.pass(minutes(10));
  await clean(house);
  await house.outbox.next(abuse);
  house.outbox.failure = null;
  house.clock.pass(minutes(10));
  await clean(house, 2);
  expect(house.outbox.messages).toHaveLength(1);
});

test('the server lists the most urgent first: minors, then three reporters or more, then age', async () => {
  const [ben, cleo, dan] = [await member(house), await member(house), await member(house)];
  const [eva, fay] = [await member(house, young), await member(house, young)];
  await report(ann, `person:${ben.username}`, 'oldest');
  house.clock.pass(hours(1));
  for (const who of [ann, ben, dan]) await report(who, `person:${cleo.username}`, 'many');
  house.clock.pass(hours(1));
  await report(eva, `person:${fay.username}`, 'young');
  const list = await admin('reports');
  const named = list.split('\n').flatMap((line) => / person:(\S+)$/.exec(line)?.[1] ?? []);
  expect(named).toEqual([fay.username, cleo.username, cleo.username, cleo.username, ben.username]);
  const [first] = await ids();
  const shown = await admin('reports', 'show', first!);
  for (const part of ['oldest', `from: ${ann.username}`, `username: ${ben.username}`, 'not yet'])
    expect(shown).toContain(part);
  // Whoever reads one on the server is written down as one at the desk is, without a name.
  const looks = await sql('SELECT "staffId", "caseId", "personId" FROM "DeskAudit" WHERE "act" = $1', [
    'look-server',
  ]);
  const { id: personId } = (await rowOf(house, ben.username))!;
  expect(looks).toEqual([{ staffId: null, caseId: first, personId }]);
  await expect(admin('reports', 'show', 'x')).rejects.toThrow('no number of a report');
  await expect(admin('reports', 'everything')).rejects.toThrow('Usage');
});

test('a report outlives both accounts, is in the copy of its reporter alone, and goes 180 days after it ended', async () => {
  await upload(mika.ann, 'avatar', await jpegOf(300, 300));
  await settled(house, mika.username);
  await report(ann, `person:${mika.username}`, 'My very own words.');
  await packedFor(house, ann.ann, ann.username);
  expect(await fetchJson(ann.ann)).toMatchObject({
    reports: [
      {
        about: `person:${mika.username}`,
        kind: 'person',
        reason: 'money',
        text: 'My very own words.',
        decidedAt: null,
      },
    ],
  });
  await packedFor(house, mika.ann, mika.username);
  const theirs = await fetchJson(mika.ann);
  expect([theirs.reports, JSON.stringify(theirs).includes('very own')]).toEqual([[], false]);
  await leave(ann.ann);
  await leave(mika.ann);
  house.clock.pass(days(14));
  await clean(house);
  expect([await rowOf(house, ann.username), await rowOf(house, mika.username)]).toEqual([
    undefined,
    undefined,
  ]);
  expect(await files(house)).toEqual([expect.stringContaining('.evidence.')]);
  const [id] = await ids();
  await sql('UPDATE "Report" SET "decidedAt" = $1', [house.clock.now()]);
  await sql(`UPDATE "DeskCase" SET "state" = 'closed', "closedAt" = $1`, [house.clock.now()]);
  house.clock.pass(days(180) - 1);
  await clean(house);
  expect(await ids()).toEqual([id]);
  house.clock.pass(1);
  await clean(house, 2);
  expect([await ids(), await files(house), await sql('SELECT FROM "EvidenceFile"')]).toEqual([[], [], []]);
});

test('copies of pictures that no report came to hold go after an hour', async () => {
  await sql(
    `INSERT INTO "EvidenceFile" ("mediaKey", "reportId", "at") VALUES ('${'A'.repeat(22)}.evidence.webp', gen_random_uuid(), $1)`,
    [house.clock.now()],
  );
  house.clock.pass(hours(1) - 1);
  await clean(house);
  expect(await sql('SELECT FROM "EvidenceFile"')).toHaveLength(1);
  house.clock.pass(1);
  await clean(house);
  expect(await sql('SELECT FROM "EvidenceFile"')).toEqual([]);
});
