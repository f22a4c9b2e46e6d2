import type pg from 'pg';
import { createActivityStore } from '../../src/features/people/activity/activity.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { byAll, type Looked, type Looker } from './lookers.ts';
import { buildArrays, others, timed } from './beside.ts';
import { findingSettings as settings } from './settings.ts';

/** Milliseconds of each, under a name. */
export interface Times {
  what: string;
  ms: number[];
  /** Of pages: the most that one asked. */
  statements?: number;
}

export interface At {
  viewer: Viewer;
  after: string;
}

/** Where those stand who have so many pages: they walk there. */
export async function deepIn(lookers: readonly Looker[], viewers: readonly Viewer[]): Promise<At[]> {
  const walked = await byAll(lookers, viewers, async (looker, viewer): Promise<At | null> => {
    let after = '';
    for (let n = 1; n < settings.page; n++) {
      const { next } = await looker.look(viewer, after);
      if (next === null) return null;
      after = next;
    }
    return { viewer, after };
  });
  return walked.filter((one) => one !== null);
}

/** Each of several lists of looks, by turns, so that a machine that changes its speed changes it for all. */
export async function pages(
  lookers: readonly Looker[],
  lists: Readonly<Record<string, readonly At[]>>,
): Promise<Times[]> {
  const found = new Map<string, Looked[]>();
  for (let round = 0; round <= settings.rounds; round++)
    for (const connections of settings.connections)
      for (const [name, all] of Object.entries(lists)) {
        const what = `${name}, ${connections} at once`;
        const looked = await byAll(lookers.slice(0, connections), all, (looker, { viewer, after }) =>
          looker.look(viewer, after),
        );
        // The first round warms up.
        if (round > 0) found.set(what, [...(found.get(what) ?? []), ...looked]);
      }
  return [...found].map(([what, looked]) => ({
    what,
    ms: looked.map(({ ms }) => ms),
    statements: Math.max(...looked.map(({ statements }) => statements)),
  }));
}

/** What one would ask otherwise, of a few of the viewers, who are slow to answer. */
export async function beside(client: pg.Client, viewers: readonly Viewer[]): Promise<Times[]> {
  await buildArrays(client);
  await client.query(`SET statement_timeout = ${settings.timeout}`);
  const all: Times[] = [];
  for (const [what, sql] of Object.entries(others)) {
    const ms: number[] = [];
    for (const viewer of viewers) {
      await timed(client, sql(viewer));
      ms.push(await timed(client, sql(viewer)));
    }
    all.push({ what, ms });
  }
  await client.query('RESET statement_timeout');
  return all;
}

/** That somebody is here, six hours after they were last; and another language, as the profile writes it, with its triggers. */
export async function writes({ db }: Looker, viewers: readonly Viewer[]): Promise<Times[]> {
  const store = createActivityStore(db);
  const [notes, changes]: [number[], number[]] = [[], []];
  for (const viewer of viewers) {
    const start = performance.now();
    await store.note(viewer, 60);
    notes.push(performance.now() - start);
  }
  for (const { id } of viewers) {
    const start = performance.now();
    await db.run`UPDATE "UserLanguage" SET "code" = 'mt' WHERE "userId" = ${id}::uuid AND "role" = 'learning'
      AND "position" = (SELECT min("position") FROM "UserLanguage" WHERE "userId" = ${id}::uuid AND "role" = 'learning')`;
    changes.push(performance.now() - start);
  }
  return [
    { what: 'noting that somebody is here', ms: notes },
    { what: 'a change of languages', ms: changes },
  ];
}
