import { type CalendarDate, parseDate } from './age.ts';
import { remembering } from './remembering.ts';
import { plainTyped } from './text/typed.ts';

export interface DateFields {
  day: string;
  month: string;
  year: string;
}

/** Null: each field is right, but together they are no date. */
export interface DateFault {
  field: keyof DateFields | null;
  why: 'missing' | 'wrong';
}

const order = ['day', 'month', 'year'] as const;
const shapes: Record<keyof DateFields, RegExp> = {
  day: /^(0?[1-9]|[12]\d|3[01])$/,
  month: /^(0?[1-9]|1[0-2])$/,
  year: /^\d{4}$/,
};

/** In the digits of any script. */
export function readDateFields(typed: DateFields): CalendarDate | DateFault {
  const fields = {
    day: plainTyped(typed.day),
    month: plainTyped(typed.month),
    year: plainTyped(typed.year),
  };
  const missing = order.filter((field) => fields[field] === '');
  if (missing.length === order.length) return { field: null, why: 'missing' };
  if (missing[0]) return { field: missing[0], why: 'missing' };
  const wrong = order.find((field) => !shapes[field].test(fields[field]));
  if (wrong) return { field: wrong, why: 'wrong' };
  const { day, month, year } = fields;
  return (
    parseDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) ?? { field: null, why: 'wrong' }
  );
}

/** Drops case, dots and accents (U+0300 to U+036F); in other scripts marks are vowels, and stay. */
function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036F\s.]|\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
}

function monthNames(locale: string, month: number): string[] {
  const day = new Date(Date.UTC(2024, month - 1, 15));
  return (['long', 'short'] as const).flatMap((style) => {
    const options = { calendar: 'gregory', timeZone: 'UTC', month: style } as const;
    const within = new Intl.DateTimeFormat(locale, { ...options, day: 'numeric' })
      .formatToParts(day)
      .flatMap(({ type, value }) => (type === 'month' ? value : []));
    return [new Intl.DateTimeFormat(locale, options).format(day), ...within].map(plainName);
  });
}

const twelve = Array.from({ length: 12 }, (_, n) => n + 1);

interface Month {
  month: number;
  names: string[];
}

const monthsIn = remembering(Infinity, (locale: string): Month[] =>
  twelve.map((month) => ({ month, names: monthNames(locale, month) })),
);

/** By its name or the beginning of it ("Sept"), in the first of these languages that knows it. */
export function monthByName(typed: string, locales: readonly string[]): number | null {
  const wanted = plainName(plainTyped(typed));
  if (!/\p{L}/u.test(wanted)) return null;
  for (const locale of locales) {
    const names = monthsIn(locale);
    const exact = names.filter((one) => one.names.includes(wanted));
    const begun = wanted.length < 3 ? [] : names.filter((one) => one.names.some((n) => n.startsWith(wanted)));
    const [found, ...others] = exact.length > 0 ? exact : begun;
    if (found && others.length === 0) return found.month;
  }
  return null;
}
