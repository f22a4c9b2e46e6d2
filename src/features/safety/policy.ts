import { days, hours, minutes, seconds } from '../../kernel/clock.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';

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
  /** Whoever decided may take it back meanwhile, so nobody is told before. */
  takenBackWithin: minutes(10),
  /** After a case ends; the trigger `Report_audit_delete` knows this number, too. */
  evidenceFor: days(180),
  /** Graphemes of the reporter's own words. */
  graphemes: 500,
  /** Of a message, before and after it. */
  messagesAround: 10,
  /** Between two people, of a report of a person. */
  lastMessages: 20,
  /** Whoever is bothered by many at once reports many; more than this is somebody who floods the desk. */
  perAccount: [
    { window: hours(1), max: 10 },
    { window: days(1), max: 30 },
  ],
  /** By people without an account; a school or a family may share an address. */
  perNetwork: [
    { window: hours(1), max: 5 },
    { window: days(1), max: 20 },
  ],
  /** Over all networks: a thousand addresses must not drown the reports of everybody else. */
  perSite: [
    { window: hours(1), max: 200 },
    { window: days(1), max: 1_000 },
  ],
  /** A second press after a block finds nobody any more: it is answered as the first one. */
  sameWithin: minutes(10),
  /** Twelve tries take 68 minutes; what is still due then is tried again with every cleaning. */
  tries: 12,
  backoff: seconds(2),
  concurrency: 2,
  /** What no job has told by then is given to one again. */
  lateAfter: minutes(10),
  /** Copies of pictures that no report came to hold: a request that broke off. */
  forgottenAfter: hours(1),
  batch: 100,
} as const;

export const blockListPolicy = {
  /** Blocks on one page of the list: more than nearly anybody ever makes. */
  most: 50,
} as const;

/** A paragraph or two, as a phone's keyboard writes them. */
export const reportText: TextLimits = {
  graphemes: reportPolicy.graphemes,
  units: reportPolicy.graphemes * unitsPerGrapheme,
  lines: 50,
};

/** What browsers can send within `maxlength`: 9 bytes a unit (a Chinese character, percent-encoded), 8 KB of names. */
export const reportFormBounds = { bytes: reportText.units * 9 + 8_000, fields: 10 } as const;

/** Whom a visitor means: a username, or the address of a page that shows it. */
export const reportedNameMax = 200;
