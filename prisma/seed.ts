import { readConfig } from '../src/config/config.ts';
import { newAppKey } from '../src/features/auth/second-factor/app-code.ts';
import { keyContext } from '../src/features/auth/second-factor/second-factor.service.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { systemRandom, uuidv7 } from '../src/kernel/ids.ts';
import { createSealing } from '../src/platform/sealing.ts';
import { openDb } from '../src/platform/stores/db.ts';
import type { LanguageLevel, Role } from '../src/platform/generated/prisma/enums.ts';
import { createPasswords } from '../src/platform/passwords/passwords.ts';

/** Demo people for a laptop. Their addresses lead nowhere (RFC 2606), and all of them sign in with this password. */
const PASSWORD = 'demo-people-only';
type Learning = [code: string, level: LanguageLevel | null];
interface DemoPerson {
  username: string;
  displayName: string | null;
  country: string;
  native: string[];
  learning: Learning[];
  interests: string[];
  bio: string;
  role?: Role;
}

const people: DemoPerson[] = [
  {
    username: 'mika',
    displayName: '田中 美香',
    country: 'JP',
    native: ['ja'],
    learning: [
      ['en', 'B2'],
      ['es', 'A2'],
    ],
    interests: ['photography', 'trains', 'coffee', 'travel'],
    bio: 'はじめまして！京都で写真を撮っています。\n\nI am planning three months in Spain, and would love to talk in Spanish about food, trains and small towns.',
  },
  {
    username: 'lucia',
    displayName: 'Lucía Fernández',
    country: 'ES',
    native: ['es'],
    learning: [['de', 'B1']],
    interests: ['singing', 'theatre', 'cooking', 'sea'],
    bio: 'Vivo en Cádiz y canto en un coro. 🎶\nIch lerne Deutsch, weil meine Nichte in Leipzig wohnt. Langsam sprechen, bitte!',
  },
  {
    username: 'jonas',
    displayName: null,
    country: 'DE',
    native: ['de'],
    learning: [
      ['ja', 'A1'],
      ['fr', 'C1'],
      ['it', null],
    ],
    interests: ['board-games', 'programming', 'hiking', 'languages'],
    bio: 'Programmer from Freiburg. Happy to explain German word order, as soon as I understand it myself.',
  },
  {
    username: 'amira',
    displayName: 'أميرة',
    country: 'MA',
    native: ['ary', 'ar', 'fr'],
    learning: [['en', 'B1']],
    interests: ['novels', 'tea', 'cats', 'architecture'],
    bio: 'أهلا وسهلا! أحب القراءة والشاي.\nJe corrige volontiers votre français.',
  },
  {
    username: 'olena',
    displayName: 'Олена Коваль',
    country: 'UA',
    native: ['uk'],
    learning: [
      ['pt', 'A2'],
      ['en', 'C1'],
    ],
    interests: ['sewing', 'gardening', 'running', 'museums'],
    bio: '',
  },
  {
    username: 'kawai',
    displayName: '何嘉慧',
    country: 'HK',
    native: ['yue', 'zh'],
    learning: [
      ['ase', 'A2'],
      ['tl', null],
    ],
    interests: ['trains', 'tea', 'singing', 'sea'],
    bio: '我喺香港做手語翻譯。\nI interpret between Cantonese and signs, and would love to practise ASL by video.',
  },
];

/** Who looks at what is reported: `/dev/outbox` shows the codes of their second step. */
const staff: DemoPerson[] = (['desk', 'desk2', 'chief'] as const).map((username) => ({
  username,
  displayName: null,
  country: 'DE',
  native: ['de'],
  learning: [['en', 'C1']],
  interests: [],
  bio: '',
  role: username === 'chief' ? 'admin' : 'moderator',
}));

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl || process.env.NODE_ENV === 'production')
  throw new Error('The seed needs DATABASE_URL and is never for production.');

const db = openDb(databaseUrl, 2);
const passwordHash = await createPasswords({ concurrency: 2, waiting: 10 }).hash(PASSWORD);
const now = systemClock.now();
const { otpKeys } = readConfig({ REDIS_URL: 'redis://127.0.0.1', ...process.env });
const sealing = createSealing(otpKeys, 'second-factor', systemRandom);
for (const { username, displayName, country, native, learning, interests, bio, role } of [
  ...people,
  ...staff,
]) {
  const email = `${username}@example.com`;
  const id = uuidv7(now, systemRandom);
  const sealed = sealing.seal(newAppKey(), keyContext(id));
  await db.user.upsert({
    where: { usernameKey: username },
    update: {},
    create: {
      id,
      username,
      usernameKey: username,
      email,
      emailKey: email,
      emailVerifiedAt: now,
      passwordHash,
      dateOfBirth: new Date('1995-05-15'),
      displayName,
      bio,
      country,
      createdAt: now,
      updatedAt: now,
      languages: {
        create: [
          ...native.map((code, position) => ({ code, role: 'native' as const, position })),
          ...learning.map(([code, level], position) => ({
            code,
            role: 'learning' as const,
            level,
            position,
          })),
        ],
      },
      interests: { create: interests.map((code, position) => ({ code, position })) },
      ...(role && {
        role,
        secondFactor: { create: { sealedKey: sealed.text, keyId: sealed.keyId, lastStep: 0, setUpAt: now } },
      }),
    },
  });
}
await db.$disconnect();
