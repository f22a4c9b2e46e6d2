import { type Db, Prisma } from './db.ts';

interface Batch {
  table: Prisma.Sql;
  /** The column of its primary key. */
  key: Prisma.Sql;
  where: Prisma.Sql;
  /** Rows. */
  most: number;
}

/** Deletes a batch of rows; answers how many. Safe to run twice at once: rows that another one holds are passed over. */
export function deleteBatch(db: Pick<Db, 'run'>, { table, key, where, most }: Batch): Promise<number> {
  return db.run`
    DELETE FROM ${table} WHERE ${key} IN (
      SELECT ${key} FROM ${table} WHERE ${where} LIMIT ${most} FOR UPDATE SKIP LOCKED)`;
}
