import { days, hours } from '../../kernel/clock.ts';
import { interestCodes } from '../../kernel/interests.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';
import type { FormBounds } from '../../web/forms/body.ts';
import { languagePolicy } from '../auth/index.ts';

/** Partners find each other by languages, so those stand still for a while; levels follow the learner. */
export const languageRules = {
  nativeMax: 3, // more native languages are rare, and three of them can still be named
  learningMax: languagePolicy.learningMax,
  changeEvery: days(30), // product law: adding, removing, swapping or moving between the lists
  firstChangeFreeFor: hours(24), // product law: people mistype when they join
} as const;

/** Product law: fits a line on a phone, and is still a name. */
export const nameLimits: TextLimits = { graphemes: 50, units: 50 * unitsPerGrapheme, lines: 1 };
/** Product law: a few paragraphs; forty lines are two screens of a phone. */
export const bioLimits: TextLimits = { graphemes: 500, units: 500 * unitsPerGrapheme, lines: 40 };

/** Product law: who likes everything is like nobody. */
export const interestsMax = 10;

/** What browsers can send within `maxlength`: 9 bytes a unit (a Chinese character, percent-encoded), 2 KB of names. */
export const profileFormBounds: FormBounds = {
  bytes: (nameLimits.units + bioLimits.units) * 9 + 2_000,
  /** Eight texts, five choices of a conflict, and the mark that interests were asked for. */
  fields: 14 + interestCodes.length,
};
