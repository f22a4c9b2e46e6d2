import { days, hours, later, minutes } from '../../kernel/clock.ts';
import { message, named } from '../../kernel/message.ts';
import type { Operator } from '../../kernel/operator.ts';
import type { Names } from '../../web/words/names.ts';
import { minimumAge } from '../auth/index.ts';
import { exampleMessage } from '../chat/index.ts';
import type { Counts } from '../people/index.ts';
import { greetings } from './greetings.ts';
import { SMALL_BELOW } from './policy.ts';

interface Shown {
  counts: Counts | null;
  names: Names;
  /** What the visitor speaks, most likely; may be empty. */
  speak: string;
  operator: Operator;
  now: Date;
}

function countsView({ people, languages, pairs }: Counts) {
  const heading = people < SMALL_BELOW ? 'home.counts.small' : 'home.counts.many';
  return {
    heading: message(heading, { people, languages }),
    pairs: pairs.map(({ languages: [one, other], people: count }) =>
      message('home.counts.pair', {
        one: named('language', one),
        other: named('language', other),
        people: count,
      }),
    ),
  };
}

const partner = 'Lucía';

/** A hello and what came back, yesterday evening: both are made of the chat's own parts. */
function exampleChat(now: Date) {
  const evening = later(new Date(Math.floor(now.getTime() / days(1)) * days(1)), -hours(5));
  const [theirs, mine] = [
    { mine: false, at: evening },
    { mine: true, at: later(evening, minutes(20)) },
  ];
  return [
    { ...exampleMessage(theirs, 1, partner), words: message('home.chat.theirs') },
    { ...exampleMessage(mine, 2, partner), words: message('home.chat.mine') },
  ];
}

export function landingPage({ counts, names, speak, operator, now }: Shown) {
  return {
    title: message('home.title'),
    greetings: greetings.map((greeting) => ({ ...greeting, language: named('language', greeting.lang) })),
    languages: names.languages,
    namesLang: names.locale,
    speak,
    counts: counts && countsView(counts),
    chat: exampleChat(now),
    operator: operator.name,
    minimumAge,
  };
}
