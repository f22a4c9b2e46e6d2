import type pg from 'pg';
import { mayFind } from '../../src/features/safety/index.ts';
import type { Viewer } from '../../src/kernel/viewer.ts';
import { Prisma } from '../../src/platform/stores/db.ts';
import { findingSettings } from './settings.ts';

/** What one would write first: both ways by the tables of languages, those who were here lately first. */
function plainSql(viewer: Viewer): Prisma.Sql {
  const shares = (mine: string, theirs: string) => Prisma.sql`EXISTS (
    SELECT FROM "UserLanguage" t JOIN "UserLanguage" m ON m."code" = t."code" AND m."userId" = ${viewer.id}::uuid
    WHERE t."userId" = u."id" AND t."role" = ${theirs}::"LanguageRole" AND m."role" = ${mine}::"LanguageRole")`;
  return Prisma.sql`SELECT u."id", u."username", u."displayName", u."bio", u."country" FROM "User" u
    JOIN "PersonActivity" a ON a."userId" = u."id"
    WHERE ${mayFind(viewer, Prisma.sql`TRUE`)} AND ${shares('learning', 'native')} AND ${shares('native', 'learning')}
    ORDER BY a."activeAt" DESC, u."id" LIMIT 20`;
}

/** The same with the languages of everybody in arrays, and a GIN index on both. */
function arraysSql(viewer: Viewer): Prisma.Sql {
  const mine = (role: string) =>
    Prisma.sql`(SELECT ARRAY(SELECT "code" FROM "UserLanguage" WHERE "userId" = ${viewer.id}::uuid AND "role" = ${role}::"LanguageRole"))`;
  return Prisma.sql`SELECT u."id", u."username", u."displayName", u."bio", u."country" FROM bench_codes c
    JOIN "User" u ON u."id" = c."userId" JOIN "PersonActivity" a ON a."userId" = u."id"
    WHERE c."native" && ${mine('learning')} AND c."learning" && ${mine('native')} AND ${mayFind(viewer, Prisma.sql`TRUE`)}
    ORDER BY a."activeAt" DESC, u."id" LIMIT 20`;
}

export const others = { 'plain EXISTS': plainSql, 'arrays with GIN': arraysSql } as const;

export async function buildArrays(client: pg.Client): Promise<void> {
  await client.query(`
    CREATE TABLE bench_codes AS SELECT "userId", array_agg("code") FILTER (WHERE "role" = 'native') AS "native",
      array_agg("code") FILTER (WHERE "role" = 'learning') AS "learning" FROM "UserLanguage" GROUP BY "userId"`);
  await client.query('CREATE INDEX ON bench_codes USING gin ("native", "learning")');
  await client.query('VACUUM ANALYZE bench_codes');
}

/** How long one took; what is cut off took as long as it was given. */
export async function timed(client: pg.Client, { text, values }: Prisma.Sql): Promise<number> {
  const start = performance.now();
  try {
    await client.query(text, values);
  } catch (err) {
    if ((err as { code?: string }).code !== '57014') throw err;
    return findingSettings.timeout;
  }
  return performance.now() - start;
}
