import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryResult } from 'pg';

const MOST = 200; // a text composed anew for each request must not fill Postgres's memory

/** A pooler switched connections (26000, 42P05) or a migration changed the result (0A000); nothing ran: resend. */
function isLost(err: unknown): boolean {
  const { code, message } = err as { code?: string; message?: string };
  return code === '26000' || code === '42P05' || (code === '0A000' && /cached plan/.test(message ?? ''));
}

interface Statement {
  text: string;
  values: unknown[];
}

export interface Prepared {
  ask: (text: string, values: unknown[]) => Promise<QueryResult>;
  /** One after the other on one connection, committed together. */
  together: (statements: readonly Statement[]) => Promise<QueryResult[]>;
}

/**
 * One plan for whatever values come: over partitioned tables it takes longer to make than to carry out. What a transaction
 * like this looks up are few rows by their keys, whatever Postgres believes of tables that were empty when it looked.
 */
const BEGIN = [
  'BEGIN',
  'SET LOCAL plan_cache_mode = force_generic_plan',
  'SET LOCAL enable_hashjoin = off',
  'SET LOCAL enable_mergejoin = off',
  'SET LOCAL enable_seqscan = off',
].join('; ');

/** Prepared statements: planning a profile's takes longer than running it. Without them once PgBouncer loses names. */
export function preparing(pool: Pool): Prepared {
  const names = new Map<string, string>();
  let lost = false;
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST) return known;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    names.set(text, name);
    return name;
  };
  const query = (of: Pool | PoolClient, { text, values }: Statement): Promise<QueryResult> => {
    const name = lost ? undefined : nameOf(text);
    return name === undefined ? of.query(text, values) : of.query({ name, text, values });
  };
  /** Once more without names, if it was they that were lost. */
  const orWithout = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work();
    } catch (err) {
      if (!isLost(err)) throw err;
      lost = true;
      return work();
    }
  };
  const transaction = async (statements: readonly Statement[]): Promise<QueryResult[]> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(BEGIN);
      const answers: QueryResult[] = [];
      for (const statement of statements) answers.push(await query(client, statement));
      await client.query('COMMIT');
      return answers;
    } catch (err) {
      await client.query('ROLLBACK').catch((why: Error) => (broken = why));
      throw err;
    } finally {
      client.release(broken);
    }
  };
  return {
    ask: (text, values) => orWithout(() => query(pool, { text, values })),
    together: (statements) => orWithout(() => transaction(statements)),
  };
}
