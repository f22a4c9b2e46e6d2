import { ageOn, parseDate } from '../../../kernel/age.ts';
import { message } from '../../../kernel/message.ts';
import type { FormError, FormValues } from '../../../web/forms/forms.ts';
import type { CaseDecision, DeskCase } from '../cases/cases.ts';
import { ends } from '../decisions/decide.forms.ts';
import { deskPolicy } from '../policy.ts';

/** The age bands of the law of the community. */
const adulthood = 18;

/** Their own, and lately enough to take it back. */
function isOwnOfLate({ mine, overturnedAt, at }: CaseDecision, now: Date): boolean {
  return mine && !overturnedAt && now.getTime() - new Date(at).getTime() < deskPolicy.takenBackWithin;
}

/** Their own last decision or word, in time, of which nobody has heard; null: there is none. */
export function mayTakeBack(found: DeskCase, now: Date): 'decision' | 'word' | null {
  const { state, decisions, mayTakeWordBack } = found;
  const last = decisions.findLast(({ overturnedAt }) => !overturnedAt);
  const isOwn = last !== undefined && isOwnOfLate(last, now) && !last.confirmedAt && !last.appealedAt;
  if (isOwn && (state === 'second' || state === 'closed')) return 'decision';
  return mayTakeWordBack ? 'word' : null;
}

/** Their own decision or word waits for somebody else, who answers what the person wrote to it. */
export function isAppealed({ decisions, mayHandle, state }: DeskCase): boolean {
  return !mayHandle && state !== 'closed' && decisions.some((d) => d.appealedAt && !d.answeredAt);
}

/** An appeal of this case, by this moderator, who has the next one before them. */
export function isAnswered({ decisions, mine, state }: DeskCase, decision: string): boolean {
  return mine && state === 'appealed' && decisions.some((d) => d.id === decision && d.answeredAt);
}

/** Decided just so by themselves a moment ago. */
export function isDone(
  { decisions }: DeskCase,
  { act, fact }: { act: string; fact: string },
  now: Date,
): boolean {
  return decisions.some((d) => isOwnOfLate(d, now) && d.act === act && d.fact === fact);
}

/** Why a decision could not be taken, by what the case is now. */
export function whyRefused({ mine, mayHandle, state, person }: DeskCase, values: FormValues): FormError {
  if (!mayHandle || !mine) return { name: '', text: message('desk.changed') };
  const isDecided = state === 'open' || state === 'closed';
  if (isDecided && !person && !ends.some((act) => act === values.act))
    return { name: 'act', text: message('desk.changed.gone') };
  if (isDecided && person?.bornChanged && values.act === 'age' && values.dateOfBirth)
    return { name: 'act', text: message('desk.decide.born.once') };
  return { name: '', text: message('desk.changed.anew') };
}

/** Whoever said they were under 18 and is not, met children: they are banned, and whom they met is told. Null: no such thing. */
export function outOfAge({ person }: DeskCase, dateOfBirth: string, now: Date): FormError | null {
  const isMinor = person !== null && person.band !== '18-over';
  if (!isMinor || ageOn(parseDate(dateOfBirth)!, now) < adulthood) return null;
  return { name: 'dateOfBirth', text: message('desk.decide.born.adult') };
}
