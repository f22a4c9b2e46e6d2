import { days, hours, minutes, seconds } from '../../kernel/clock.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';

export const picturePolicy = {
  /** Product law: three rows of three. */
  photosMax: 9,
  /** Whoever fills a gallery and changes their mind sends twenty; each costs seconds of a core. */
  uploads: [
    { window: hours(1), max: 60 },
    { window: days(1), max: 200 },
  ],
  /**
   * A phone between two masts falls silent for some ten seconds, and takes minutes for a picture at the 28 kbit/s of EDGE:
   * whoever still moves is waited for. src/http-server.ts bounds the whole.
   */
  patience: {
    first: seconds(45),
    silence: seconds(30),
    // A request ends after a quarter of an hour (src/http-server.ts): what would take longer holds its room in vain.
    pace: { every: seconds(5), within: minutes(15) },
    waiting: seconds(30),
  },
  /** Tries to make one picture: 2, 4 … 128 s between them, so that a store may be away for four minutes. */
  tries: 8,
  backoff: seconds(2),
  /** Long after the last try: nobody is working on it any more. */
  stuckAfter: hours(1),
  sweepBatch: 500,
} as const;

/** What a photo shows, in a sentence or two: screen readers read it in one go. */
export const altLimits: TextLimits = { graphemes: 200, units: 200 * unitsPerGrapheme, lines: 1 };
