import { hours, minutes, seconds } from '../../kernel/clock.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';
import type { BucketRule } from '../../platform/limits/bucket.ts';
import type { FormBounds } from '../../web/forms/body.ts';
import type { MemberLimit } from '../../web/request/limit.ts';
import { firstContactPolicy } from '../safety/index.ts';

/** The law of the community: one short message until the other accepts. */
export const helloLimits: TextLimits = {
  graphemes: firstContactPolicy.graphemes,
  units: firstContactPolicy.graphemes * unitsPerGrapheme,
  lines: 40,
};

/** The law of the community: of a message between two who accepted each other. A page of a book has some 3,000 characters. */
export const messageLimits: TextLimits = { graphemes: 4_000, units: 4_000 * unitsPerGrapheme, lines: 500 };

/** Why a correction was made: two sentences. */
export const noteLimits: TextLimits = { graphemes: 200, units: 200 * unitsPerGrapheme, lines: 5 };

/** What browsers can send within `maxlength`: 9 bytes a unit (a Chinese character, percent-encoded), 2 KB of names. */
export const messageFormBounds: FormBounds = {
  bytes: (messageLimits.units + noteLimits.units) * 9 + 2_000,
  fields: 10,
};

export const messagePolicy = {
  /** The law of the community. */
  editableFor: hours(24),
  mostEdits: 10,
  deletableFor: hours(48),
} as const;

/** The law of the community. Nobody types so fast, and a queue that comes back from a tunnel fits. */
export const sendBucket: BucketRule = { burst: 30, oneEvery: 500 };

/** Edits, reactions, read marks and drafts of a session: one a second for ten minutes, and nobody reads or types faster. */
export const chatChangesLimit: MemberLimit = {
  name: 'chat-changes',
  rules: [{ window: minutes(10), max: 600 }],
};

/** A page says every three seconds that somebody types, and goes on: of a session, with as much to spare. */
const typingLimit: MemberLimit = { name: 'chat-typing', rules: [{ window: minutes(1), max: 40 }] };

/** The law of the community: it dies by itself, at whoever was told. */
export const typingPolicy = { lasts: seconds(6), limit: typingLimit } as const;

/** The law of the community. Two of three refreshes may be lost on the way. */
export const presencePolicy = { lasts: seconds(45), every: seconds(15) } as const;

/** Folded hands, as a correction is thanked for. */
export const reactionOfThanks = '🙏';

/** The law of the community: "99+" from there on. */
export const badgePolicy = { most: 100 } as const;

export const sendPolicy = {
  /** Messages in one statement: more make it no cheaper a message. */
  mostAtOnce: 128,
  /** At a time in one process: while one commits, the next is prepared. */
  statements: 2,
} as const;

/** To answer with at once; the API takes any emoji. */
export const commonReactions = [
  ['👍', 'thumbsUp'],
  ['❤️', 'heart'],
  ['😂', 'laughing'],
  ['😮', 'surprised'],
  ['😢', 'sad'],
  [reactionOfThanks, 'thanks'],
  ['🎉', 'celebrating'],
  ['✅', 'fine'],
] as const;

/** Messages of one person within so long of each other stand close together, and tell one time. */
export const runPolicy = { within: minutes(5) } as const;

export const listPolicy = {
  /** Conversations on a page of a list: two screens of a phone. */
  most: 30,
  /** The law of the API: the last fifty. */
  messages: 50,
  /** Graphemes of the last message that a list shows: a line on a phone, with some to spare for a wide screen. */
  excerpt: 120,
} as const;

/** As many rows as one statement may lock without holding others up. */
export const cleanupPolicy = { batch: 1_000, conversations: 100 } as const;
