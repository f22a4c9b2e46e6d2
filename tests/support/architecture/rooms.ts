import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultOfScript, isOfBrowser } from './browser.ts';
import type { Import, SourceFile } from './reading.ts';

/** The order in which house.ts makes the features: each may know those before it, through their index only. */
export const featureOrder: readonly string[] = [
  ...readFileSync(join(import.meta.dirname, '../../../src/house.ts'), 'utf8').matchAll(
    /\b([a-z]+)Feature\(/g,
  ),
].map(([, name]) => name!);

/**
 * The rooms of a feature in their order: each may know those before it. What says numbers, facts and words stands below all
 * of them, and so does what other features join into their statements; whatever else has no room stands above.
 */
export const roomOrder: Record<string, readonly string[]> = {
  'features/auth': [
    'history',
    'codes',
    'accounts',
    'staff',
    'devices',
    'bans',
    'sessions',
    'password',
    'second-factor',
    'deletion',
    'sign-in',
    'sign-up',
    'recovery',
    'contact',
    'security',
    'messages',
  ],
  'features/safety': ['bands', 'blocks', 'privacy-settings', 'reports', 'guidance'],
  'features/profile': ['languages', 'profile'],
  'features/people': ['activity', 'counts', 'finding', 'person', 'telling', 'welcome'],
  'features/chat': ['pairs', 'messages', 'hellos', 'presence', 'conversations', 'corrections', 'reporting'],
  'features/desk': ['audit', 'signals', 'cases', 'decisions', 'moderating', 'people', 'standing'],
};
/** What lies below all rooms of its feature. */
const below: Record<string, RegExp> = {
  'features/safety': /^(?:policy|facts|minor-defaults)\.ts$|\.sql\.ts$/,
  'features/chat': /^(?:policy|facts)\.ts$/,
  'features/desk': /^(?:policy|facts|nothing-here)\.ts$/,
};
const lowest = /^(?:policy|stored-words)\.ts$/;

/** Why an import within a feature may not be, or null. */
function faultOfRooms(feature: string, from: string, to: string): string | null {
  const order = roomOrder[feature];
  if (!order) return null;
  const nameOf = (path: string): string => path.slice(`src/${feature}/`.length).split('/')[0]!;
  const heightOf = (name: string): number => {
    if (name.endsWith('.ts')) return (below[feature] ?? lowest).test(name) ? -1 : order.length;
    return order.indexOf(name);
  };
  const [mine, theirs] = [nameOf(from), nameOf(to)];
  const stranger = [mine, theirs].find((name) => !name.endsWith('.ts') && !order.includes(name));
  if (stranger) return `${stranger} has no place in the order of rooms`;
  return heightOf(theirs) > heightOf(mine) ? `${mine} may not know ${theirs}` : null;
}

/** "src/features/auth/policy.ts" → "features/auth"; files that stand in no room are the top of the house. */
export function floorOf(path: string): string {
  if (isOfBrowser(path)) return 'browser';
  const [, first = '', second = ''] = path.split('/');
  if (first === 'features') return `features/${second}`;
  return ['kernel', 'config', 'platform', 'web', 'live', 'events'].includes(first) ? first : 'top';
}

/** Rooms that each room may use, and those of which it may know types only. */
const doors: Record<string, { open: readonly string[]; types: readonly string[] }> = {
  kernel: { open: [], types: [] },
  config: { open: ['kernel'], types: [] },
  platform: { open: ['kernel'], types: ['config'] },
  web: { open: ['kernel'], types: ['platform', 'events'] },
  live: { open: ['kernel', 'web'], types: ['platform'] },
  events: { open: ['kernel'], types: ['platform', 'web'] },
  browser: { open: ['kernel'], types: [] },
  feature: { open: ['kernel', 'platform', 'web', 'live', 'events'], types: [] },
};

/** Packages that a room may not know, whatever for. */
const strangers: Record<string, RegExp> = {
  kernel: /^(express|express-session|@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino|zod)$/,
  config: /^(express|express-session|@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino)$/,
  web: /^(@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio)$/,
  live: /^(@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino|zod)$/,
  events: /^(express|express-session|@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|pino)$/,
  browser: /^(?!socket\.io-client$)/, // asked for by pages that are told what happens; others stay small
  feature: /^(@prisma\/.*|pg|ioredis|bullmq|nodemailer|twilio|connect-redis|socket\.io|engine\.io)$/,
};

/** Why one import may not be, or null. */
export function faultOfImport({ path }: SourceFile, { target, ours, typeOnly }: Import): string | null {
  const from = floorOf(path);
  if (from === 'top') return null;
  const kind = from.startsWith('features/') ? 'feature' : from;
  if (!ours) return strangers[kind]?.test(target) ? `${from} may not know ${target}` : null;

  const to = floorOf(target);
  if (from === 'browser' && to === from) return faultOfScript(path, target);
  if (to === from) return faultOfRooms(from, path, target);
  if (to.startsWith('features/') && kind === 'feature') {
    const [mine, theirs] = [from.slice(9), to.slice(9)];
    if (!featureOrder.includes(mine)) return `${mine} has no place in the order of features`;
    const earlier = featureOrder.slice(0, featureOrder.indexOf(mine));
    if (!earlier.includes(theirs)) return `${mine} may not know ${theirs}`;
    return target === `src/${to}/index.ts` ? null : `${theirs} is entered through its index.ts only`;
  }
  // What is recorded is recorded in SQL, which the platform gives.
  if (
    kind === 'events' &&
    /\.(store|sql)\.ts$/.test(path) &&
    /^src\/platform\/stores\/(db|delete-batch)\.ts$/.test(target)
  )
    return null;
  const { open, types } = doors[kind]!;
  if (open.includes(to) || (typeOnly && types.includes(to))) return null;
  return types.includes(to) ? `${from} may know types of ${to} only` : `${from} may not know ${to}`;
}
