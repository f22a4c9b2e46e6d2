import { days, hours, minutes, seconds } from '../../kernel/clock.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';

export const picturePolicy = {
  photosMax: 9, // product law: three rows of three
  /** An undecided person sends twenty; each costs seconds of a core. */
  uploads: [
    { window: hours(1), max: 60 },
    { window: days(1), max: 200 },
  ],
  /** A phone may be silent for ten seconds, and EDGE (28 kbit/s) takes minutes; src/http-server.ts bounds the whole. */
  patience: {
    first: seconds(45),
    silence: seconds(30),
    // A request ends after 15 minutes anyway (src/http-server.ts).
    // `least`: half of what EDGE gives, since a small one would keep its place for a byte now and then.
    pace: { every: seconds(5), within: minutes(15), least: 8 * 1024 },
    waiting: seconds(30),
  },
  tries: 8, // 2, 4 … 128 s apart, so that a store may be away for four minutes
  backoff: seconds(2),
  stuckAfter: hours(1),
  sweepBatch: 500,
} as const;

/** Screen readers read it in one go. */
export const altLimits: TextLimits = { graphemes: 200, units: 200 * unitsPerGrapheme, lines: 1 };
