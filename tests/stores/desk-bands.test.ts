import { expect, test } from '@jest/globals';
import { createWordStore } from '../../src/features/desk/decisions/words.store.ts';
import { createBandStore } from '../../src/features/safety/bands/bands.store.ts';
import { createParted } from '../../src/features/safety/bands/parted.service.ts';
import { createPartedStore } from '../../src/features/safety/bands/parted.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deskOf } from '../support/deciding.ts';
import { twoNodes } from '../support/nodes.ts';
import { bornOn, makePartners } from '../support/pairs.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { cases, decisions, somebody, moderator, caseAbout, word, decide } = deskOf(nodes);
const words = of(({ db }) => createWordStore(db))(0);
const parted = createParted(of(({ db }) => createPartedStore(db))(0));
const bands = of(({ db }) => createBandStore(db))(0);
const later = (who: Viewer): Viewer => ({ ...who, now: clock.now() });

async function born(date: string, band: string): Promise<Viewer> {
  const one = await somebody();
  await bornOn(stores, one.id, date, band);
  return one;
}
const bandOf = async ({ id }: Viewer) =>
  (await stores.sql<{ band: string }>('SELECT "band"::text FROM "User" WHERE "id" = $1', [id]))[0]!.band;
const isParted = async (one: Viewer, other: Viewer) =>
  (
    await stores.sql<{ parted: boolean }>(
      'SELECT "partedAt" IS NOT NULL AS "parted" FROM "Partner" WHERE "lowId" = LEAST($1::uuid, $2) AND "highId" = GREATEST($1::uuid, $2)',
      [one.id, other.id],
    )
  )[0]!.parted;
const changes = async ({ id }: Viewer) =>
  (
    await stores.sql(`SELECT FROM "RecordedEvent" WHERE "name" = 'safety.bandChanged' AND "userId" = $1`, [
      id,
    ])
  ).length;
const toldOf = async (one: Viewer) => (await parted.partedPartners(later(one))).length;

/** The desk says when somebody was born. */
async function correct(person: Viewer, dateOfBirth: string) {
  const [desk, desk2] = [await moderator(), await moderator()];
  const caseId = await caseAbout(person.id);
  await decide(later(desk), caseId, 'age', { dateOfBirth });
  clock.pass(1000);
  const confirm = async (stays: boolean) => {
    await cases.take(later(desk2), caseId);
    expect(await decisions.confirm(later(desk2), caseId, await word(caseId, stays))).not.toBeNull();
  };
  return { confirm, undo: () => words.takeBack(later(desk2), caseId) };
}

test('an adult who is corrected to a minor is parted from adults and together with minors at once, and back again', async () => {
  const mika = await born('1995-05-15', '18-over');
  const [grown, young] = [await born('1990-01-01', '18-over'), await born('2010-03-01', '16-17')];
  for (const one of [grown, young]) await makePartners(stores, mika.id, one.id, clock.now());
  const { confirm, undo } = await correct(mika, '2010-02-01');
  expect([await bandOf(mika), await isParted(mika, grown), await isParted(mika, young)]).toEqual([
    '16-17',
    true,
    false,
  ]);
  expect([await changes(mika), await changes(grown)]).toEqual([1, 0]);
  // The younger one alone.
  expect([await toldOf(mika), await toldOf(grown)]).toEqual([1, 0]);
  expect(await bands.moveGrownUp(clock.now())).toBe(0);
  await confirm(false);
  expect([await bandOf(mika), await isParted(mika, grown), await isParted(mika, young)]).toEqual([
    '18-over',
    false,
    true,
  ]);
  expect([await changes(mika), await toldOf(young)]).toEqual([2, 1]);
  expect(await undo()).toHaveLength(1);
  expect([await bandOf(mika), await isParted(mika, grown)]).toEqual(['16-17', true]);
});

test('whoever is older than they said moves once that is confirmed, and back with the word', async () => {
  const mika = await born('2011-03-01', 'under-16');
  const other = await born('2011-04-01', 'under-16');
  await makePartners(stores, mika.id, other.id, clock.now());
  const { confirm, undo } = await correct(mika, '2009-06-01');
  expect([await bandOf(mika), await changes(mika)]).toEqual(['under-16', 0]);
  await confirm(true);
  expect([await bandOf(mika), await isParted(mika, other), await toldOf(other)]).toEqual(['16-17', true, 1]);
  expect(await undo()).toHaveLength(1);
  expect([await bandOf(mika), await isParted(mika, other)]).toEqual(['under-16', false]);
});

test('within one band nothing moves, and nobody hears of it', async () => {
  const mika = await born('1995-05-15', '18-over');
  const { confirm } = await correct(mika, '1996-05-15');
  await confirm(true);
  expect([await bandOf(mika), await changes(mika)]).toEqual(['18-over', 0]);
});
