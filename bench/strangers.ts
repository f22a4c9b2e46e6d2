import pg from 'pg';
import { Client, type Reply } from './client.ts';
import type { Comparison } from './pairs.ts';
import { password, person } from './people.ts';
import { settings } from './settings.ts';

/** The law of the community: from here on, time would tell them apart. */
const MAX_AUC = 0.6;

const viewer = person('k', settings.people - 1).username;
/** Names have one letter a kind, and one length. */
const nobody = 'u';
const people = settings.strangerPairs + settings.warmUp;

const byColumns: Record<string, { letter: string; columns: string }> = {
  hidden: { letter: 'h', columns: `"visibility" = 'nobody'` },
  'of another band': {
    letter: 'o',
    columns: `"dateOfBirth" = CURRENT_DATE - interval '15 years', "band" = 'under-16'`,
  },
  leaving: { letter: 'l', columns: `"leavingAt" = now(), "purgeAt" = now() + interval '14 days'` },
  suspended: { letter: 's', columns: `"suspendedUntil" = now() + interval '9 years'` },
  banned: { letter: 'b', columns: `"bannedAt" = now()` },
};
const byBlock: Record<string, { letter: string; ids: string }> = {
  'who blocked the viewer': { letter: 'x', ids: 'u."id", v."id"' },
  'blocked by the viewer': { letter: 'y', ids: 'v."id", u."id"' },
};
const kinds = Object.entries({ ...byColumns, ...byBlock, 'gone for good': { letter: 'd' } });

/** Somebody new for every pair of each kind, with a picture. `moveIn` has written the viewer before. */
export async function moveInStrangers(): Promise<void> {
  const client = new pg.Client({ connectionString: settings.ownerUrl });
  await client.connect();
  for (const letter of [...Object.values(byColumns), ...Object.values(byBlock)].map((kind) => kind.letter))
    await client.query(
      `WITH people AS (
         INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash",
                             "dateOfBirth", "country", "createdAt", "updatedAt")
         SELECT gen_random_uuid(), name, name, name || '@example.com', name || '@example.com', now(), '$argon2id$',
                '1995-05-15', 'DE', now(), now()
         FROM generate_series(0, $2::int - 1) n, LATERAL (SELECT $1::text || lpad(n::text, 6, '0') AS name) names
         RETURNING "id", "username"
       ), languages AS (
         INSERT INTO "UserLanguage" SELECT "id", code, role::"LanguageRole", 0
         FROM people, (VALUES ('de', 'native'), ('es', 'learning')) AS languages(code, role)
       )
       INSERT INTO "Picture" ("id", "userId", "kind", "state", "mediaKey", "width", "height", "createdAt")
       SELECT gen_random_uuid(), "id", 'avatar', 'ready', rpad("username", 22, 'A'), 300, 300, now() FROM people`,
      [letter, people],
    );
  for (const { letter, columns } of Object.values(byColumns))
    await client.query(`UPDATE "User" SET ${columns} WHERE "username" LIKE '${letter}0%'`);
  for (const { letter, ids } of Object.values(byBlock))
    await client.query(
      `INSERT INTO "Block" ("id", "blockerId", "blockedId", "at")
       SELECT gen_random_uuid(), ${ids}, now() FROM "User" u, "User" v
       WHERE u."username" LIKE '${letter}0%' AND v."username" = $1`,
      [viewer],
    );
  await client.query('VACUUM ANALYZE');
  await client.end();
}

const surfaces: Record<string, (username: string) => string> = {
  page: (username) => `/people/${username}`,
  API: (username) => `/api/v1/people/${username}`,
  picture: (username) => `/media/${username.padEnd(22, 'A')}.avatar-64.webp`,
  chat: (username) => `/chats/${username}`,
};

/** What a member finds of those who are nobody to them, beside what they find of nobody. */
export async function strangers(port: number): Promise<Comparison[]> {
  const client = await new Client(port).open('/login');
  const entered = await client.post('/login', { identifier: viewer, password });
  if (entered.status !== 303) throw new Error(`the viewer could not sign in: ${entered.status}`);
  return Object.entries(surfaces).flatMap(([surface, pathOf]) =>
    kinds.map(([kind, { letter }]): Comparison => {
      const act =
        (of: string) =>
        (n: number): Promise<Reply> =>
          client.read(pathOf(of + String(n).padStart(6, '0')));
      return {
        name: `${surface} of nobody / of somebody ${kind}`,
        status: 404,
        acts: [act(nobody), act(letter)],
        pairs: settings.strangerPairs,
        maxAuc: MAX_AUC,
      };
    }),
  );
}
