import pg from 'pg';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

export interface HeldEvents {
  /** Resolves when so many requests stand still: before the gate, or behind one that does. */
  waiting: (count?: number) => Promise<void>;
  /** Lets all of them go on, in their turn. */
  open: () => Promise<void>;
}

/** Any number that nobody else locks. */
const GATE = 20_260_615;

/**
 * Holds each request of the site that writes a security event of this kind, at that very moment, while `work` goes on:
 * what it did before is done, what follows has still to come.
 */
export async function whileEventsWait(
  { stores }: TestHouse,
  kind: string,
  work: (held: HeldEvents) => Promise<void>,
): Promise<void> {
  await stores.sql(`
    CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${GATE}); RETURN NEW; END $$`);
  await stores.sql(`
    CREATE TRIGGER "gate" BEFORE INSERT ON "SecurityEvent"
    FOR EACH ROW WHEN (NEW."kind" = '${kind}') EXECUTE FUNCTION wait_at_gate()`);
  const keeper = new pg.Client({ connectionString: stores.databaseUrl });
  await keeper.connect();
  try {
    await keeper.query('SELECT pg_advisory_lock($1)', [GATE]);
    await work({
      waiting: async (count = 1) => {
        await eventually(async () => {
          const rows = await stores.sql(
            `SELECT DISTINCT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
             WHERE NOT l.granted AND a.datname = current_database()`,
          );
          return rows.length >= count;
        }, `${count} before the gate`);
      },
      open: async () => {
        await keeper.query('SELECT pg_advisory_unlock($1)', [GATE]);
      },
    });
  } finally {
    await keeper.end();
    await stores.sql('DROP TRIGGER "gate" ON "SecurityEvent"');
    await stores.sql('DROP FUNCTION wait_at_gate');
  }
}
