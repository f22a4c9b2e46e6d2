import { createHmac, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { SessionData } from 'express-session';
import { sessionPolicy, signInPolicy } from '../../src/features/auth/policy.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { openRedis } from '../../src/platform/stores/redis.ts';
import { SessionStore } from '../../src/platform/stores/session-store.ts';
import { cookieOptions, hostCookie } from '../../src/web/request/cookies.ts';
import { prepareSession } from '../../src/web/session/session.ts';
import { settings } from '../settings.ts';
import { chatSettings } from './settings.ts';

export interface Person {
  username: string;
  /** The header. */
  cookie: string;
}

/** Pairs of people who accepted each other, the first of them with many chats and a long one. */
export async function buildPairs(secret: string, people: number): Promise<Person[]> {
  const client = new pg.Client({ connectionString: settings.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; username: string }>(
    `WITH people AS (
       INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth",
                           "country", "createdAt", "updatedAt")
       SELECT gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', now(), '$argon2id$', '1995-05-15', 'DE', now() - interval '30 days', now()
       FROM generate_series(0, $1::int - 1) n, LATERAL (SELECT 'c' || lpad(n::text, 6, '0') AS name) names
       RETURNING "id", "username"
     ), languages AS (
       INSERT INTO "UserLanguage" SELECT "id", code, role::"LanguageRole", 0
       FROM people, (VALUES ('de', 'native'), ('es', 'learning')) AS languages(code, role)
     ) SELECT "id", "username" FROM people ORDER BY "username"`,
    [people],
  );
  const pairs = rows.flatMap((row, n) => (n % 2 === 1 ? [[rows[n - 1]!.id, row.id]] : []));
  const many = rows.slice(2, 2 + chatSettings.chats - 1).map(({ id }) => [rows[0]!.id, id]);
  const all = [...pairs, ...many];
  await client.query(
    `WITH pair AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS p("a", "b")), talk AS (
       INSERT INTO "Conversation" ("id", "lowId", "highId", "state", "askedBy", "askedAt", "acceptedAt", "lastSeq", "lastAt", "lastChange")
       SELECT "conversation_id"("a", "b"), LEAST("a", "b"), GREATEST("a", "b"), 'accepted', "a", now(), now(), 1, now(), 1 FROM pair
       ON CONFLICT DO NOTHING RETURNING "id", "lowId", "highId", "askedBy"
     ), partners AS (
       INSERT INTO "Partner" ("lowId", "highId", "since") SELECT "lowId", "highId", now() FROM talk
     ), parts AS (
       INSERT INTO "Participation" ("userId", "conversationId", "otherId", "list", "lastAt")
       SELECT "lowId", "id", "highId", 'chats'::"ChatList", now() FROM talk UNION ALL
       SELECT "highId", "id", "lowId", 'chats'::"ChatList", now() FROM talk
     )
     INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change")
     SELECT "id", 1, "askedBy", gen_random_uuid(), 'Hallo', now(), 1 FROM talk`,
    [all.map(([a]) => a), all.map(([, b]) => b)],
  );
  await client.query(
    `WITH talk AS (
       UPDATE "Conversation" SET "lastSeq" = $3, "lastChange" = $3 WHERE "id" = "conversation_id"($1::uuid, $2::uuid) RETURNING "id"
     )
     INSERT INTO "Message" ("conversationId", "seq", "authorId", "clientId", "text", "at", "change")
     SELECT talk."id", n, CASE WHEN n % 2 = 0 THEN $1::uuid ELSE $2::uuid END, gen_random_uuid(), repeat('Wort ', 24),
            now() - make_interval(mins => $3::int - n), n
     FROM talk, generate_series(2, $3::int) n`,
    [rows[0]!.id, rows[1]!.id, chatSettings.longConversation],
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
  return signIn(rows, secret);
}

/** As the front door leaves them: a session each. */
async function signIn(rows: readonly { id: string; username: string }[], secret: string): Promise<Person[]> {
  const redis = openRedis(settings.redisUrl, createLog('silent'));
  await new Promise((resolve) => redis.once('ready', resolve));
  const store = new SessionStore(redis, prepareSession(sessionPolicy, systemClock), signInPolicy.sessions);
  const cookie = { ...cookieOptions(true), originalMaxAge: null, expires: null };
  const people: Person[] = [];
  for (const { id: userId, username } of rows) {
    const sid = randomBytes(24).toString('base64url');
    const session = { cookie, userId, username, securityVersion: 0, device: '', firstMinute: 0 };
    await store.set(sid, session as unknown as SessionData);
    const mac = createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
    people.push({ username, cookie: `${hostCookie('sid', true)}=${encodeURIComponent(`s:${sid}.${mac}`)}` });
  }
  redis.disconnect();
  return people;
}
