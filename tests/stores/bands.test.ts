import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBandJobs } from '../../src/features/safety/bands/bands.jobs.ts';
import { createBandStore } from '../../src/features/safety/bands/bands.store.ts';
import { createParted } from '../../src/features/safety/bands/parted.service.ts';
import { createPartedStore } from '../../src/features/safety/bands/parted.store.ts';
import { ageBandOn } from '../../src/kernel/age-band.ts';
import { parseDate } from '../../src/kernel/age.ts';
import { days, later } from '../../src/kernel/clock.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { whileHeld } from '../support/locks.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';
import { block, bornOn, makePartners } from '../support/pairs.ts';

const { stores, clock, nodes, of } = await twoNodes();
const { db } = nodes[0];
const members = membersOf({ stores, clock });
const parted = createParted(createPartedStore(db));
const jobAt = (node: { db: typeof db }) =>
  createBandJobs({ store: createBandStore(node.db), clock, wake: async () => {} });
const move = jobAt(nodes[0]);

/** Somebody born on this day, whose band was noted in time. */
async function join(username: string, born: string): Promise<Viewer> {
  const viewer = await members.join(username);
  await bornOn(stores, viewer.id, born, ageBandOn(parseDate(born)!, clock.now()));
  return viewer;
}
async function bandOf({ id }: Viewer): Promise<string> {
  return (await stores.sql<{ band: string }>('SELECT "band" FROM "User" WHERE "id" = $1', [id]))[0]!.band;
}
const changed = async (): Promise<string[]> =>
  (
    await stores.sql<{ userId: string; ids: { userId: string } }>(
      `SELECT "userId", "ids" FROM "RecordedEvent" WHERE "name" = 'safety.bandChanged' ORDER BY "id"`,
    )
  ).map(({ userId, ids }) => {
    expect(ids).toEqual({ userId });
    return userId;
  });
const read = async (viewer: Viewer): Promise<string[]> =>
  (await parted.partedPartners({ ...viewer, now: clock.now() })).map(({ username }) => username);

describe('SQL and the kernel say the same of', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
  /** Near a 16th or 18th birthday, where it matters, or anywhere. */
  const pair = fc.record({
    born: day,
    years: fc.constantFrom(16, 18),
    days: fc.integer({ min: -2, max: 2 }),
    ms: fc.integer({ min: -43_200_001, max: 43_200_001 }),
    near: fc.boolean(),
    anywhere: day,
  });
  const moments = pair.map(({ born, years, days: n, ms, near, anywhere }) => {
    const birthday = new Date(Date.UTC(born.getUTCFullYear() + years, born.getUTCMonth(), born.getUTCDate()));
    return [born.toISOString().slice(0, 10), near ? later(birthday, days(n) + ms) : anywhere] as const;
  });

  async function bandsBySql(pairs: readonly (readonly [string, Date])[]): Promise<string[]> {
    const rows = await stores.sql<{ band: string }>(
      `SELECT "age_band"(p.born, p.moment)::text AS band
       FROM unnest($1::date[], $2::timestamptz[]) WITH ORDINALITY AS p(born, moment, n) ORDER BY p.n`,
      [pairs.map(([born]) => born), pairs.map(([, moment]) => moment.toISOString())],
    );
    return rows.map(({ band }) => band);
  }

  test('thousands of birthdays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moments, { minLength: 100, maxLength: 400 }), async (pairs) => {
        const byKernel = pairs.map(([born, moment]) => ageBandOn(parseDate(born)!, moment));
        expect(await bandsBySql(pairs)).toEqual(byKernel);
      }),
      { numRuns: 30 },
    );
  });

  test('every day of birth of four years, at each hour round its midnight', async () => {
    const births = Array.from({ length: 1461 }, (_, n) => later(new Date('2007-01-01'), days(n)));
    const pairs = births.flatMap((born) =>
      [16, 18].flatMap((years) => {
        const birthday = new Date(born);
        birthday.setUTCFullYear(born.getUTCFullYear() + years);
        const noon = later(birthday, days(0.5));
        return [-1, 0, days(1) - 1, days(1)].map(
          (ms) => [born.toISOString().slice(0, 10), later(noon, ms)] as const,
        );
      }),
    );
    const byKernel = pairs.map(([born, moment]) => ageBandOn(parseDate(born)!, moment));
    expect(await bandsBySql(pairs)).toEqual(byKernel);
  });
});

