import { ageOn, type CalendarDate } from './age.ts';
import { hours, later } from './clock.ts';

/** Who may meet whom, by age: as they are stored (`age_band` in SQL says the same). */
export const ageBands = ['under-16', '16-17', '18-over'] as const;
export type AgeBand = (typeof ageBands)[number];

/** UTC−12, where each day begins last: nobody counts as older before they are everywhere. */
const lastZone = hours(-12);

/** Completed years; born on 29 February, a year ends on 1 March. */
export function ageEverywhere(born: CalendarDate, now: Date): number {
  return ageOn(born, later(now, lastZone));
}

export function ageBandOn(born: CalendarDate, now: Date): AgeBand {
  const age = ageEverywhere(born, now);
  if (age >= 18) return '18-over';
  return age >= 16 ? '16-17' : 'under-16';
}

export function isMinor(band: AgeBand): boolean {
  return band !== '18-over';
}
