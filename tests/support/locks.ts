import pg from 'pg';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

/** Resolves when so many requests (one, if not said) stand before a lock of this house's database. */
export type Waiting = (requests?: number) => Promise<void>;

/** Holds what a statement locks while `work` goes on; all who wait go on afterwards. */
export async function whileHeld(
  { stores }: Pick<TestHouse, 'stores'>,
  statement: string,
  work: (waiting: Waiting) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: stores.databaseUrl });
  await client.connect();
  const waiters = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  try {
    await client.query(`BEGIN; ${statement}`);
    await work(async (requests = 1) => {
      await eventually(
        async () => (await stores.sql(waiters)).length >= requests,
        `${requests} requests at the lock`,
      );
    });
  } finally {
    await client.end();
  }
}

/** Holds a table while `work` goes on. 'EXCLUSIVE' lets plain reading go on. */
export function whileLocked(
  house: TestHouse,
  table: string,
  work: (waiting: Waiting) => Promise<void>,
  mode: 'ACCESS EXCLUSIVE' | 'EXCLUSIVE' = 'ACCESS EXCLUSIVE',
): Promise<void> {
  return whileHeld(house, `LOCK TABLE "${table}" IN ${mode} MODE`, work);
}
