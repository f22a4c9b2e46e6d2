import type pg from 'pg';
import { openDb } from '../../src/platform/stores/db.ts';
import { openRedis } from '../../src/platform/stores/redis.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { createTestClock } from '../../tests/support/clock.ts';
import { dayOfLooks, excess, type Fairness } from '../../tests/support/fairness/day.ts';
import { populationsOf } from '../../tests/support/fairness/populations.ts';
import { settings } from '../settings.ts';
import { languages } from './languages.ts';
import { findingSettings } from './settings.ts';

/** A day of looks for each population, in the database while it is empty, and empty again afterwards. */
export async function fairness(client: pg.Client): Promise<({ what: string; excess: number } & Fairness)[]> {
  const db = openDb(settings.databaseUrl, 8, undefined, 12);
  const redis = openRedis(settings.redisUrl, createLog('silent'));
  const found = [];
  for (const population of populationsOf(languages.length)) {
    const day = await dayOfLooks(
      {
        clock: createTestClock(),
        stores: { sql: async (text, values = []) => (await client.query(text, values)).rows as never },
        of: (make) => {
          const made = make({ db, redis });
          return () => made;
        },
      },
      population,
      findingSettings.fairPeople,
    );
    found.push({ what: population.name, excess: excess(day), ...day });
    await client.query('TRUNCATE "User", "PersonActivity", "LanguagePair" CASCADE');
  }
  redis.disconnect();
  await db.$disconnect();
  return found;
}
