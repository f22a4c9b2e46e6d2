import { z } from 'zod';
import { type CalendarDate, parseDate } from '../../../kernel/age.ts';
import { type DateFault, monthByName, readDateFields } from '../../../kernel/date-fields.ts';
import { issue } from '../../../kernel/message.ts';
import { capitalized } from '../../../kernel/text/title-case.ts';
import type { FormBody } from '../../../web/forms/body.ts';
import type { FormValues } from '../../../web/forms/forms.ts';

/** Months may be typed by name, in the visitor's language or in English. */
export function withMonthNumber(body: FormBody, locale: string): FormBody {
  const [typed] = body.get('dateOfBirthMonth') ?? [];
  const month = typed === undefined ? null : monthByName(typed, [locale, 'en']);
  return month === null ? body : new Map([...body, ['dateOfBirthMonth', [String(month)]]]);
}

function dateFault({ field, why }: DateFault): { name: string; text: string } {
  if (field)
    return {
      name: `dateOfBirth${capitalized(field, 'en')}`,
      text: issue(`auth.signUp.birthday.error.${field}.${why}`),
    };
  return {
    name: 'dateOfBirth',
    text: issue(`auth.signUp.birthday.error.${why === 'missing' ? 'none' : 'noSuchDate'}`),
  };
}

/** `dateOfBirth`: the single field of older forms. */
export const birthday = z
  .object({
    dateOfBirth: z.string(),
    dateOfBirthDay: z.string(),
    dateOfBirthMonth: z.string(),
    dateOfBirthYear: z.string(),
  })
  .transform((form, ctx): { dateOfBirth: CalendarDate } => {
    const blame = (name: string, message: string): typeof z.NEVER => {
      ctx.addIssue({ code: 'custom', path: [name], message });
      return z.NEVER;
    };
    const read = readDateFields({
      day: form.dateOfBirthDay,
      month: form.dateOfBirthMonth,
      year: form.dateOfBirthYear,
    });
    if ('day' in read) return { dateOfBirth: read };
    const { name, text } = dateFault(read);
    if (read.field || read.why === 'wrong' || form.dateOfBirth.trim() === '') return blame(name, text);
    const whole = parseDate(form.dateOfBirth);
    return whole ? { dateOfBirth: whole } : blame(name, issue('auth.signUp.birthday.error.noSuchDate'));
  });

/** Whatever else is wrong with the form; null: no date. */
export function birthDateIn(values: FormValues): CalendarDate | null {
  return birthday.safeParse(values).data?.dateOfBirth ?? null;
}
