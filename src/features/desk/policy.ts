import { days, hours, minutes } from '../../kernel/clock.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';
import { reportPolicy } from '../safety/index.ts';

export const deskPolicy = {
  /** Nobody else takes a case meanwhile. `audit_desk_case` knows this number, too. */
  heldFor: minutes(20),
  /** By one moderator, or what waits would wait for them. `bound_desk_holds` knows this number, too. */
  heldAtOnce: 5,
  /** Of a moderator: who has their session learns of few people where they are reached. */
  contacts: [{ window: hours(1), max: 10 }],
  /** Whoever decided may take it back, and nobody is told before. */
  takenBackWithin: reportPolicy.takenBackWithin,
  /** What people are promised: "usually within 24 hours". From then on it stands in red. */
  target: hours(24),
  /** As the alert of appeals counts (deploy/prometheus). */
  appealTarget: days(3),
  /** The law of the community: from so many people on, a case goes before others. */
  manyReporters: 3,
  shown: 50,
  /** Six months: the law of the community, and article 20 of Regulation (EU) 2022/2065. */
  appealWithin: days(184),
  limitFor: days(7),
  /** Of a suspension; `guard_new_decision` knows this number, too. */
  mostDays: 365,
  /** Cases and decisions hold ids and what was decided, and stay as long as the audit. */
  kept: days(730),
  /** Of whoever is under 13, after the second moderator's word; the trigger of decisions knows it, too. */
  underAgeGrace: days(14),
  /** Decisions about such things in a row, within `breakAfterWithin`: whoever made them is asked to take a break. */
  hardInARow: 5,
  breakAfterWithin: hours(2),
  batch: 100,
} as const;

export const signalPolicy = {
  /** Of so many different minors within `window` who declined, blocked or reported somebody. */
  minors: 3,
  window: days(7),
} as const;

function textOf(graphemes: number, lines: number): TextLimits {
  return { graphemes, units: graphemes * unitsPerGrapheme, lines };
}
export const factText = textOf(500, 20);
export const appealText = textOf(1_000, 100);
export const whyText = textOf(200, 1);

/** What browsers can send within `maxlength`: 9 bytes a unit (a Chinese character, percent-encoded), 8 KB of names. */
export const decideBounds = { bytes: factText.units * 9 + 8_000, fields: 20 } as const;
export const appealBounds = { bytes: appealText.units * 9 + 8_000, fields: 10 } as const;

export const deskJobPolicy = { tries: 12, backoff: 2_000, concurrency: 1 } as const;
