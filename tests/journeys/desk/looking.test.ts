import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { caseAbout, casePath, confirmed, decide, giveRole, staffOf } from '../../support/desk.ts';
import { memberOf } from '../../support/hello.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { block } from '../../support/pairs.ts';
import { idOf } from '../../support/relations.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const young = { dateOfBirth: '2010-03-01' };

const casesIn = async (state: string) =>
  (await house.stores.sql('SELECT FROM "DeskCase" WHERE "state"::text = $1', [state])).length;

async function reported(by = memberOf(house)) {
  const [mika, ann] = [await memberOf(house), await by];
  const id = await idOf(house, mika.username);
  await ann.who.post('/report', { about: `person:${mika.username}`, reason: 'insult', text: '' });
  return { mika, ann, id, caseId: await caseAbout(house, id) };
}

test('of a thousand reports a case shows fifty at once, and says how many there are', async () => {
  const desk = await staffOf(house);
  const { id, caseId } = await reported();
  await house.stores.sql(
    `INSERT INTO "Report" ("id", "reporterId", "kind", "about", "thing", "personId", "reason", "text", "involvesMinor", "at", "evidence")
     SELECT gen_random_uuid(), gen_random_uuid(), 'person', 'person:x', $1, $2, 'insult', 'Report ' || n || '.', FALSE, $3::timestamptz + n * interval '1 second', '{}'
     FROM generate_series(1, 1010) n`,
    [`person:${id}`, id, house.clock.now()],
  );
  const shown = async (part: string) => {
    const { html } = await desk.who.get(casePath(caseId) + part);
    return { html, texts: [...html.matchAll(/Report (\d+)\./g)].map(([, n]) => Number(n)) };
  };
  const first = await shown('');
  expect([first.texts.length, first.texts[0], first.texts.at(-1)]).toEqual([49, 1, 49]);
  expect(first.html).toContain('1,011 reports');
  expect(first.html).toContain(`${casePath(caseId)}?part=2`);
  const last = await shown('?part=21');
  expect(last.texts).toHaveLength(11);
  expect(last.html).toContain('?part=20');
  expect(last.html).not.toContain('?part=22');
  for (const part of ['?part=0', '?part=-1', '?part=x']) expect((await shown(part)).texts[0]).toBe(1);
});

test('of who reported, it says how old they are and how often they were right; and of what, in words', async () => {
  const desk = await staffOf(house);
  const { ann, caseId } = await reported();
  const first = (await desk.who.get(casePath(caseId))).html;
  expect(first).toContain('18 or over. Nothing else they reported has been decided.');
  expect(first).not.toContain('person:');
  for (const act of ['warn', 'dismiss', 'warn']) {
    house.clock.pass(1000);
    const more = await reported(Promise.resolve(ann));
    await decide(desk, more.caseId, { act });
  }
  expect((await desk.who.get(casePath(caseId))).html).toContain('Of 3 other reports, 2 were right.');
});

test('a signal says how many did not want somebody, and where the ban was that somebody came back from', async () => {
  const desk = await staffOf(house);
  const mika = await idOf(house, (await memberOf(house)).username);
  for (const who of [young, young, young, {}])
    await block(
      house.stores,
      await idOf(house, (await memberOf(house, who)).username),
      mika,
      house.clock.now(),
    );
  await clean(house);
  const { html } = await desk.who.get(casePath(await caseAbout(house, mika)));
  expect(html).toContain('4 people blocked them, 3 of them under 18');
  expect(html).not.toContain('declined their hello');

  const { caseId } = await reported();
  const [row] = await house.stores.sql<{ caseId: string }>(
    `INSERT INTO "Report" ("id", "kind", "about", "thing", "reason", "text", "involvesMinor", "at")
     VALUES (gen_random_uuid(), 'signal', 'signal:banned', $1, 'other', '', FALSE, $2) RETURNING "caseId"`,
    [`signal:banned:${caseId}`, house.clock.now()],
  );
  expect((await desk.who.get(casePath(row!.caseId))).html).toContain(`href="${casePath(caseId)}"`);
});

test('an appeal is late after three days, a case after one, and what is about staff says so', async () => {
  await house.empty();
  const desk = await staffOf(house);
  const { mika, caseId } = await reported();
  await decide(desk, caseId, { act: 'warn' });
  const decision = /name="decision" value="([^"]+)"/.exec((await mika.who.get('/appeal')).html)![1]!;
  house.clock.pass(days(5));
  const later = visitor(house);
  await later.signIn(mika.username, 'lantern-tandem-42');
  await later.post('/appeal', { decision, text: 'No.' });
  expect(await casesIn('appealed')).toBe(1);
  const appealedAt = house.clock.now();
  house.clock.pass(days(2));
  const desk2 = await staffOf(house);
  for (const [wait, isLate] of [
    [days(3) - 1, false],
    [days(3), true],
  ] as const) {
    house.clock.set(new Date(appealedAt.getTime() + wait).toISOString());
    await confirmed(desk2);
    const { html } = await desk2.who.get('/desk?show=appeals');
    expect([html.includes(casePath(caseId)), html.includes('desk-late')]).toEqual([true, isLate]);
  }
  const other = await reported();
  expect((await desk2.who.get('/desk')).html).not.toContain('About somebody at the desk');
  await giveRole(house, other.mika.username);
  expect((await desk2.who.get('/desk')).html).toContain('About somebody at the desk');
});
