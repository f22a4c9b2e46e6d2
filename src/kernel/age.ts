export interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

/** "YYYY-MM-DD"; null unless that day exists in the Gregorian calendar. */
export function parseDate(text: string): CalendarDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? { year, month, day }
    : null;
}

/** Completed years at the UTC day of `now`; negative before birth. Born on 29 February: a year ends on 1 March. */
export function ageOn(born: CalendarDate, now: Date): number {
  const [month, day] = [now.getUTCMonth() + 1, now.getUTCDate()];
  const hadBirthday = month > born.month || (month === born.month && day >= born.day);
  return now.getUTCFullYear() - born.year - (hadBirthday ? 0 : 1);
}

/** Midnight UTC; on 1 March where there is no 29 February. */
export function birthdayOf(born: CalendarDate, years: number): Date {
  const date = new Date(Date.UTC(born.year + years, born.month - 1, born.day));
  date.setUTCFullYear(born.year + years);
  return date;
}

/** Midnight UTC, as Postgres writes a `date`. */
export function dateToUtc(date: CalendarDate): Date {
  return new Date(Date.UTC(date.year, date.month - 1, date.day));
}
