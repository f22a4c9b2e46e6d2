import { days, shownMoment } from '../../kernel/clock.ts';
import { type FormError, type FormShape, formView } from '../../web/forms/forms.ts';
import { deletionPolicy } from '../auth/index.ts';
import type { Copies } from './exports.service.ts';
import { exportPolicy } from './policy.ts';

export const leaveShape: FormShape = { texts: ['currentPassword'], secrets: ['currentPassword'] };

const units = ['bytes', 'KB', 'MB', 'GB'] as const;
/** "1.2 MB" */
export function sizeInWords(bytes: number): string {
  let [size, unit] = [bytes, 0];
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

export function copiesView({ making, failed, ready, nextAt }: Copies) {
  return {
    making,
    failed: failed && !making,
    ready: ready && {
      madeAt: shownMoment(ready.madeAt),
      until: shownMoment(ready.until),
      size: sizeInWords(ready.bytes),
    },
    nextAt: nextAt && shownMoment(nextAt),
  };
}

/** For `settings/account`. */
export function accountPage(copies: Copies, errors: readonly FormError[] = []) {
  return {
    title: 'Account',
    copies: copiesView(copies),
    perDay: exportPolicy.perDay.max,
    lookAgainSeconds: exportPolicy.lookAgain / 1000,
    form: formView(leaveShape, {}, errors),
    graceDays: deletionPolicy.grace / days(1),
    quarantineDays: deletionPolicy.quarantine / days(1),
  };
}
