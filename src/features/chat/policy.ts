import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';
import { firstContactPolicy } from '../safety/index.ts';

/** The law of the community: one short message until the other accepts. */
export const helloLimits: TextLimits = {
  graphemes: firstContactPolicy.graphemes,
  units: firstContactPolicy.graphemes * unitsPerGrapheme,
  lines: 40,
};

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
