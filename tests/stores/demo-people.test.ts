import { readdir } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ageBandOn, type AgeBand } from '../../src/kernel/age-band.ts';
import { days, later } from '../../src/kernel/clock.ts';
import { isInterest } from '../../src/kernel/interests.ts';
import { isLanguage } from '../../src/kernel/languages/codes.ts';
import { countryCodes } from '../../src/kernel/places.ts';
import { parseUsername } from '../../src/kernel/username.ts';
import { adults } from '../../prisma/seed/adults.ts';
import { first, staff } from '../../prisma/seed/first.ts';
import { furtherAdults } from '../../prisma/seed/further-adults.ts';
import { young } from '../../prisma/seed/young.ts';
import { seed } from '../support/demo-people.ts';
import { finding } from '../support/finding.ts';
import { twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { join, page, walk } = finding(nodes);
const thirty = [...adults, ...furtherAdults, ...young];

interface Row {
  username: string;
  born: string;
  visibility: string;
  findable: string | null;
  activeAt: Date | null;
  pictures: number;
}
const rows = () =>
  stores.sql<Row>(`
  SELECT u."username", u."dateOfBirth"::text AS "born", u."visibility", u."findable", a."activeAt",
    (SELECT count(*)::int FROM "Picture" p WHERE p."userId" = u."id" AND p."state" = 'ready') AS "pictures"
  FROM "User" u LEFT JOIN "PersonActivity" a ON a."userId" = u."id" ORDER BY u."username"`);

function bandOf({ born }: Row, at: Date): AgeBand {
  const [year, month, day] = born.split('-').map(Number);
  return ageBandOn({ year: year!, month: month!, day: day! }, at);
}

beforeEach(async () => {
  clock.set(new Date().toISOString());
});

describe('the thirty', () => {
  test('speak, learn and like what there is, in countries that there are', () => {
    expect(thirty).toHaveLength(30);
    for (const { username, native, learning, interests, bio, country, picture } of thirty) {
      expect(parseUsername(username)).toMatchObject({ key: username });
      expect([...native, ...Object.keys(learning)].filter((code) => !isLanguage(code))).toEqual([]);
      expect(interests?.filter((code) => !isInterest(code))).toEqual([]);
      expect(countryCodes).toContain(country);
      expect(bio).toMatch(/\S{2}/);
      expect(picture).toMatch(/^<svg /);
    }
    const speaking = (code: string) => thirty.filter(({ native }) => native.includes(code)).length;
    expect([speaking('pt'), speaking('ca')]).toEqual([2, 1]);
    expect(thirty.filter(({ hidden }) => hidden)).toHaveLength(2);
    expect(thirty.filter(({ findable }) => findable === 'matches')).toHaveLength(1);
  });

  test('are drawn differently, and those under 18 show no face', () => {
    expect(new Set(thirty.map(({ picture }) => picture)).size).toBe(30);
    for (const { picture } of young) expect(picture).not.toContain('<ellipse');
  });
});

test('all move in within seconds, and a second time changes nothing', async () => {
  expect(await seed(stores)).toBeLessThan(20_000); // three seconds on a machine that has nothing else to do
  const before = await rows();
  const everybody = [...thirty, ...first, ...staff].map(({ username }) => username);
  expect(before.map(({ username }) => username)).toEqual(everybody.toSorted());
  expect(before.filter(({ pictures }) => pictures === 1)).toHaveLength(30);
  const files = await readdir(stores.mediaDir, { recursive: true });
  const kinds = ['avatar-512', 'avatar-256', 'avatar-64', 'incoming'];
  const count = (kind: string) => files.filter((name) => name.includes(`.${kind}.`)).length;
  expect(kinds.map(count)).toEqual([30, 30, 30, 0]);

  await stores.sql(`UPDATE "User" SET "bio" = 'mine' WHERE "username" = 'grace'`);
  await seed(stores);
  expect(await rows()).toEqual(before);
  expect(await readdir(stores.mediaDir, { recursive: true })).toHaveLength(files.length);
  expect(await stores.sql(`SELECT "username" FROM "User" WHERE "bio" = 'mine'`)).toEqual([
    { username: 'grace' },
  ]);
});

/** Who is to find somebody: pairs of languages, by age. */
function both(one: string, other: string) {
  return [
    [one, other],
    [other, one],
  ] as const;
}
const far = ['es', 'fr', 'ja', 'pt', 'uk', 'ar', 'ko', 'zh'];
const atSchool = ['es', 'de', 'fr', 'ja'].flatMap((code) => both('en', code));
const everyPair = [
  ...[...both('en', 'de'), ...far.flatMap((code) => [...both('en', code), ...both('de', code)])].map(
    (pair) => ({ age: 30, pair }),
  ),
  ...atSchool.flatMap((pair) => [16, 14].map((age) => ({ age, pair }))),
];

describe('without a place for pictures they are there all the same, and', () => {
  beforeEach(async () => {
    await seed(stores, '/dev/null/nowhere');
    expect((await rows()).filter(({ pictures }) => pictures > 0)).toEqual([]);
  });

  test('some were here today and some long ago, and all stay in their bands for a year', async () => {
    const now = new Date();
    const seeded = await rows();
    for (const at of [now, later(now, days(365))]) {
      const inBand = (band: AgeBand) => seeded.filter((row) => bandOf(row, at) === band).length;
      expect([inBand('under-16'), inBand('16-17')]).toEqual([5, 5]);
    }
    const ago = seeded.flatMap(({ activeAt }) => (activeAt ? [now.getTime() - activeAt.getTime()] : []));
    expect(ago.filter((ms) => ms < days(1)).length).toBeGreaterThan(15);
    expect(ago.filter((ms) => ms > days(14))).toHaveLength(2);
    const dormant = await stores.sql('SELECT DISTINCT "userId" FROM "LanguagePair" WHERE "dormant"');
    expect(dormant).toHaveLength(1); // the other one is hidden
  });

  test('whoever joins finds somebody at once, but nobody who is hidden, and in part who wants matches only', async () => {
    const year = new Date().getUTCFullYear();
    // Hidden, so that they do not find each other.
    const joining = everyPair.map(({ age, pair: [speaks, learns] }, n) => ({
      username: `new${n}`,
      native: [speaks],
      learning: [learns],
      born: `${year - age - 1}-12-31`,
      visibility: 'nobody',
    }));
    const alone: object[] = [];
    for (const [n, viewer] of (await join(joining)).entries())
      if ((await page(viewer)).people.length === 0) alone.push(everyPair[n]!);
    expect(alone).toEqual([]);

    const [matching, oneWay] = await join([
      { username: 'anna', native: ['en'], learning: ['it', 'tr', 'sv'] },
      { username: 'berit', native: ['fr'], learning: ['it', 'tr', 'sv'] },
    ]);
    expect(await walk(matching!)).toEqual(['giulia_m']);
    expect((await page(oneWay!)).oneWay.filter(({ fit }) => fit === 'speaks')).toEqual([]);
  });
});
