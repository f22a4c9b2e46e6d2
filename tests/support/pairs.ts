import type { TestStores } from './stores.ts';

type Stores = Pick<TestStores, 'sql'>;

/** Writes that these two are partners. */
export async function makePartners({ sql }: Stores, one: string, other: string, since: Date): Promise<void> {
  const [low, high] = [one, other].toSorted();
  await sql('INSERT INTO "Partner" ("lowId", "highId", "since") VALUES ($1, $2, $3)', [low, high, since]);
}

/** Writes that one has blocked another; answers the id of that. */
export async function block({ sql }: Stores, blocker: string, blocked: string, at: Date): Promise<string> {
  const [row] = await sql<{ id: string }>(
    `INSERT INTO "Block" ("id", "blockerId", "blockedId", "at") VALUES (gen_random_uuid(), $1, $2, $3) RETURNING "id"`,
    [blocker, blocked, at],
  );
  return row!.id;
}

/** Writes when somebody was born, and the band of before. */
export async function bornOn({ sql }: Stores, id: string, date: string, noted?: string): Promise<void> {
  await sql(
    'UPDATE "User" SET "dateOfBirth" = $2, "band" = COALESCE($3::"AgeBand", "band") WHERE "id" = $1',
    [id, date, noted ?? null],
  );
}
