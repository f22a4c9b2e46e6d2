import type { DefaultScoringFunction, Matcher, MatchOptions } from '@zxcvbn-ts/core';
import { plainLetters } from '../../kernel/text/plain-letters.ts';
import { recited, spelled } from './common-passwords/recited.ts';

const locales =
  'en ru uk bg sr es pt fr de it pl tr ar fa he el ko ja zh hi vi th id nl cs hu ro sv nb da fi'.split(' ');

function namesIn(locale: string): string[][] {
  const names = (part: 'weekday' | 'month', days: number[]) => {
    const format = new Intl.DateTimeFormat(locale, { [part]: 'long', timeZone: 'UTC' });
    return days.map((day) => format.format(day));
  };
  // 1 January 2024 was a Monday.
  const weekdays = Array.from({ length: 7 }, (_, n) => Date.UTC(2024, 0, 1 + n));
  const months = Array.from({ length: 12 }, (_, n) => Date.UTC(2024, n));
  return [names('weekday', weekdays), names('month', months)];
}

function plain(row: readonly string[]): string[] {
  return row.map((item) => plainLetters(item).toLowerCase());
}
export const daysAndMonths = locales.flatMap(namesIn);
const orders = [...recited, ...spelled, ...daysAndMonths].map(plain);

interface Place {
  order: readonly string[];
  at: number;
}
const placesByLetter = new Map<string, Place[]>();
for (const order of orders)
  for (const [at, item] of order.entries()) {
    const letter = item.charAt(0);
    placesByLetter.set(letter, [...(placesByLetter.get(letter) ?? []), { order, at }]);
  }

const LETTERS_MIN = 3; // shorter runs are accidents, and a single name is a word

/** An order goes round: Monday follows Sunday. */
function endOf(text: string, i: number, { order, at }: Place, step: 1 | -1): number {
  let [end, next, items] = [i, at, 0];
  while (items < order.length && text.startsWith(order[next]!, end)) {
    end += order[next]!.length;
    items++;
    next = (next + step + order.length) % order.length;
  }
  return items > 1 && end - i >= LETTERS_MIN ? end : i;
}

class InOrder {
  match({ password }: MatchOptions) {
    const text = password.toLowerCase();
    const found = [];
    for (let i = 0; i < text.length; i++)
      for (const place of placesByLetter.get(text.charAt(i)) ?? [])
        for (const step of [1, -1] as const) {
          const end = endOf(text, i, place, step);
          if (end > i)
            found.push({
              pattern: 'order',
              i,
              j: end - 1,
              token: password.slice(i, end),
              space: place.order.length,
            });
        }
    return found;
  }
}

/** "mondaytuesday", "一二三": one guess for each order, beginning and direction. */
const scoring: DefaultScoringFunction = ({ space }) => orders.length * (space as number) * 2;

export const order: Matcher = {
  Matching: InOrder as unknown as Matcher['Matching'], // the base class wants a field that has no use here
  scoring,
  feedback: () => null,
};
