import { systemClock } from '../src/kernel/clock.ts';
import { systemChance, uuidv7 } from '../src/kernel/ids.ts';
import { openDb } from '../src/platform/db.ts';
import { createPasswords } from '../src/platform/passwords.ts';

/** Demo people for a laptop. Their addresses lead nowhere (RFC 2606), and all of them sign in with this password. */
const PASSWORD = 'demo-people-only';
const people = [
  { username: 'mika', country: 'JP', native: 'ja', learning: ['en', 'es'] },
  { username: 'lucia', country: 'ES', native: 'es', learning: ['de'] },
  { username: 'jonas', country: 'DE', native: 'de', learning: ['ja', 'fr', 'it'] },
  { username: 'amira', country: 'MA', native: 'ar', learning: ['fr', 'en'] },
  { username: 'olena', country: 'UA', native: 'uk', learning: ['pt', 'en'] },
];

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl || process.env.NODE_ENV === 'production')
  throw new Error('The seed needs DATABASE_URL and is never for production.');

const db = openDb(databaseUrl, 2);
const passwordHash = await createPasswords({ concurrency: 2, waiting: 10 }).hash(PASSWORD);
const now = systemClock.now();
for (const { username, country, native, learning } of people) {
  const email = `${username}@example.com`;
  await db.user.upsert({
    where: { usernameKey: username },
    update: {},
    create: {
      id: uuidv7(now, systemChance),
      username,
      usernameKey: username,
      email,
      emailKey: email,
      emailVerifiedAt: now,
      passwordHash,
      dateOfBirth: new Date('1995-05-15'),
      country,
      createdAt: now,
      updatedAt: now,
      languages: {
        create: [
          { code: native, role: 'native' as const, position: 0 },
          ...learning.map((code, position) => ({ code, role: 'learning' as const, position })),
        ],
      },
    },
  });
}
await db.$disconnect();
