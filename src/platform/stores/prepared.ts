import { createHash } from 'node:crypto';
import type { Pool, QueryResult } from 'pg';

const MOST = 200; // a text composed anew for each request must not fill Postgres's memory

/** A pooler switched connections (26000, 42P05) or a migration changed the result (0A000); nothing ran: resend. */
function isLost(err: unknown): boolean {
  const { code, message } = err as { code?: string; message?: string };
  return code === '26000' || code === '42P05' || (code === '0A000' && /cached plan/.test(message ?? ''));
}

export type Ask = (text: string, values: unknown[]) => Promise<QueryResult>;

/** Prepared statements: planning a profile's takes longer than running it. Without them once PgBouncer loses names. */
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
