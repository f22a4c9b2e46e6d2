import { interestGroups } from '../../../src/kernel/interests.ts';
import { days, hours, later } from '../../../src/kernel/clock.ts';
import { languages, thresholds, zipf } from '../../../bench/finding/languages.ts';
import type { Given } from '../finding.ts';
import type { Drawn } from './random.ts';

/** How much of all speak and learn each of the first languages of the list. */
export interface Population {
  name: string;
  native: readonly number[];
  learnt: readonly number[];
}

/** English stands first in the list; here it is spoken by as many as the fifth, and learnt by most. */
function englishFifth(shares: readonly number[]): number[] {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, ...rest] = shares;
  return [fifth, first, second, third, fourth, ...rest];
}

/** Three, over so many languages. */
export function populationsOf(count: number): readonly Population[] {
  const [even, steep] = [zipf(1, count), zipf(1.6, count)];
  return [
    { name: 'learnt as they are spoken', native: even, learnt: even },
    { name: 'learnt after Zipf 1.6', native: even, learnt: steep },
    { name: 'English learnt by most, fifth as spoken', native: englishFifth(even), learnt: steep },
  ];
}

const interests = interestGroups.flatMap((group) => [...group.interests]);
const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2', null, null];

export interface Someone extends Given {
  joined: Date;
  isNew: boolean;
  here: Date;
  utcOffset: number;
  /** The hours of the day in which they look. */
  looksAt: readonly number[];
}

function languageOf(shares: readonly number[], random: Drawn): string {
  const ends = thresholds(shares);
  const drawn = random.next();
  const n = ends.findIndex((end) => drawn < end);
  return languages.at(n)!;
}

/** Some are new, half look on that day, once to three times, and all differ in what the order asks for. */
export function draw(population: Population, count: number, day: Date, random: Drawn): Someone[] {
  return Array.from({ length: count }, (_, n): Someone => {
    const native = languageOf(population.native, random);
    const learning = new Set<string>();
    for (const wanted = random.next() < 0.7 ? 1 : 2; learning.size < wanted; ) {
      const one = languageOf(population.learnt, random);
      if (one !== native) learning.add(one);
    }
    const isNew = random.next() < 0.05;
    const joined = later(day, -(isNew ? hours(random.next() * 12) : days(4 + random.next() * 700)));
    return {
      username: `p${String(n).padStart(7, '0')}`,
      native: [native],
      learning: [...learning],
      level: levels[random.below(levels.length)] ?? null,
      interests: Array.from(
        new Set(Array.from({ length: random.below(5) }, () => interests[random.below(interests.length)]!)),
      ),
      joined,
      isNew,
      here: new Date(Math.max(joined.getTime(), day.getTime() - random.next() ** 2 * days(13))),
      utcOffset: (random.below(20) - 10) * 60,
      looksAt:
        random.next() < 0.5
          ? Array.from({ length: 1 + random.below(3) }, () => random.below(24)).toSorted((a, b) => a - b)
          : [],
    };
  });
}
