import { z } from 'zod';
import { days } from '../../kernel/clock.ts';
import { message, type Message, shownMoment } from '../../kernel/message.ts';
import { type FormError, type FormShape, formView, type FormValues } from '../../web/forms/forms.ts';
import { currentPassword, deletionPolicy } from '../auth/index.ts';
import type { Copies } from './exports.service.ts';
import { exportPolicy } from './policy.ts';

export const leaveShape: FormShape = {
  texts: ['messages', 'currentPassword'],
  secrets: ['currentPassword'],
};

/** What becomes of the messages that somebody sent, once they are gone. */
export const messagesAfterwards = ['erase', 'keep'] as const;

export const LeaveForm = currentPassword.extend({
  messages: z.enum(['', ...messagesAfterwards]).transform((chosen) => chosen || 'erase'),
});

const units = ['bytes', 'KB', 'MB', 'GB'] as const;
/** "1.2 MB" */
function sizeOf(bytes: number): Message {
  let [size, unit] = [bytes, 0];
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  const precise = size < 9.95 ? Math.round(size * 10) / 10 : Math.round(size);
  return message(`privacy.copy.size.${units[unit]!}`, { size: precise });
}

export function copiesView({ making, failed, ready, nextAt }: Copies) {
  return {
    making,
    failed: failed && !making,
    ready: ready && {
      madeAt: shownMoment(ready.madeAt),
      until: shownMoment(ready.until),
      size: sizeOf(ready.bytes),
    },
    nextAt: nextAt && shownMoment(nextAt),
  };
}

/** For `settings/account`. */
export function accountPage(copies: Copies, values: FormValues = {}, errors: readonly FormError[] = []) {
  return {
    title: message('privacy.account.title'),
    copies: copiesView(copies),
    perDay: exportPolicy.perDay.max,
    lookAgainSeconds: exportPolicy.lookAgain / 1000,
    form: formView(leaveShape, values, errors),
    messages: messagesAfterwards.map((value) => ({
      value,
      label: message(`privacy.leave.messages.${value}`),
      chosen: value === (values.messages || 'erase'),
    })),
    graceDays: deletionPolicy.grace / days(1),
    quarantineDays: deletionPolicy.quarantine / days(1),
  };
}
