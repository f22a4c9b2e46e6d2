import { type Db, Prisma } from './db.ts';

interface Batch {
  table: Prisma.Sql;
  key: Prisma.Sql;
  where: Prisma.Sql;
  most: number;
}

/**
 * Answers how many. Skips rows that a parallel call has locked. An array, since Postgres may run `IN (SELECT … LIMIT …)` anew
 * for each row of the table: it then locks rows that it leaves, and which the other call skips.
 */
export function deleteBatch(db: Pick<Db, 'run'>, { table, key, where, most }: Batch): Promise<number> {
  return db.run`
    DELETE FROM ${table} WHERE ${key} = ANY(ARRAY(
      SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${most} FOR UPDATE SKIP LOCKED))`;
}
