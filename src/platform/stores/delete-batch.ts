import { type Db, Prisma } from './db.ts';

interface Batch {
  table: Prisma.Sql;
  key: Prisma.Sql;
  where: Prisma.Sql;
  most: number;
}

/** Answers how many. Skips rows that a parallel call has locked. */
export function deleteBatch(db: Pick<Db, 'run'>, { table, key, where, most }: Batch): Promise<number> {
  return db.run`
    DELETE FROM ${table} WHERE ${key} IN (
      SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
