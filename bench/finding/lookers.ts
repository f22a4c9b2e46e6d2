import { chatActions } from '../../src/features/chat/person-actions.ts';
import { createActivityStore } from '../../src/features/people/activity/activity.store.ts';
import { createLooks } from '../../src/features/people/activity/looks.ts';
import type { Filters } from '../../src/features/people/finding/filters.ts';
import { createPeople } from '../../src/features/people/finding/people.service.ts';
import { createPeopleStore } from '../../src/features/people/finding/people.store.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { deriveHmac } from '../../src/platform/keys.ts';
import { createTally } from '../../src/platform/limits/tally.ts';
import { type Db, openDb } from '../../src/platform/stores/db.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { openRedis } from '../../src/platform/stores/redis.ts';
import { createCursors } from '../../src/web/cursors.ts';
import { settings } from '../settings.ts';

const anything: Filters = { learn: '', levels: [], country: '', interests: [], active: '', name: '' };

/** What one look took. */
export interface Looked {
  /** Of its statements together. */
  ms: number;
  statements: number;
  people: number;
  next: string | null;
}

/** Looks at lists as the site does, over one connection of its own. */
export interface Looker {
  look(viewer: Viewer, after: string): Promise<Looked>;
  db: Db;
  end(): Promise<void>;
}

export function openLooker(): Looker {
  const db = openDb(settings.databaseUrl, 1, undefined, 12);
  const redis = openRedis(settings.redisUrl, createLog('silent'));
  let asked = { ms: 0, statements: 0 };
  const rows = db.rows.bind(db);
  Object.assign(db, {
    rows: async (...statement: Parameters<Db['rows']>) => {
      const start = performance.now();
      const found = await rows(...statement);
      asked.ms += performance.now() - start;
      asked.statements++;
      return found;
    },
  });
  const people = createPeople({
    store: createPeopleStore(db, () => chatActions.flatMap(({ ask }) => ask ?? [])),
    looks: createLooks(createTally(redis, 'bench-shown'), createActivityStore(db)),
    cursors: createCursors(deriveHmac('bench', 'cursors')),
  });
  return {
    db,
    look: async (viewer, after) => {
      asked = { ms: 0, statements: 0 };
      const found = await people.find(viewer, { ...anything, after });
      if (!found.ok) throw new Error(`${viewer.id} is nobody`);
      const { people: both, oneWay, next } = found.value;
      return { ...asked, people: both.length + oneWay.length, next };
    },
    end: async () => {
      redis.disconnect();
      await db.$disconnect();
    },
  };
}

/** Does something for each of many, on as many lookers at once as there are; answers in their order. */
export async function byAll<One, Answer>(
  lookers: readonly Looker[],
  all: readonly One[],
  act: (looker: Looker, one: One) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const work = async (looker: Looker): Promise<void> => {
    for (let n = next++; n < all.length; n = next++) answers[n] = await act(looker, all[n]!);
  };
  await Promise.all(lookers.map(work));
  return answers;
}
