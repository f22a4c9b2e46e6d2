import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { skeletonSql } from '../../../src/features/auth/accounts/username-skeleton.store.ts';
import { days } from '../../../src/kernel/clock.ts';
import { usernameSkeleton } from '../../../src/kernel/text/look-alikes.ts';
import { Prisma, openDb } from '../../../src/platform/stores/db.ts';
import { clean } from '../../support/cleaning.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, peopleCalled, typeCode } from '../../support/joining.ts';
import { leaver } from '../../support/deletion.ts';
import { tally } from '../../support/many.ts';
import { faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);
async function asked(username: string) {
  const { page } = await visitor(house).startSignUp({ username });
  return page.status === 303 ? 'free' : faultsIn(page.html).username;
}
const ALIKE = "This username looks too much like someone else's. Please choose another.";
const RESERVED = 'This username is reserved. Please choose another.';

test('nobody takes a name that looks like a person’s', async () => {
  await visitor(house).signUp({ username: 'Lucia.Moro' });
  for (const twin of [
    'Iucia.moro',
    'luc1a.moro',
    'lucia_moro',
    'luciamoro',
    'lucia.m0ro',
    'l.ucia.rnoro',
    'LUCIA.MOR0',
  ])
    expect([twin, await asked(twin)]).toEqual([twin, ALIKE]);
  expect(await asked('lucia.moro')).toBe('This username is taken. Please choose another.');
  expect(await asked('lucia.mora')).toBe('free');
  expect(await asked('lucio.moro')).toBe('free');
});

test('nor one that looks like a name that rests, until its rest is over', async () => {
  await leaver(house, { username: 'quentin.lane' });
  house.clock.pass(days(14));
  expect(await asked('quentin_lane')).toBe(ALIKE);
  await clean(house);
  expect(await peopleCalled(house, 'quentin.lane')).toBe(0);
  house.clock.pass(days(90) - 1);
  for (const twin of ['quentin.Iane', 'quentin_lane', 'quentinlane', 'quent1n.lane'])
    expect([twin, await asked(twin)]).toEqual([twin, ALIKE]);
  house.clock.pass(1);
  expect(await asked('quentin_lane')).toBe('free');
  // Whether or not the rest has been cleaned away.
  await visitor(house).signUp({ username: 'quentinlane' });
  expect(await asked('quent1n.lane')).toBe(ALIKE);
  await clean(house);
  expect(await asked('quent1n.lane')).toBe(ALIKE);
});

test('of twins who join at once, at two instances, one gets it', async () => {
  await withAnother(house, { jobs: true }, async (second) => {
    for (const [one, other] of [
      ['milo.ward', 'mi1o_ward'],
      ['wim.rood', 'vvim.r00d'],
    ] as const) {
      const [ann, bob] = [await joining(house, { username: one }), await joining(house, { username: other })];
      bob.ann.at(second);
      const pages = await Promise.all([typeCode(ann.ann, ann.code), typeCode(bob.ann, bob.code)]);
      expect(tally(pages.map((page) => page.redirectedTo ?? 'stays'))).toEqual({
        '/welcome': 1,
        '/sign-up': 1,
      });
      expect((await peopleCalled(house, one)) + (await peopleCalled(house, other))).toBe(1);
      const [loser, place] = pages[0]!.redirectedTo === '/sign-up' ? [ann, house] : [bob, second];
      expect((await loser.ann.at(place).get('/sign-up')).html).toContain('Someone took this username');
    }
  });
});

test('a code that met a taken name can be used with another one', async () => {
  const ann = await joining(house, { username: 'olof.nilsson' });
  await visitor(house).signUp({ username: 'o1of_nilsson' });
  expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/sign-up');
  expect(await peopleCalled(house, 'olof.nilsson')).toBe(0);
  await ann.ann.signUp({ username: 'olof.persson', email: ann.to });
});

test('twins from before stay, and reserve what they look like until the last has gone', async () => {
  const [one, two] = [
    await leaver(house, { username: 'vera.klim' }),
    await visitor(house).signUp({ username: 'vera.twin' }),
  ];
  // As an older release would have let them in.
  await sql(
    `UPDATE "User" SET "username" = 'vera_k1im', "usernameKey" = 'vera_k1im' WHERE "usernameKey" = 'vera.twin'`,
  );
  await sql(`DELETE FROM "UsernameSkeleton"`);
  expect((await visitor(house).signIn('vera_k1im', two.password)).redirectedTo).toBe('/people');
  expect(await asked('veraklim')).toBe(ALIKE);
  house.clock.pass(days(14));
  await clean(house);
  expect(await peopleCalled(house, one.username)).toBe(0);
  house.clock.pass(days(90));
  await clean(house);
  expect(await sql(`SELECT FROM "UsernameSkeleton" WHERE "skeleton" = 'veraklirn'`)).toEqual([]);
  expect(await asked('veraklim')).toBe(ALIKE);
});

test('who comes back before the end keeps the name', async () => {
  const { username, password } = await leaver(house, { username: 'nora.lind' });
  house.clock.pass(days(13));
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  house.clock.pass(days(30));
  await clean(house);
  expect(await asked('nora_lind')).toBe(ALIKE);
});

test('names that speak for the site, or end like a web address, are nobody’s', async () => {
  for (const name of ['chatlink_team', 'official_chatlink', 'helpdesk', 'adrnin', 'ann.supp0rt'])
    expect([name, await asked(name)]).toEqual([name, RESERVED]);
  expect(await asked('paypal.com')).toMatch(/web address/);
});

const db = openDb(house.stores.databaseUrl);
async function inSql(key: string): Promise<string> {
  const [row] = await db.$queryRaw<
    { skeleton: string }[]
  >`SELECT ${skeletonSql(Prisma.sql`${key}::text`)} AS "skeleton"`;
  return row!.skeleton;
}

test('Postgres and Node see the same likeness', async () => {
  try {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z][a-z0-9_.]{1,28}[a-z0-9]$/), async (key) => {
        expect(await inSql(key)).toBe(usernameSkeleton(key));
      }),
    );
  } finally {
    await db.$disconnect();
  }
});

test('the migration reserves for those who are there, twins among them, and for names that rest', async () => {
  const folder = readdirSync('prisma/migrations').find((name) => name.endsWith('_username_skeletons'))!;
  const fill = readFileSync(`prisma/migrations/${folder}/migration.sql`, 'utf8').replace(
    /^[\s\S]*-- Those who are there/,
    '--',
  );
  const people = await sql<{ key: string }>('SELECT "usernameKey" AS "key" FROM "User"');
  await sql('DELETE FROM "UsernameSkeleton"');
  const until = house.clock.now();
  await sql('DELETE FROM "UsernameQuarantine"');
  await sql('INSERT INTO "UsernameQuarantine" VALUES ($1, $3), ($2, $3)', [
    'wi11.moss',
    people[0]!.key,
    until,
  ]);
  await sql(fill);
  const rows = await sql<{ skeleton: string; until: Date | null }>('SELECT * FROM "UsernameSkeleton"');
  const expected = new Map<string, Date | null>(people.map(({ key }) => [usernameSkeleton(key), null]));
  expected.set('vvlllrnoss', until);
  expect(new Map(rows.map((row) => [row.skeleton, row.until]))).toEqual(expected);
});
