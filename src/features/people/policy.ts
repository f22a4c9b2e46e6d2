import { days, hours, minutes } from '../../kernel/clock.ts';

/** Units of a name that is looked for: as long as a display name may be. */
export const nameLimits = { units: 200 } as const;

/** How far apart two clocks may be: people who are awake together nearly all day, or for half of it. */
export const clocksApart = { close: hours(3), far: hours(6) } as const;

export const findingPolicy = {
  /** People on a page of a list: some screens of a phone. */
  page: 20,
  /** So many of the ring are looked at together, and put in order by what fits: five pages. */
  window: 100,
  /** Newcomers whom nobody has seen today and who stand elsewhere in the ring, looked at with the first window: a quarter of a page. */
  newcomers: 5,
  /** Windows that one request walks through where hardly anybody in them may be shown. */
  mostWindows: 8,
  /** The law of the community: with fewer matches, people follow who speak what one learns, and the other way round. */
  fewMatches: 20,
  /** Whoever walks on after this long begins anew: who was dormant when it began is no longer known. */
  walkLasts: hours(20),
} as const;

/**
 * What fits, in points; within a window the most points come first. No kind of thing outweighs all others, so that what
 * somebody lacks in one they may have in another.
 */
export const weights = {
  /** Both stand at one level in what they learn: what is easy for one is easy for the other. One less for each level between. */
  level: 3,
  /** Where one of the two has not said their level. */
  levelUnknown: 1,
  /** For each interest that both have: something to talk about; more than three say nothing new. */
  interest: 1,
  mostInterests: 3,
  /** Clocks that are close, or far apart: `clocksApart`. */
  awake: 2,
  awakeHalf: 1,
  /** Was here within six hours; one less for each six hours more. */
  active: 4,
  /** Joined within 72 hours: whoever finds nobody on the first days does not come back. */
  newcomer: 4,
  /** Each list that showed somebody today: so what fits decides who sees them, and hardly how often they are seen. */
  shown: -1,
  /** Speaks a language that is near to the one that is learnt, or learns one. */
  near: -3,
} as const;

export const activityPolicy = {
  /** The law of the community: steps in which activity counts. Noted no more often. */
  step: hours(6),
  newcomerFor: hours(72),
  /** Whoever was not here for so long comes after all others. */
  dormantAfter: days(14),
  /** A change between dormant and not holds from then on, so that no walk that begins meanwhile sees somebody twice or never. */
  settles: minutes(1),
  /** Whoever became dormant while no job ran is looked for this far back. */
  looksBack: days(30),
  /** People whom one statement of a job changes. */
  batch: 1_000,
} as const;

/** Emails of one minute: a worker's connection to the mail server is not to be held for longer. */
export const alertPolicy = { batch: 100 } as const;

/** Of a day by one's own clock: most people sleep between them (National Sleep Foundation: seven to nine hours). */
export const wakingHours = { from: 7, until: 23 } as const;

/** What visitors are told of who is here. */
export const countsPolicy = {
  /** Each process asks again no earlier: counting a million people takes a second. */
  keptFor: minutes(1),
  /** A page goes out without what Postgres has not counted by then. */
  patience: 250, // ms
  /** With fewer people a count says nothing, and nothing is said. */
  fewest: 20,
  /** Of so many, nobody can be told apart. */
  fewestOfPair: 20,
  pairs: 6,
} as const;
