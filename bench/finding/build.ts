import type pg from 'pg';
import { activityPolicy } from '../../src/features/people/policy.ts';
import { later } from '../../src/kernel/clock.ts';
import { interestGroups } from '../../src/kernel/interests.ts';
import { languages, thresholds, zipf } from './languages.ts';
import { findingSettings as settings } from './settings.ts';

const tables = ['User', 'UserLanguage', 'UserInterest', 'Picture', 'Block', 'PersonActivity', 'LanguagePair'];

const given = `
  CREATE TEMP TABLE given AS
  SELECT $1::timestamptz AS now, $2::timestamptz AS "dormant", $3::int AS people, $4::int AS blocks,
         $5::text[] AS languages, $6::float8[] AS thresholds, $7::text[] AS interests, $8::text AS hash`;

/**
 * Everybody with what is drawn for them: a few languages, no one twice, of which the first ones are spoken and the next
 * ones learnt. 1.4 pairs each: 69 % have one, the others two to four.
 */
const drawn = `
  CREATE TEMP TABLE drawn AS
  SELECT d.*, g.*,
    (lpad(to_hex((EXTRACT(EPOCH FROM d."joined") * 1000)::bigint), 12, '0') || '7' || substr(d."bits", 1, 3)
     || '8' || substr(d."bits", 4, 15))::uuid AS "id",
    GREATEST(d."joined", g.now - random() ^ 2 * interval '40 days') AS "here",
    CASE WHEN d."pairs" < 0.92 THEN 1 ELSE 2 END AS "natives",
    CASE WHEN d."pairs" < 0.69 THEN 1 WHEN d."pairs" < 0.89 THEN 2 WHEN d."pairs" < 0.92 THEN 3
         WHEN d."pairs" < 0.97 THEN 1 ELSE 2 END AS "learning",
    ARRAY(SELECT g.languages[1 + c] FROM unnest(d."draws") WITH ORDINALITY AS t(c, o) GROUP BY c ORDER BY min(o)) AS "codes"
  FROM given g, LATERAL (
    SELECT n, g.now - random() * interval '730 days' AS "joined", md5(random()::text || n) AS "bits",
      random() AS "pairs", random() AS "age", random() AS "hides",
      ARRAY[${Array.from({ length: 8 }, () => 'width_bucket(random(), g.thresholds)').join(', ')}] AS "draws"
    FROM generate_series(1, g.people) n
  ) d`;

/** Nearly all are grown up; some hide, leave, or are kept out. */
const users = `
  INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "band",
                      "country", "bio", "visibility", "findable", "leavingAt", "purgeAt", "suspendedUntil", "createdAt", "updatedAt")
  SELECT "id", name, name, name || '@example.com', name || '@example.com', "joined", hash, born, "age_band"(born, now),
    (ARRAY['DE', 'ES', 'US', 'JP', 'BR', 'FR', 'TR', 'PL', 'IN', 'KR'])[1 + n % 10],
    repeat('I like to talk about what I have read. ', n % 5),
    CASE WHEN "hides" < 0.02 THEN 'nobody' ELSE 'members' END::"ProfileVisibility",
    CASE WHEN "hides" < 0.03 THEN 'nobody' WHEN "hides" < 0.06 THEN 'matches' END::"FindableBy",
    CASE WHEN "hides" > 0.998 THEN now END, CASE WHEN "hides" > 0.998 THEN now + interval '14 days' END,
    CASE WHEN "hides" > 0.996 THEN now + interval '7 days' END, "joined", "joined"
  FROM drawn, LATERAL (SELECT 'p' || lpad(n::text, 7, '0') AS name, (now - interval '1 year' *
    CASE WHEN "age" < 0.005 THEN 14 WHEN "age" < 0.025 THEN 17 ELSE 20 + "age" * 40 END)::date AS born) f`;