describe('the nightly job', () => {
  test.each([
    ['2010-06-16', 'under-16', '16-17', '2026-06-16T12:00:00.000Z'],
    ['2008-06-16', '16-17', '18-over', '2026-06-16T12:00:00.000Z'],
    ['2008-02-29', '16-17', '18-over', '2026-03-01T12:00:00.000Z'],
  ])(
    'moves who was born on %s out of %s at midnight in UTC−12, and no millisecond before',
    async (born, before, after, midnight) => {
      clock.set(later(new Date(midnight), -days(2)).toISOString());
      const ann = await join('ann', born);
      clock.set(later(new Date(midnight), -1).toISOString());
      await move();
      expect([await bandOf(ann), await changed()]).toEqual([before, []]);
      clock.pass(1);
      await move();
      expect([await bandOf(ann), await changed()]).toEqual([after, [ann.id]]);
      await move();
      expect(await changed()).toEqual([ann.id]);
    },
  );

  test('catches up with years in which it did not run, once', async () => {
    const ann = await join('ann', '2011-06-15');
    clock.set('2029-06-15T12:00:00.000Z');
    await move();
    await move();
    expect([await bandOf(ann), await changed()]).toEqual(['18-over', [ann.id]]);
  });

  test('moves more than fit into one batch, and nobody else', async () => {
    await stores.sql(
      `INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
       SELECT gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', $1, '$argon2id$',
              CASE WHEN n <= 1201 THEN date '2010-06-16' ELSE date '2010-06-17' END, 'DE', $1, $1
       FROM generate_series(1, 1300) n, LATERAL (SELECT 'somebody' || n AS name) names`,
      [clock.now()],
    );
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    const bands = await stores.sql('SELECT "band", count(*)::int AS n FROM "User" GROUP BY 1 ORDER BY 1');
    expect(bands).toEqual([
      { band: 'under-16', n: 99 },
      { band: '16-17', n: 1201 },
    ]);
    expect(new Set(await changed()).size).toBe(1201);
  });

  test('run fifty times at once by two processes, announces each once and parts each pair once', async () => {
    const people = await Promise.all(
      Array.from({ length: 40 }, (_, n) => join(`person${n}`, n % 2 ? '2010-06-16' : '2012-01-01')),
    );
    for (const [n, one] of people.entries())
      for (const other of people.slice(n + 1)) await makePartners(stores, one.id, other.id, clock.now());
    clock.set('2026-06-16T12:00:00.000Z');
    const jobs = of(jobAt);
    await atOnce(50, (n) => jobs(n)());
    const older = people.filter((_, n) => n % 2).map(({ id }) => id);
    expect((await changed()).toSorted()).toEqual(older.toSorted());
    const pairs = await stores.sql('SELECT FROM "Partner" WHERE "partedAt" = $1 AND "toldAt" IS NULL', [
      clock.now(),
    ]);
    expect(pairs).toHaveLength(20 * 20);
  });

  test('leaves whoever is being changed to the next run, and waits for nobody', async () => {
    const [ann, ben] = [await join('ann', '2010-06-16'), await join('ben', '2010-06-16')];
    clock.set('2026-06-16T12:00:00.000Z');
    await whileHeld({ stores }, `SELECT FROM "User" WHERE "id" = '${ann.id}' FOR UPDATE`, async () => {
      await move();
      expect([await bandOf(ann), await bandOf(ben)]).toEqual(['under-16', '16-17']);
    });
    await move();
    expect(await changed()).toEqual([ben.id, ann.id]);
  });
});

