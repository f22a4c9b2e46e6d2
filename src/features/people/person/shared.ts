import { isInterest } from '../../../kernel/interests.ts';
import { message } from '../../../kernel/message.ts';
import type { PersonFacts, PersonSection } from '../../../web/views/slots.ts';
import type { Names } from '../../../web/words/names.ts';
import { wakingHours } from '../policy.ts';
import { sharedQuestion } from './shared.sql.ts';

interface Shared {
  interests: string[];
  languages: { code: string; role: 'native' | 'learning' }[];
  minutesBefore: number | null; // by which their clock is before the viewer's
}

/** The hours of the viewer's day in which both are awake, from and until, to the hour. */
export function hoursTogether(minutesBefore: number): { from: number; until: number }[] {
  const { from, until } = wakingHours;
  const shift = Math.round(minutesBefore / 60);
  // Their day begins earlier by the viewer's clock, and may reach into it from the day before or after.
  return [-24, 0, 24].flatMap((day) => {
    const [begin, end] = [Math.max(from, from - shift + day), Math.min(until, until - shift + day)];
    return begin < end ? [{ from: begin, until: end }] : [];
  });
}

function sharedView(person: PersonFacts, shared: Shared, names: Names) {
  const codes = (languages: PersonFacts['languages'] | Shared['languages'], role: string) =>
    languages.filter((one) => one.role === role).map(({ code }) => code);
  const both = (theirs: 'native' | 'learning', mine: 'native' | 'learning') => {
    const ours = codes(shared.languages, mine);
    return codes(person.languages, theirs)
      .filter((code) => ours.includes(code))
      .map((code) => names.language(code));
  };
  const [youLearn, theyLearn] = [both('native', 'learning'), both('learning', 'native')];
  const interests = shared.interests.filter(isInterest).map((code) => message(`profile.interest.${code}`));
  const hours = shared.minutesBefore === null ? [] : hoursTogether(shared.minutesBefore);
  if (youLearn.length + theyLearn.length + interests.length === 0) return null;
  return { youLearn, theyLearn, interests, hours, namesLang: names.locale };
}

/** What connects two people, below the card of one of them. */
export const sharedSection: PersonSection = {
  name: 'shared',
  ask: sharedQuestion,
  show: (person, answer, names) => sharedView(person, answer as Shared, names),
};
