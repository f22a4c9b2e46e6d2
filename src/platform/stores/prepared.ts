import { createHash } from 'node:crypto';
import type { Pool, QueryResult } from 'pg';

/** Texts are ours and few; one that is put together anew for each request must not fill Postgres's memory. */
const MOST = 200;

/**
 * A pooler handed the connection on (26000, 42P05), or what a statement answers was changed by a migration (0A000 in these
 * words): Postgres says so before it does anything, so the statement can be sent once more.
 */
function isLost(err: unknown): boolean {
  const { code, message } = err as { code?: string; message?: string };
  return code === '26000' || code === '42P05' || (code === '0A000' && /cached plan/.test(message ?? ''));
}

export type Ask = (text: string, values: unknown[]) => Promise<QueryResult>;

/**
 * Sends statements under names, so that each connection parses and plans one once: planning the statement of a profile takes
 * Postgres longer than answering it. The name is made of the text, so under one name stands one text, whoever shares a
 * connection. Where names are lost (PgBouncer in transaction mode, before 1.21) it does without from then on.
 */
export function preparing(pool: Pool): Ask {
  const names = new Map<string, string>();
  let lost = false;
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST) return known;
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    names.set(text, name);
    return name;
  };
  return async (text, values) => {
    const name = lost ? undefined : nameOf(text);
    if (name === undefined) return pool.query(text, values);
    try {
      return await pool.query({ name, text, values });
    } catch (err) {
      if (!isLost(err)) throw err;
      lost = true;
      return pool.query(text, values);
    }
  };
}
