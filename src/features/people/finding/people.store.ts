import type { Viewer } from '../../../kernel/viewer.ts';
import { at, type Db, Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import type { ShownPicture } from '../../pictures/index.ts';
import { mayFind } from '../../safety/index.ts';
import { findingPolicy } from '../policy.ts';
import type { Filters, Level } from './filters.ts';
import { bandsThatShowActivity, filtered } from './filters.sql.ts';
import { factsSql, pointsSql } from './order.sql.ts';
import type { Fit } from './fit.ts';
import { pairsSql } from './pairs.sql.ts';
import { type RingPlace, stretches, type Walk } from './walk.ts';

/** Why somebody is suggested. */
export interface Facts {
  levelsApart: number | null;
  common: string[]; // interests of both
  minutesApart: number | null; // of their clocks
  steps: number; // of six hours since they were here
  newcomer: boolean;
  near: boolean;
}

export interface FoundPerson extends Facts {
  username: string;
  displayName: string | null;
  bio: string;
  country: string;
  interests: string[];
  avatar: ShownPicture | null;
  speaks: string;
  learns: string;
  level: Level | null;
  answers: unknown[];
}

export interface Candidate extends FoundPerson {
  id: string;
  place: string;
  isNext: boolean; // of the window after the open one
}

export interface OwnLanguage {
  code: string;
  role: 'native' | 'learning';
}

export interface Look {
  people: Candidate[];
  hidden: boolean; // the viewer is, so nobody finds them either
  showsActivity: boolean; // of people of this band
  mine: OwnLanguage[]; // in the viewer's order
  last: RingPlace | null; // of the window that was looked at anew; null: there was nobody
  isThrough: boolean; // nobody comes behind
}

interface Row {
  people: Candidate[];
  hidden: boolean;
  showsActivity: boolean;
  mine: OwnLanguage[];
  last: { stretch: number; place: string } | null;
  isThrough: boolean;
}

/** Cards of the people of `chosen`, in their order, with why they are shown and what other features say of them. */
function cardsSql(answers: readonly Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`
  SELECT json_agg(json_build_object(
    'id', u."id", 'username', u."username", 'displayName', u."displayName", 'bio', u."bio", 'country', u."country",
    'speaks', f."speaks", 'learns', f."learns", 'level', f."level", 'near', f."near", 'place', f."place"::text,
    'isNext', f."isNext", 'levelsApart', f."levelsApart", 'common', f."common", 'minutesApart', f."minutesApart",
    'steps', f."steps", 'newcomer', f."newcomer",
    'interests', COALESCE((SELECT json_agg(i."code" ORDER BY i."position")
                           FROM "UserInterest" i WHERE i."userId" = u."id"), '[]'),
    'avatar', (SELECT json_build_object('id', p."id", 'kind', p."kind", 'name', p."mediaKey", 'alt', p."alt",
                                        'width', p."width", 'height', p."height", 'placeholder', p."placeholder")
               FROM "Picture" p WHERE p."userId" = u."id" AND p."kind" = 'avatar' AND p."state" = 'ready' LIMIT 1),
    'answers', json_build_array(${answers.length > 0 ? Prisma.join([...answers]) : Prisma.empty})
  ) ORDER BY f."isNext", f."points" DESC, f."stretch", f."place")
  FROM chosen f JOIN "User" u ON u."id" = f."userId"`;
}

/** Rows of the ring from where the walk stands, in its order: of all pairs, at most `most`. */
function ringSql(
  viewer: Viewer,
  { startedAt, start, from }: Walk,
  filters: Filters,
  most: number,
): Prisma.Sql {
  const ahead = stretches(start)
    .map((stretch, n) => ({ ...stretch, n }))
    .filter(({ n, low, high }) => n >= from.stretch && low <= high)
    .map(({ n, low, ...rest }) => ({ ...rest, n, low: n === from.stretch ? from.place : low }));
  return Prisma.sql`
    SELECT s."n" AS "stretch", e.* FROM unnest(
      ${ahead.map(({ n }) => n)}::int[], ${ahead.map(({ dormant }) => dormant)}::boolean[],
      ${ahead.map(({ low }) => String(low))}::bigint[], ${ahead.map(({ high }) => String(high))}::bigint[]
    ) AS s("n", "dormant", "low", "high")
    CROSS JOIN LATERAL (
      SELECT e.*, p.* FROM pairs p CROSS JOIN LATERAL (
        SELECT e."userId", e."level", e."place" FROM "LanguagePair" e
        WHERE e."speaks" = p."speaks" AND e."learns" = p."learns" AND e."band" = (SELECT "band" FROM me)
          AND e."dormant" = s."dormant" AND e."place" BETWEEN s."low" AND s."high"
          AND e."from" <= ${at(startedAt)} AND e."until" > ${at(startedAt)} AND ${filtered(filters, viewer)}
        ORDER BY e."place" LIMIT ${most}
      ) e ORDER BY e."place" LIMIT ${most}
    ) e ORDER BY s."n", e."place" LIMIT ${most}`;
}

/** `questions`: what other features ask about each person. */
export function createPeopleStore(db: Db, questions: () => readonly PersonQuestion[]) {
  return {
    /** The next people of a walk, in one statement, whatever changed since it began. Null: the session is over. */
    async look(viewer: Viewer, walk: Walk, filters: Filters, fit: Fit, most: number): Promise<Look | null> {
      const { window, seen } = walk;
      const reach = window ? 2 * findingPolicy.window : findingPolicy.window;
      const isNext = window
        ? Prisma.sql`("stretch", "place") > (${window.stretch}::int, ${String(window.place)}::bigint)`
        : Prisma.sql`TRUE`;
      // What triggers keep of exact pairs is what a match is.
      const isMatch = fit === 'both' ? Prisma.sql`NOT c."near"` : Prisma.sql`FALSE`;
      const [row] = await db.rows<Row>`
      WITH ${pairsSql(viewer, filters.learn, fit)}, ring AS MATERIALIZED (${ringSql(viewer, walk, filters, reach)}
      ), people AS (
        SELECT DISTINCT ON ("stretch", "place", "userId") *, ${isNext} AS "isNext"
        FROM ring ORDER BY "stretch", "place", "userId", "near", "speaks", "learns"
      ), numbered AS (
        SELECT *, row_number() OVER (PARTITION BY "isNext" ORDER BY "stretch", "place") AS "number" FROM people
      ), looked AS (
        SELECT * FROM numbered WHERE "isNext" AND "number" <= ${findingPolicy.window}
        UNION ALL SELECT * FROM numbered WHERE NOT "isNext" AND
          ("place" & ((1::bigint << 48) - 1)) <> ALL(${seen.map(String)}::bigint[])
      ), facts AS (
        SELECT c.*, ${factsSql(viewer)}
        FROM looked c JOIN "User" u ON u."id" = c."userId" AND ${mayFind(viewer, isMatch)}
        LEFT JOIN "PersonActivity" a ON a."userId" = c."userId"
      ), chosen AS (
        SELECT f.*, ${pointsSql()} AS "points" FROM facts f
        ORDER BY f."isNext", "points" DESC, f."stretch", f."place" LIMIT ${most}
      )
      SELECT me."hidden", me."band"::text = ANY(${bandsThatShowActivity}::text[]) AS "showsActivity",
        COALESCE((SELECT json_agg(json_build_object('code', m."code", 'role', m."role")
                                           ORDER BY m."position") FROM mine m), '[]') AS "mine",
        COALESCE((${cardsSql(questions().map((ask) => ask(viewer)))}), '[]') AS "people",
        (SELECT count(*) FROM ring) < ${reach}::int
          AND NOT EXISTS (SELECT FROM numbered WHERE "isNext" AND "number" > ${findingPolicy.window}) AS "isThrough",
        (SELECT json_build_object('stretch', l."stretch", 'place', l."place"::text) FROM looked l
         WHERE l."isNext" ORDER BY l."stretch" DESC, l."place" DESC LIMIT 1) AS "last"
      FROM me`;
      if (!row) return null;
      const { last, ...look } = row;
      return { ...look, last: last && { stretch: last.stretch, place: BigInt(last.place) } };
    },
  };
}

export type PeopleStore = ReturnType<typeof createPeopleStore>;
