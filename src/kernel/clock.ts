/** Nothing else reads the wall clock, so tests can move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Durations are milliseconds everywhere. */
export function seconds(n: number): number {
  return n * 1000;
}
export function minutes(n: number): number {
  return seconds(n * 60);
}
export function hours(n: number): number {
  return minutes(n * 60);
}
export function days(n: number): number {
  return hours(n * 24);
}

export function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

/** When the period of that length began that `now` lies in, counted from 1970 in UTC: an hour, a day. */
export function startOf(period: number, now: Date): Date {
  return new Date(Math.floor(now.getTime() / period) * period);
}

/** Rounded up, so that "wait 1 second" is never too short; 0 when past. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 1000));
}