describe('of two partners whose bands part,', () => {
  async function partners(...born: [string, string]): Promise<[Viewer, Viewer]> {
    const [one, other] = [await join('older', born[0]), await join('younger', born[1])];
    await makePartners(stores, one.id, other.id, clock.now());
    return [one, other];
  }

  test.each([[['2010-06-16', '2010-07-01']], [['2008-06-16', '2008-07-01']]] as const)(
    'born on %j, the younger is told, and the older is not',
    async ([one, other]) => {
      const [older, younger] = await partners(one, other);
      expect([await read(older), await read(younger)]).toEqual([[], []]);
      clock.set('2026-06-16T12:00:00.000Z');
      await move();
      expect([await read(older), await read(younger)]).toEqual([[], ['older']]);
    },
  );

  test('the younger is told once, and the older cannot say that they were', async () => {
    const [older, younger] = await partners('2010-06-16', '2010-07-01');
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    const now = clock.now();
    expect(await parted.told({ ...older, now }, 'younger')).toEqual({ ok: true, value: undefined });
    expect(await read(younger)).toEqual(['older']);
    await atOnce(50, () => parted.told({ ...younger, now }, 'older'));
    expect(await read(younger)).toEqual([]);
    clock.pass(days(1));
    await move();
    expect(await read(younger)).toEqual([]);
  });

  test('nothing is said once both are of one band again, and anew when they part anew', async () => {
    const [, younger] = await partners('2010-06-16', '2010-07-01');
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    clock.set('2026-07-01T12:00:00.000Z');
    expect(await read(younger)).toEqual([]);
    await move();
    const pair = () => stores.sql('SELECT "partedAt", "toldAt" FROM "Partner"');
    expect(await pair()).toEqual([{ partedAt: null, toldAt: null }]);
    clock.set('2028-06-16T12:00:00.000Z');
    await move();
    expect(await read(younger)).toEqual(['older']);
  });

  test('the younger is told of each change of the older one, and of none of their own', async () => {
    const [older, younger] = await partners('2010-06-16', '2012-06-17');
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    await parted.told({ ...younger, now: clock.now() }, 'older');
    clock.set('2028-06-16T12:00:00.000Z');
    await move();
    expect(await read(younger)).toEqual(['older']);
    await parted.told({ ...younger, now: clock.now() }, 'older');
    clock.set('2028-06-17T12:00:00.000Z');
    await move();
    expect([await read(younger), await read(older)]).toEqual([[], []]);
  });

  test('both moved in one night are parted no more than by what they are', async () => {
    const [older, younger] = await partners('2010-06-16', '2010-07-01');
    clock.set('2028-06-20T12:00:00.000Z');
    await move();
    expect([await bandOf(older), await bandOf(younger)]).toEqual(['18-over', '16-17']);
    expect(await read(younger)).toEqual(['older']);
    clock.set('2028-07-01T12:00:00.000Z');
    await move();
    expect(await read(younger)).toEqual([]);
  });

  test('nobody is told of somebody who is gone, or blocked', async () => {
    const [older, younger] = await partners('2010-06-16', '2010-07-01');
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    await stores.sql('UPDATE "User" SET "leavingAt" = $2, "purgeAt" = $2 WHERE "id" = $1', [
      older.id,
      clock.now(),
    ]);
    expect(await read(younger)).toEqual([]);
    await stores.sql('UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL WHERE "id" = $1', [older.id]);
    expect(await read(younger)).toEqual(['older']);
    await block(stores, older.id, younger.id, clock.now());
    expect(await read(younger)).toEqual([]);
    expect(await parted.told({ ...younger, now: clock.now() }, 'older')).toEqual({
      ok: false,
      reason: 'nobody',
    });
  });

  test('strangers part without a word', async () => {
    const [older, younger] = [await join('older', '2010-06-16'), await join('younger', '2010-07-01')];
    clock.set('2026-06-16T12:00:00.000Z');
    await move();
    expect([await read(older), await read(younger)]).toEqual([[], []]);
    expect(await parted.told({ ...younger, now: clock.now() }, 'older')).toEqual({
      ok: false,
      reason: 'nobody',
    });
  });
});
