import { durationOf } from '../../../kernel/duration.ts';
import { message, shownMoment } from '../../../kernel/message.ts';
import { type FormError, formView } from '../../../web/forms/forms.ts';
import { codeShape } from '../codes/code.forms.ts';
import { lostFactorPolicy } from '../policy.ts';
import type { Run } from './second-step.ts';

function lostView(lost: Run['lost'], now: Date) {
  if (!lost) return { state: 'none' as const };
  return lost.opensAt <= now
    ? { state: 'open' as const }
    : { state: 'waits' as const, opensAt: shownMoment(lost.opensAt) };
}

/** The model of `auth/second-step`. */
export function secondStepPage(run: Run, now: Date, errors: FormError[] = []) {
  return {
    title: message('auth.secondStep.title'),
    username: run.username,
    form: formView(codeShape, {}, errors),
    lost: run.isStaff ? { state: 'none' as const } : lostView(run.lost, now),
  };
}

/** The model of `auth/lost-factor`: what is to know before the wait begins. */
export function lostFactorPage(run: Run, now: Date, errors: FormError[] = []) {
  return {
    title: message('auth.lostFactor.title'),
    wait: durationOf(lostFactorPolicy.wait / 1000),
    form: { errors },
    lost: run.isStaff ? { state: 'staff' as const } : lostView(run.lost, now),
  };
}
