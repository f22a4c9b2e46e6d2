import type { Import, SourceFile } from './reading.ts';

/**
 * Which features a feature may know, through their index only. auth ← profile ← matching ← chat ← calls; moments →
 * profile; account → profile: what later features hold of a person is handed to it from outside.
 */
export const featureOrder: Record<string, readonly string[]> = {
  auth: [],
  home: [],
  dev: [],
  profile: ['auth'],
  account: ['auth', 'profile'],
  matching: ['auth', 'profile'],
  moments: ['auth', 'profile'],
  chat: ['auth', 'profile', 'matching'],
  calls: ['auth', 'profile', 'matching', 'chat'],
};

/** "src/features/auth/policy.ts" → "features/auth"; files that stand in no room are the top of the house. */
export const roomOf = (path: string): string => {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'features') return `features/${second}`;
  return ['kernel', 'config', 'platform', 'web'].includes(first) ? first : 'top';
};

/** Rooms that each room may use, and those of which it may know types only. */
const doors: Record<string, { open: readonly string[]; types: readonly string[] }> = {
  kernel: { open: [], types: [] },
  config: { open: ['kernel'], types: [] },
  platform: { open: ['kernel'], types: ['config'] },
  web: { open: ['kernel'], types: ['platform'] },
  feature: { open: ['kernel', 'platform', 'web'], types: [] },
};

/** Packages that a room may not know, whatever for. */
const strangers: Record<string, RegExp> = {
  kernel: /^(express|express-session|@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino|zod)$/,
  config: /^(express|express-session|@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino)$/,
  web: /^(@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio)$/,
  feature: /^(@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|connect-redis)$/,
};

/** Why one import may not be, or null. */
export const faultOfImport = ({ path }: SourceFile, { target, ours, typeOnly }: Import): string | null => {
  const from = roomOf(path);
  if (from === 'top') return null;
  const kind = from.startsWith('features/') ? 'feature' : from;
  if (!ours) return strangers[kind]?.test(target) ? `${from} may not know ${target}` : null;

  const to = roomOf(target);
  if (to === from) return null;
  if (to.startsWith('features/') && kind === 'feature') {
    const [mine, theirs] = [from.slice(9), to.slice(9)];
    if (!featureOrder[mine]) return `${mine} has no place in the order of features`;
    if (!featureOrder[mine].includes(theirs)) return `${mine} may not know ${theirs}`;
    return target === `src/${to}/index.ts` ? null : `${theirs} is entered through its index.ts only`;
  }
  const { open, types } = doors[kind]!;
  if (open.includes(to) || (typeOnly && types.includes(to))) return null;
  return types.includes(to) ? `${from} may know types of ${to} only` : `${from} may not know ${to}`;
};
