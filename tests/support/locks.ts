import pg from 'pg';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

/**
 * Holds a table while `work` goes on. `waiting` resolves when a request stands before the lock; all go on
 * afterwards.
 */
export const whileLocked = async (
  { stores }: TestHouse,
  table: string,
  work: (waiting: () => Promise<void>) => Promise<void>,
): Promise<void> => {
  const client = new pg.Client({ connectionString: stores.databaseUrl });
  await client.connect();
  try {
    await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
    await work(async () => {
      await eventually(
        async () => (await stores.sql('SELECT FROM pg_locks WHERE NOT granted')).length > 0,
        'a request at the lock',
      );
    });
  } finally {
    await client.end();
  }
};
