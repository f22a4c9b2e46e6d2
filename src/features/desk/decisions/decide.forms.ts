import { z } from 'zod';
import { ageOn, parseDate } from '../../../kernel/age.ts';
import { isUuid, nobodysId } from '../../../kernel/ids.ts';
import { issue, message } from '../../../kernel/message.ts';
import { trimmed } from '../../../kernel/text/typed.ts';
import type { DeskAct } from '../../../platform/generated/prisma/enums.ts';
import type { FormShape } from '../../../web/forms/forms.ts';
import { writtenText } from '../../../web/forms/written-text.ts';
import { maximumAge, minimumAge } from '../../auth/index.ts';
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
  'unable',
  'help',
] as const satisfies readonly DeskAct[];
/** Against nobody: nobody reads anything about it. */
export const ends: readonly DeskAct[] = ['dismiss', 'unable', 'help'];

/** Against whom is not here, nothing can be decided but that it ends; and where something was decided, not that there is nothing wrong. */
export function actsFor({
  person,
  state,
  hasAddress,
}: Pick<DeskCase, 'person' | 'state' | 'hasAddress'>): DeskAct[] {
  if (!person) return ends.filter((act) => act !== 'help' || hasAddress);
  return acts.filter((act) => !ends.includes(act) || (act === 'dismiss' && state !== 'closed'));
}

export const decideShape: FormShape = { texts: ['version', 'act', 'reason', 'days', 'dateOfBirth', 'fact'] };

/** All that a case can be answered with, for the page that has it. */
export const caseShape: FormShape = {
  texts: [...decideShape.texts, 'stays', 'decision', 'answer', 'username'],
};

const wholeDays = z.string().transform((typed, ctx): number | null => {
  const text = trimmed(typed);
  if (text === '') return null;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= deskPolicy.mostDays) return Number(text);
  ctx.addIssue({ code: 'custom', message: issue('desk.decide.days.error', { most: deskPolicy.mostDays }) });
  return z.NEVER;
});

/** Of somebody who may be here at `now`: whoever is younger is decided about by leaving it empty. */
function bornOn(now: Date) {
  return z.string().transform((typed, ctx): string | null => {
    const text = trimmed(typed);
    if (text === '') return null;
    const date = parseDate(text);
    const age = date && ageOn(date, now);
    if (age !== null && age >= minimumAge && age <= maximumAge) return text;
    const isYoung = age !== null && age >= 0 && age < minimumAge;
    const key = isYoung ? 'desk.decide.born.young' : 'desk.decide.born.error';
    ctx.addIssue({ code: 'custom', message: issue(key) });
    return z.NEVER;
  });
}

const version = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

export function decideForm(now: Date) {
  return z
    .object({
      version,
      act: z.enum(acts, issue('desk.decide.act.error')),
      reason: z.enum(reportReasons, issue('desk.decide.reason.error')),
      days: wholeDays,
      dateOfBirth: bornOn(now),
      fact: writtenText(message('desk.decide.fact.what'), factText),
    })
    .refine(({ act, days }) => act !== 'suspend' || days !== null, {
      path: ['days'],
      message: issue('desk.decide.days.error', { most: deskPolicy.mostDays }),
    })
    .refine(({ act, fact }) => ends.includes(act) || fact !== '', {
      path: ['fact'],
      message: issue('desk.decide.fact.error'),
    })
    .transform(({ act, days, dateOfBirth, ...form }) => ({
      ...form,
      act,
      days: act === 'suspend' ? days : null,
      dateOfBirth: act === 'age' ? dateOfBirth : null,
    }));
}

/** "Yes, it stays", or "No, take it back". */
const stays = z.enum(['yes', 'no'], issue('desk.stays.error')).transform((said) => said === 'yes');
export const staysShape: FormShape = { texts: ['version', 'stays'] };
export const StaysForm = z.object({ version, stays }).transform((word) => ({ ...word, text: '' }));

/** With reasons where it stays (Regulation (EU) 2022/2065, article 20). */
export const answerShape: FormShape = { texts: ['version', 'decision', 'stays', 'answer'] };
export const AnswerForm = z
  .object({
    version,
    // Of the appeal that the page shows: nobody types it.
    decision: z.string().transform((id) => (isUuid(id) ? id : nobodysId)),
    stays,
    answer: writtenText(message('desk.answer.text'), factText),
  })
  .refine((word) => !word.stays || word.answer !== '', {
    path: ['answer'],
    message: issue('desk.answer.text.error'),
  })
  .transform(({ answer: text, ...word }) => ({ ...word, text }));

/** Without a decision: what a seal took. */
export const restoreShape: FormShape = { texts: ['decision'] };

/** Whom a case is about, by what they are called here. */
export const nameShape: FormShape = { texts: ['username'] };
