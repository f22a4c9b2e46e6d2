import { languageCodes } from '../../../kernel/languages/codes.ts';
import { nearPairs } from '../../../kernel/languages/near.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { at, Prisma } from '../../../platform/stores/db.ts';
import { isHidden } from '../../safety/index.ts';
import type { Fit } from './fit.ts';

const near = nearPairs();
const nearSql = Prisma.sql`
  SELECT * FROM unnest(${near.map(([one]) => one)}::text[], ${near.map(([, other]) => other)}::text[]) AS n("code", "other")`;

/** Languages of one role as others may have them: the same ones, and those near to them. */
function asOthersHave(role: 'native' | 'learning', only: string): Prisma.Sql {
  const own = Prisma.sql`
    SELECT "code", "level" FROM mine WHERE "role" = ${role}::"LanguageRole" AND (${only} = '' OR "code" = ${only})`;
  return Prisma.sql`
    SELECT "code" AS "theirs", "level", FALSE AS "near" FROM (${own}) own
    UNION ALL SELECT n."other", own."level", TRUE FROM (${own}) own JOIN (${nearSql}) n ON n."code" = own."code"`;
}

const anyCode = Prisma.sql`
  SELECT "theirs", NULL::"LanguageLevel" AS "level", FALSE AS "near" FROM unnest(${[...languageCodes]}::text[]) AS c("theirs")`;

/**
 * Parts of a WITH: `me` (none: the session is over), `mine`, and `pairs`: what people speak and learn who fit the viewer.
 * `learn`: of the viewer's languages this one only; '': all.
 */
export function pairsSql(viewer: Viewer, learn: string, fit: Fit): Prisma.Sql {
  const { id, securityVersion, now } = viewer;
  const [spoken, learnt] = [asOthersHave('learning', learn), asOthersHave('native', '')];
  const oneWay = Prisma.sql`AND NOT (s."theirs" IN (SELECT "theirs" FROM (${spoken}) o) AND l."theirs" IN (SELECT "theirs" FROM (${learnt}) o))`;
  return Prisma.sql`
  me AS (
    SELECT u."id", "age_band"(u."dateOfBirth", ${at(now)}) AS "band",
           ${isHidden(viewer)} AS "hidden", a."utcOffset",
           ARRAY(SELECT i."code" FROM "UserInterest" i WHERE i."userId" = u."id") AS "interests"
    FROM "User" u LEFT JOIN "PersonActivity" a ON a."userId" = u."id"
    WHERE u."id" = ${id}::uuid AND u."securityVersion" = ${securityVersion}::int
  ), mine AS (
    SELECT l."code", l."role", l."level", l."position" FROM "UserLanguage" l WHERE l."userId" = ${id}::uuid
  ), pairs AS (
    SELECT s."theirs" AS "speaks", l."theirs" AS "learns", bool_and(s."near" OR l."near") AS "near",
           (array_agg(s."level" ORDER BY s."near"))[1] AS "myLevel"
    FROM (${fit === 'learns' ? anyCode : spoken}) s CROSS JOIN (${fit === 'speaks' ? anyCode : learnt}) l
    WHERE s."theirs" <> l."theirs" ${fit === 'both' ? Prisma.empty : oneWay} GROUP BY 1, 2
  )`;
}
