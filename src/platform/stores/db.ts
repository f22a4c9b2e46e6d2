import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';
import { preparing } from './prepared.ts';

/** A statement, written as a tagged template or made of parts beforehand. */
type Statement<T> = (sql: TemplateStringsArray | Prisma.Sql, ...values: Prisma.Sql['values']) => Promise<T>;

/**
 * Prisma, and beside it what is written in SQL: that goes straight to the driver, for less than half of what a raw query
 * through Prisma takes. In a transaction it is Prisma's (`$queryRaw`). Both throw what `isDbDown` and `uniqueConflict` know.
 */
export interface Db extends PrismaClient {
  /** The rows of a statement; types as the driver has them: moments are Date, bigint is text. */
  rows<Row extends object>(...statement: Parameters<Statement<Row[]>>): Promise<Row[]>;
  /** How many rows a statement has written. */
  run: Statement<number>;
  /** Rejects unless the database answers, takes writes and has the migration of this name. */
  isMigrated(name: string): Promise<void>;
  /** As `rows`, for a text that is always the same; `$1` and so on are the values. */
  read<Row>(sql: string, values: readonly (string | number)[]): Promise<Row[]>;
}
export { Prisma };

/** A moment as SQL. */
export function at(moment: Date): Prisma.Sql {
  return Prisma.sql`${moment.toISOString()}::timestamptz`;
}

/**
 * Opens a pool of at most `max` connections. Connects at first use; a database that is away fails each query
 * quickly. `patience`: how many times as long as usual that may take.
 */
export function openDb(url: string, max = 10, metrics: Metrics = noMetrics, patience = 1): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 3_000 * patience,
    query_timeout: 5_000 * patience,
    idle_in_transaction_session_timeout: 10_000 * patience,
  });
  // An idle connection that breaks is replaced at the next query, which says so if it cannot.
  pool.on('error', () => {});
  // So is one that breaks between two hands: the pool has let go of it, and whoever asked for it does not listen yet.
  pool.on('connect', (client) => void client.on('error', () => {}));
  metrics.gauge('db_pool_connections', 'Open connections to Postgres', () => pool.totalCount);
  metrics.gauge('db_pool_idle', 'Open connections that nobody uses', () => pool.idleCount);
  metrics.gauge('db_pool_waiting', 'Queries that wait for a connection', () => pool.waitingCount);
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    // A request would rather hear 503 than stand in line: OWASP, Denial of Service cheat sheet.
    transactionOptions: { maxWait: 3_000 * patience, timeout: 8_000 * patience },
  });
  const send = preparing(pool);
  const read: Db['read'] = async <Row>(sql: string, values: readonly (string | number)[]) =>
    (await send(sql, [...values])).rows as Row[];
  const ask = (...[sql, ...values]: Parameters<Statement<unknown>>) => {
    const { text, values: given } = sql instanceof Prisma.Sql ? sql : Prisma.sql(sql, ...values);
    return send(text, given);
  };
  return Object.assign(client, {
    read,
    rows: async <Row extends object>(...statement: Parameters<typeof ask>) =>
      (await ask(...statement)).rows as Row[],
    isMigrated: async (name: string) => {
      // A standby, and a primary that was told so, are read only.
      const { rows } = await ask`
        SELECT current_setting('transaction_read_only') = 'on' AS "readOnly"
        FROM "_prisma_migrations" WHERE "migration_name" = ${name} AND "finished_at" IS NOT NULL`;
      const [found] = rows as { readOnly: boolean }[];
      if (found?.readOnly) throw new Error('the database takes no writes');
      if (!found) throw new Error(`the database lacks the migration ${name}`);
    },
    run: async (...statement: Parameters<typeof ask>) => (await ask(...statement)).rowCount ?? 0,
  });
}

/** Prisma: can't reach, timed out, closed, pool exhausted, transaction could not start or ended under us. */
const downCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/**
 * Postgres: connection exceptions (08), shutting down or starting up (57P0x), out of connections, disk or memory (53), a
 * statement that was ended for its time or by hand (57014) or for a lock (55P03), a standby that takes no writes (25006).
 */
const downState = '(08|53|57P0|57014|55P03|25006)';
const downStates = new RegExp(`^${downState}`);
/** The same where Prisma tells the state in words only: of raw SQL (P2010), and within a transaction (P2039). */
const downStateInWords = new RegExp(`(^Database error|^Raw query failed)\\. Code: \`${downState}`, 'm');
/** What node-postgres says without any code when a connection breaks, cannot be had or falls silent. */
const downWords =
  /^(Connection terminated|ConnectionClosed|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|connect ECONN)|(reach database server|server has closed the connection)/i;
const downSystem = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;

const chain = function* (err: unknown): Generator<Record<string, unknown>> {
  for (let e = err, n = 0; e && typeof e === 'object' && n < 5; e = (e as { cause?: unknown }).cause, n++)
    yield e as Record<string, unknown>;
};

/** Whether an error says that Postgres is away or overloaded, rather than that we asked something wrong. */
export function isDbDown(err: unknown): boolean {
  return [...chain(err)].some(
    (e) =>
      downCodes.has(String(e.code)) ||
      downSystem.test(String(e.code)) ||
      downStates.test(String(e.originalCode ?? e.code)) ||
      downStateInWords.test(String(e.message)) ||
      downWords.test(String(e.message)),
  );
}

/** The columns of the unique index that a write ran into (raw or by model), or null for any other error. */
export function uniqueConflict(err: unknown): string | null {
  for (const e of chain(err)) {
    const unique =
      e.code === 'P2002' ||
      (e.originalCode ?? e.code) === '23505' ||
      (e.code === 'P2010' && /23505/.test(String(e.message)));
    if (unique) return JSON.stringify([e.meta ?? null, e.message, e.cause ?? null]);
  }
  return null;
}

function isDeadlock(err: unknown): boolean {
  return [...chain(err)].some(
    (e) =>
      e.code === 'P2034' ||
      (e.originalCode ?? e.code) === '40P01' ||
      (e.code === 'P2010' && /40P01/.test(String(e.message))),
  );
}

/** Does a transaction, and does it again where Postgres ended it because it and another one waited for each other. */
export async function againAfterDeadlock<T>(transaction: () => Promise<T>, tries = 3): Promise<T> {
  try {
    return await transaction();
  } catch (err) {
    if (tries <= 1 || !isDeadlock(err)) throw err;
    return againAfterDeadlock(transaction, tries - 1);
  }
}
