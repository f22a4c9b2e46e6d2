import { days, hours } from '../../kernel/clock.ts';
import { interestCodes } from '../../kernel/interests.ts';
import { type TextLimits, unitsPerGrapheme } from '../../kernel/text/written-text.ts';
import type { FormBounds } from '../../web/forms/body.ts';
import { languagePolicy } from '../auth/index.ts';

/** Partners find each other by their languages, so those stand still for a while; levels follow the learner. */
export const languageRules = {
  /** Who grows up with more than three is rare, and can still name the three they write best. */
  nativeMax: 3,
  learningMax: languagePolicy.learningMax,
  /** Product law: adding, removing or swapping a language, or moving it between spoken and learnt. */
  changeEvery: days(30),
  /** Product law: people mistype when they join. The first change within this time of joining does not count. */
  firstChangeFreeFor: hours(24),
} as const;

/** Product law: what fits a line on a phone and is still a name. */
export const nameLimits: TextLimits = { graphemes: 50, units: 50 * unitsPerGrapheme, lines: 1 };
/** Product law: a few paragraphs; forty lines are two screens of a phone. */
export const bioLimits: TextLimits = { graphemes: 500, units: 500 * unitsPerGrapheme, lines: 40 };

/** Product law: who likes everything is like nobody. */
export const interestsMax = 10;

/**
 * The profile form, as browsers that keep to `maxlength` can fill it: a unit is at most 9 bytes (a Chinese character,
 * percent-encoded), the names of the fields, the token and every interest ticked are under 2 KB. Whoever writes too much
 * is told so on the form, and not by an error page.
 */
export const profileFormBounds: FormBounds = {
  bytes: (nameLimits.units + bioLimits.units) * 9 + 2_000,
  /** Seven texts, five choices of where a field comes from, and the mark that interests were asked for. */
  fields: 13 + interestCodes.length,
};
