import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import { type Metrics, noMetrics } from '../watching/metrics.ts';
import { preparing } from './prepared.ts';

type Statement<T> = (sql: TemplateStringsArray | Prisma.Sql, ...values: Prisma.Sql['values']) => Promise<T>;

/** SQL goes straight to the driver, in half the time of Prisma's raw queries. In a transaction use `$queryRaw`. */
export interface Db extends PrismaClient {
  /** Typed by the driver: dates are Date, bigint is a string. */
  rows<Row extends object>(...statement: Parameters<Statement<Row[]>>): Promise<Row[]>;
  run: Statement<number>;
  /** In one transaction, one after the other, in half the time of `$transaction`. Answers the rows of the last. */
  together<Row extends object>(...statements: Prisma.Sql[]): Promise<Row[]>;
  isMigrated(name: string): Promise<void>; // rejects unless the database takes writes and has this migration
  read<Row>(sql: string, values: readonly (string | number)[]): Promise<Row[]>;
}
export { Prisma };

export function at(moment: Date): Prisma.Sql {
  return Prisma.sql`${moment.toISOString()}::timestamptz`;
}

/** Connects at first use. `patience` multiplies the timeouts. */
export function openDb(url: string, max = 10, metrics: Metrics = noMetrics, patience = 1): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 3_000 * patience,
    query_timeout: 5_000 * patience,
    idle_in_transaction_session_timeout: 10_000 * patience,
  });
  // An idle connection that breaks is replaced at the next query.
  pool.on('error', () => {});
  // So is one that breaks while the pool hands it out.
  pool.on('connect', (client) => void client.on('error', () => {}));
  metrics.gauge('db_pool_connections', 'Open connections to Postgres', () => pool.totalCount);
  metrics.gauge('db_pool_idle', 'Open connections that nobody uses', () => pool.idleCount);
  metrics.gauge('db_pool_waiting', 'Queries that wait for a connection', () => pool.waitingCount);
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    // A request fails quickly rather than waits (OWASP, Denial of Service Cheat Sheet).
    transactionOptions: { maxWait: 3_000 * patience, timeout: 8_000 * patience },
  });
  const { ask: send, together } = preparing(pool);
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
      // A standby is read only.
      const { rows } = await ask`
        SELECT current_setting('transaction_read_only') = 'on' AS "readOnly"
        FROM "_prisma_migrations" WHERE "migration_name" = ${name} AND "finished_at" IS NOT NULL`;
      const [found] = rows as { readOnly: boolean }[];
      if (found?.readOnly) throw new Error('the database takes no writes');
      if (!found) throw new Error(`the database lacks the migration ${name}`);
    },
    together: async <Row extends object>(...statements: Prisma.Sql[]) => {
      const answers = await together(statements.map(({ text, values }) => ({ text, values })));
      return (answers.at(-1)?.rows ?? []) as Row[];
    },
    run: async (...statement: Parameters<typeof ask>) => (await ask(...statement)).rowCount ?? 0,
  });
}

/** Unreachable, timed out, closed, pool exhausted, transaction not started or ended. */
const downCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/** Connection lost (08), no resources (53), shut down (57P0x), canceled (57014), locked (55P03), standby (25006). */
const downState = '(08|53|57P0|57014|55P03|25006)';
const downStates = new RegExp(`^${downState}`);
/** Prisma tells the state only in words for raw SQL (P2010) and in transactions (P2039). */
const downStateInWords = new RegExp(`(^Database error|^Raw query failed)\\. Code: \`${downState}`, 'm');
/** node-postgres's errors without a code. */
const downWords =
  /^(Connection terminated|ConnectionClosed|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|connect ECONN)|(reach database server|server has closed the connection)/i;
const downSystem = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;

const chain = function* (err: unknown): Generator<Record<string, unknown>> {
  for (let e = err, n = 0; e && typeof e === 'object' && n < 5; e = (e as { cause?: unknown }).cause, n++)
    yield e as Record<string, unknown>;
};

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

/** The columns of the index; null for any other error. */
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

export async function againAfterDeadlock<T>(transaction: () => Promise<T>, tries = 3): Promise<T> {
  try {
    return await transaction();
  } catch (err) {
    if (tries <= 1 || !isDeadlock(err)) throw err;
    return againAfterDeadlock(transaction, tries - 1);
  }
}
