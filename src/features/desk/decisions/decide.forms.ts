import { z } from 'zod';
import { parseDate } from '../../../kernel/age.ts';
import { issue, message } from '../../../kernel/message.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { reportReasons } from '../../safety/index.ts';
import type { DeskCase } from '../cases/cases.ts';
import { deskPolicy, factText } from '../policy.ts';

const acts = [
  'dismiss',
  'remove',
  'warn',
  'limit',
  'suspend',
  'ban',
  'age',
] as const satisfies readonly DeskAct[];
const removable = ['person', 'message', 'conversation'];

/** Against whom is not here, nothing can be decided but that there is nothing to do. */
export function actsFor({ person, kind }: Pick<DeskCase, 'person' | 'kind'>): DeskAct[] {
  if (!person) return ['dismiss'];
  return acts.filter((act) => act !== 'remove' || removable.includes(kind));
}

export const decideShape: FormShape = { texts: ['version', 'act', 'reason', 'days', 'dateOfBirth', 'fact'] };

const wholeDays = z.string().transform((typed, ctx): number | null => {
  const text = trimmed(typed);
  if (text === '') return null;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= deskPolicy.mostDays) return Number(text);
  ctx.addIssue({ code: 'custom', message: issue('desk.decide.days.error', { most: deskPolicy.mostDays }) });
  return z.NEVER;
});

const bornOn = z.string().transform((typed, ctx): string | null => {
  const text = trimmed(typed);
  if (text === '' || parseDate(text)) return text || null;
  ctx.addIssue({ code: 'custom', message: issue('desk.decide.born.error') });
  return z.NEVER;
});

export const DecideForm = z
  .object({
    version: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    act: z.enum(acts, issue('desk.decide.act.error')),
    reason: z.enum(reportReasons, issue('desk.decide.reason.error')),
    days: wholeDays,
    dateOfBirth: bornOn,
    fact: writtenText(message('desk.decide.fact.what'), factText),
  })
  .refine(({ act, days }) => act !== 'suspend' || days !== null, {
    path: ['days'],
    message: issue('desk.decide.days.error', { most: deskPolicy.mostDays }),
  })
  .refine(({ act, fact }) => act === 'dismiss' || fact !== '', {
    path: ['fact'],
    message: issue('desk.decide.fact.error'),
  })
  .transform(({ act, days, dateOfBirth, ...form }) => ({
    ...form,
    act,
    days: act === 'suspend' ? days : null,
    dateOfBirth: act === 'age' ? dateOfBirth : null,
  }));

/** "Yes, it stays", or "No, take it back". */
export const staysShape: FormShape = { texts: ['stays'] };
export const StaysForm = z.object({
  stays: z.enum(['yes', 'no'], issue('desk.stays.error')).transform((said) => said === 'yes'),
});
