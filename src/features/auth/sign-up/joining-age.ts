import { ageOn, birthdayOf, type CalendarDate } from '../../../kernel/age.ts';
import { later } from '../../../kernel/clock.ts';
import { maximumAge, minimumAge, slipAge, tooYoungLock } from '../policy.ts';

/** Null: no typo. */
function slipOf(age: number): string | null {
  if (age < 0) return 'Your date of birth must be in the past.';
  if (age === 0) return 'This date would make you less than a year old. Please check the year.';
  if (age <= slipAge)
    return `This date would make you ${age} ${age === 1 ? 'year' : 'years'} old. Please check the year.`;
  if (age > maximumAge)
    return 'This date would make you older than anyone has ever been. Please check the year.';
  return null;
}

/** `slip`: what to say of a typo. `until`: a day, or the birthday if that is sooner. Null: welcome. */
export function judgeAge(born: CalendarDate, now: Date): { slip: string } | { until: Date } | null {
  const age = ageOn(born, now);
  if (age > slipAge && age < minimumAge)
    return {
      until: new Date(Math.min(later(now, tooYoungLock).getTime(), birthdayOf(born, minimumAge).getTime())),
    };
  const slip = slipOf(age);
  return slip === null ? null : { slip };
}