const further = [
  `INSERT INTO "UserLanguage" ("userId", "code", "role", "position", "level")
   SELECT "id", "codes"[k], CASE WHEN k <= "natives" THEN 'native' ELSE 'learning' END::"LanguageRole", k,
     CASE WHEN k > "natives" AND random() < 0.7 THEN (enum_range(NULL::"LanguageLevel"))[1 + floor(random() * 6)] END
   FROM drawn, generate_series(1, LEAST("natives" + "learning", cardinality("codes"))) k`,
  `INSERT INTO "UserInterest" ("userId", "code", "position")
   SELECT "id", interests[1 + floor(random() * cardinality(interests))], k
   FROM drawn, generate_series(0, (n % 7) - 1) k ON CONFLICT DO NOTHING`,
  `INSERT INTO "Picture" ("id", "userId", "kind", "state", "mediaKey", "width", "height", "createdAt")
   SELECT uuidv7(), "id", 'avatar', 'ready', lpad(n::text, 22, 'A'), 300, 300, "joined" FROM drawn WHERE n % 2 = 0`,
  `INSERT INTO "PersonActivity" ("userId", "activeAt", "activeBefore", "utcOffset", "shownOn", "shown", "shownBefore", "countedAt")
   SELECT "id", "here", NULLIF("joined", "here"), (-10 + n % 20) * 60, CASE WHEN n % 3 = 0 THEN (now AT TIME ZONE 'UTC')::date END,
     n % 40, n % 30, CASE WHEN n % 3 = 0 THEN now END FROM drawn`,
  // Some block many, most nobody.
  `INSERT INTO "Block" ("id", "blockerId", "blockedId", "at")
   SELECT uuidv7(), a."id", b."id", a.now
   FROM given g, LATERAL (SELECT 1 + floor(g.people * random() ^ 3) AS one, 1 + floor(g.people * random()) AS other
                          FROM generate_series(1, g.blocks)) p
   JOIN drawn a ON a.n = p.one JOIN drawn b ON b.n = p.other WHERE a.n <> b.n ON CONFLICT DO NOTHING`,
  // As "index_language_pairs" does it for few.
  `INSERT INTO "LanguagePair" ("userId", "speaks", "learns", "dormant", "level", "band", "place", "from", "until")
   SELECT u."id", s."code", l."code", d."here" < d."dormant", l."level", u."band", "place_in_ring"(u."id"), '-infinity', 'infinity'
   FROM drawn d JOIN "User" u ON u."id" = d."id"
   JOIN "UserLanguage" s ON s."userId" = u."id" AND s."role" = 'native'
   JOIN "UserLanguage" l ON l."userId" = u."id" AND l."role" = 'learning'
   WHERE u."visibility" = 'members' AND u."findable" IS DISTINCT FROM 'nobody' AND u."bannedAt" IS NULL AND u."purgeAt" IS NULL`,
];

/** What the triggers would write of a thousand people is what stands there. */
async function checkIndex(client: pg.Client): Promise<void> {
  const some = 'ARRAY(SELECT "id" FROM drawn WHERE n <= 1000)';
  const index = `SELECT md5(string_agg(p::text || p.ctid::text, '' ORDER BY p."userId", p."speaks", p."learns")) AS "digest"
                 FROM "LanguagePair" p WHERE p."userId" = ANY(${some})`;
  const { rows: before } = await client.query<{ digest: string }>(index);
  await client.query(`SELECT "index_language_pairs"(${some})`);
  const { rows: after } = await client.query<{ digest: string }>(index);
  if (before[0]!.digest !== after[0]!.digest)
    throw new Error('the index is not what triggers make of these people');
}

/** A million people in some minutes: set by set, with triggers off, and all indexes but primary keys made at the end. */
export async function buildPeople(client: pg.Client, now: Date, passwordHash: string): Promise<void> {
  await client.query(`ALTER SYSTEM SET max_wal_size = '8GB'`);
  await client.query('SELECT pg_reload_conf()');
  await client.query(`SET session_replication_role = replica; SET synchronous_commit = off;
                      SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SELECT setseed(0.18)`);
  const indexes = await client.query<{ name: string; made: string }>(
    `SELECT i.indexrelid::regclass::text AS "name", pg_get_indexdef(i.indexrelid) AS "made" FROM pg_index i
     WHERE i.indrelid = ANY(SELECT format('%I', t)::regclass FROM unnest($1::text[]) t)
       AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of indexes.rows) await client.query(`DROP INDEX ${name}`);
  await client.query(given, [
    now,
    later(now, -activityPolicy.dormantAfter),
    settings.people,
    settings.blocks,
    languages,
    thresholds(zipf(1, languages.length)),
    interestGroups.flatMap((group) => [...group.interests]),
    passwordHash,
  ]);
  await client.query(drawn);
  await client.query('CREATE UNIQUE INDEX ON drawn (n); ANALYZE drawn');
  for (const statement of [users, ...further]) await client.query(statement);
  for (const { made } of indexes.rows) await client.query(made);
  await client.query('VACUUM ANALYZE');
  await checkIndex(client);
  await client.query('DROP TABLE drawn; DROP TABLE given; RESET ALL');
}
