import type { Viewer } from '../../../kernel/viewer.ts';
import { type Db, Prisma } from '../../../platform/stores/db.ts';
import type { PersonQuestion } from '../../../platform/stores/question.ts';
import type { ShownPicture } from '../../pictures/index.ts';
import type { Level } from '../../profile/index.ts';
import { mayFind } from '../../safety/index.ts';
import { findingPolicy } from '../policy.ts';
import type { Filters } from './filters.ts';
import { bandsThatShowActivity } from './filters.sql.ts';
import { factsSql, isNewSql, pointsSql } from './order.sql.ts';
import type { Fit } from './fit.ts';
import { pairsSql } from './pairs.sql.ts';
import { markSql, newcomersSql, ringSql } from './ring.sql.ts';
import { isBeginning, type RingPlace, type Walk } from './walk.ts';

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
  isEarly: boolean; // behind that window: shown before the ring comes to them
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
    'isNext', f."isNext", 'isEarly', f."isEarly", 'levelsApart', f."levelsApart", 'common', f."common", 'minutesApart', f."minutesApart",
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

/** `questions`: what other features ask about each person. */
export function createPeopleStore(db: Db, questions: () => readonly PersonQuestion[]) {
  return {
    /** The next people of a walk, in one statement, whatever changed since it began. Null: the session is over. */
    async look(viewer: Viewer, walk: Walk, filters: Filters, fit: Fit, most: number): Promise<Look | null> {
      const { window, seen, early } = walk;
      const reach = window ? 2 * findingPolicy.window : findingPolicy.window;
      const isNext = window
        ? Prisma.sql`("stretch", "place") > (${window.stretch}::int, ${String(window.place)}::bigint)`
        : Prisma.sql`TRUE`;
      const withNewcomers = fit === 'both' && isBeginning(walk);
      // What triggers keep of exact pairs is what a match is.
      const isMatch = fit === 'both' ? Prisma.sql`NOT c."near"` : Prisma.sql`FALSE`;
      const facts = Prisma.sql`
        SELECT c.*, ${factsSql(viewer)}
        FROM looked c JOIN "User" u ON u."id" = c."userId" AND ${mayFind(viewer, isMatch)}
          AND (NOT c."isEarly" OR ${isNewSql(viewer)}) -- Ids know about when somebody joined, and no better.
        LEFT JOIN "PersonActivity" a ON a."userId" = c."userId"`;
      const [row] = await db.rows<Row>`
      WITH ${pairsSql(viewer, filters.learn, fit)}${ringSql(viewer, walk, filters, reach)}, people AS (
        SELECT DISTINCT ON ("stretch", "place", "userId") *, ${isNext} AS "isNext"
        FROM ring WHERE ${markSql} <> ALL(${early.map(String)}::bigint[])
        ORDER BY "stretch", "place", "userId", "near", "speaks", "learns"
      )${withNewcomers ? newcomersSql(viewer, walk, filters) : Prisma.empty}, numbered AS (
        SELECT *, row_number() OVER (PARTITION BY "isNext" ORDER BY "stretch", "place") AS "number" FROM people
      ), looked AS (
        SELECT *, FALSE AS "isEarly" FROM numbered WHERE "isNext" AND "number" <= ${findingPolicy.window}
        UNION ALL SELECT *, FALSE FROM numbered WHERE NOT "isNext" AND ${markSql} <> ALL(${seen.map(String)}::bigint[])
        ${withNewcomers ? Prisma.sql`UNION ALL SELECT *, 0, TRUE FROM newcomers` : Prisma.empty}
      ), open AS MATERIALIZED (${facts} WHERE NOT c."isNext"
      ), next AS MATERIALIZED (${facts} WHERE c."isNext" AND (SELECT count(*) FROM open) < ${most}::int
      ), chosen AS MATERIALIZED (
        SELECT f.*, ${pointsSql()} AS "points" FROM (SELECT * FROM open UNION ALL SELECT * FROM next) f
        ORDER BY f."isNext", "points" DESC, f."stretch", f."place" LIMIT ${most}
      )
      SELECT me."hidden", me."band"::text = ANY(${bandsThatShowActivity}::text[]) AS "showsActivity",
        COALESCE((SELECT json_agg(json_build_object('code', m."code", 'role', m."role")
                                           ORDER BY m."position") FROM mine m), '[]') AS "mine",
        COALESCE((${cardsSql(questions().map((ask) => ask(viewer)))}), '[]') AS "people",
        (SELECT count(*) FROM ring) < ${reach}::int
          AND NOT EXISTS (SELECT FROM numbered WHERE "isNext" AND "number" > ${findingPolicy.window}) AS "isThrough",
        (SELECT json_build_object('stretch', l."stretch", 'place', l."place"::text) FROM looked l
         WHERE l."isNext" AND NOT l."isEarly" ORDER BY l."stretch" DESC, l."place" DESC LIMIT 1) AS "last"
      FROM me`;
      if (!row) return null;
      const { last, ...look } = row;
      return { ...look, last: last && { stretch: last.stretch, place: BigInt(last.place) } };
    },
  };
}

export type PeopleStore = ReturnType<typeof createPeopleStore>;
