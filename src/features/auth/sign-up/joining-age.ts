import { ageOn, birthdayOf, type CalendarDate } from '../../../kernel/age.ts';
import { later } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { maximumAge, minimumAge, slipAge, tooYoungLock } from '../policy.ts';

/** Null: no typo. */
function slipOf(age: number): Message | null {
  if (age < 0) return message('auth.signUp.birthday.slip.future');
  if (age === 0) return message('auth.signUp.birthday.slip.newborn');
  if (age <= slipAge) return message('auth.signUp.birthday.slip.child', { age });
  return age > maximumAge ? message('auth.signUp.birthday.slip.tooOld') : null;
}

/** `slip`: what to say of a typo. `until`: a day, or the birthday if that is sooner. Null: welcome. */
export function judgeAge(born: CalendarDate, now: Date): { slip: Message } | { until: Date } | null {
  const age = ageOn(born, now);
  if (age > slipAge && age < minimumAge)
    return {
      until: new Date(Math.min(later(now, tooYoungLock).getTime(), birthdayOf(born, minimumAge).getTime())),
    };
  const slip = slipOf(age);
  return slip === null ? null : { slip };
}
