import { days, hours } from '../../kernel/clock.ts';

/** Whoever turns 16 or 18 on one day is one of some thousands, of a million people. */
export const bandsPolicy = { batch: 500 } as const;

/** The law of the community: how many new people somebody may write to, counted over `window`. */
export const firstContactPolicy = {
  window: hours(24),
  most: 10,
  mostOfMinors: 5,
  /** Of an account that is not older than `newFor`. */
  mostWhenNew: 3,
  newFor: hours(24),
  /** For whoever was declined or blocked so often within `window`. */
  mostWhenSlowed: 2,
  declinesThatSlow: 5,
  blocksThatSlow: 3,
  /** Graphemes of the one message before the other accepts. */
  graphemes: 500,
  /** From the fifth person on, the same first words wait for somebody to look at them. */
  sameWordsFrom: 5,
} as const;

export const reportPolicy = {
  /** After a block, a deletion or leaving, by the conversation's id. Deleted and edited words are kept as long, sealed. */
  reportableFor: days(30),
  /** After a case ends. */
  evidenceFor: days(180),
  /** Graphemes of the reporter's own words. */
  graphemes: 500,
  /** Of a message, before and after it. */
  messagesAround: 10,
  /** Between two people, of a report of a person. */
  lastMessages: 20,
} as const;

export const blockListPolicy = {
  /** Blocks on one page of the list: more than nearly anybody ever makes. */
  most: 50,
} as const;
