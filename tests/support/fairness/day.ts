import { hours, later, minutes } from '../../../src/kernel/clock.ts';
import { finding } from '../finding.ts';
import { allocate, gini, matchesOf, shareOfTop } from './allocator.ts';
import { draw, type Population } from './populations.ts';
import { drawnFrom } from './random.ts';

const day = new Date('2026-06-15T00:00:00.000Z');
const atATime = 8;

export interface Fairness {
  looks: number;
  /** Of the most shown hundredth. */
  share: { ours: number; fair: number };
  gini: { ours: number; fair: number };
  /** Newcomers for whom somebody looked who fits them, and those of them whom nobody was shown. */
  newcomers: { wanted: number; unseen: number; unseenByFair: number };
}

/** How much more the most shown hundredth has than it would have at its fairest. */
export function excess({ share }: Fairness): number {
  return share.ours / share.fair;
}

/**
 * A day of looks at first pages with the real lists: how often each of the people was shown to somebody who fits them,
 * beside what the fair allocator makes of the same looks. Looks of an hour count from the next one on, so they may be
 * at once. `counts`: whether how often somebody was shown counts at all.
 */
export async function dayOfLooks(
  nodes: Parameters<typeof finding>[0],
  population: Population,
  count: number,
  { counts = true } = {},
): Promise<Fairness> {
  const { clock, stores } = nodes;
  const random = drawnFrom(18);
  const { join, page, looks, activity } = finding(nodes, random);
  const all = draw(population, count, day, random);
  clock.set(day.toISOString());
  const joined = await join(all);
  await stores.sql(
    `INSERT INTO "PersonActivity" ("userId", "activeAt", "utcOffset")
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::int[])`,
    [joined.map(({ id }) => id), all.map(({ here }) => here), all.map(({ utcOffset }) => utcOffset)],
  );
  await stores.sql('ANALYZE');
  const numberOf = new Map(all.map(({ username }, n) => [username, n]));
  const shown = all.map(() => 0);
  const lookers: number[] = [];
  for (let hour = 0; hour < 24; hour++) {
    clock.set(later(day, hours(hour)).toISOString());
    const now = all.flatMap(({ looksAt }, n) => looksAt.filter((at) => at === hour).map(() => n));
    lookers.push(...now);
    for (let n = 0; n < now.length; n += atATime)
      await Promise.all(
        now.slice(n, n + atATime).map(async (looker, lane) => {
          const viewer = { ...joined[looker]!, now: clock.now() };
          await activity(lane).note(viewer, all[looker]!.utcOffset);
          for (const { username } of (await page(viewer)).people) shown[numberOf.get(username)!]!++;
        }),
      );
    clock.pass(minutes(59));
    if (counts) await looks(hour).fold(clock.now());
  }
  const fair = allocate(all, lookers);
  const matches = matchesOf(all);
  const wanted = new Set(lookers.flatMap((looker) => matches(looker)).filter((n) => all[n]!.isNew));
  return {
    looks: lookers.length,
    share: { ours: shareOfTop(shown), fair: shareOfTop(fair) },
    gini: { ours: gini(shown), fair: gini(fair) },
    newcomers: {
      wanted: wanted.size,
      unseen: [...wanted].filter((n) => shown[n] === 0).length,
      unseenByFair: [...wanted].filter((n) => fair[n] === 0).length,
    },
  };
}
