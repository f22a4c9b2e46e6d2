/** The kind of a report that the site makes by itself; no feature may declare it. */
export const signal = 'signal';

/** Prefixes of what is reported so. */
export const sameWords = 'signal:same-words:';
export const unwelcomeToMinors = 'signal:minors:';
export const unwelcome = 'signal:unwelcome:';
/** By the case of the ban; `barredBack` by whoever is kept out, and has left no trace yet. */
export const bannedBack = 'signal:banned:';
export const barredBack = 'signal:barred:';

/** What so many people did who did not want somebody. */
export interface Unwelcomed {
  what: 'decline' | 'block' | 'report';
  people: number;
  minors: number;
}
