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

/** Rounded up, so that "wait 1 second" is never too short; 0 when past. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 1000));
}

const momentFormat = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});
/** "25 Nov 2026, 14:03 UTC": the reader's zone isn't known. */
export function momentInWords(moment: Date): string {
  return `${momentFormat.format(moment)} UTC`;
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
export function dayInWords(moment: Date): string {
  return dayFormat.format(moment);
}

export { shownDay, shownMoment } from './message.ts';

export function agoInWords(then: Date, now: Date): string {
  const passed = Math.max(0, now.getTime() - then.getTime());
  const unit = (ms: number, word: string) => {
    const n = Math.floor(passed / ms);
    return `${n} ${word}${n === 1 ? '' : 's'} ago`;
  };
  if (passed < minutes(1)) return 'just now';
  if (passed < hours(1)) return unit(minutes(1), 'minute');
  return passed < days(1) ? unit(hours(1), 'hour') : unit(days(1), 'day');
}

/** Of seconds: "45 seconds", "1 minute", "72 hours", "30 days". Rounds up. */
export function waitInWords(wait: number): string {
  const unit = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (wait < 60) return unit(Math.max(1, Math.ceil(wait)), 'second');
  if (wait < 3600) return unit(Math.ceil(wait / 60), 'minute');
  if (wait < 4 * 86_400) return unit(Math.ceil(wait / 3600), 'hour');
  return unit(Math.ceil(wait / 86_400), 'day');
}
