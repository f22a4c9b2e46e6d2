import type { Catalogue } from './generated/catalogue.ts';

/** `auth.signUp.title`: the entry `signUp.title` of `locales/en/auth.json`. */
export type Key = keyof Catalogue<Value>;

/** A country (ISO 3166-1) or language (ISO 639), called what the reader calls it. */
export interface Named {
  named: 'country' | 'language';
  code: string;
}

/** Text tells it in UTC; pages in the zone of whoever reads, by a script. `at`: milliseconds since 1970. */
export interface ShownTime {
  shape: 'moment' | 'day' | 'time';
  at: number;
  recent?: true; // the time of today, else the day, in the zone of whoever reads
}

/** A list is joined as the reader's language joins it. */
export type Value = string | number | Message | Named | ShownTime | readonly Value[];

/** Something to say, before it is known in which language. Plain data, so sessions and jobs can keep it. */
export interface Message {
  key: Key;
  values: Readonly<Record<string, Value>>;
}

/** What a message wants to know: nothing, or its values by name. */
export type ValuesOf<K extends Key> = keyof Catalogue<Value>[K] extends never
  ? []
  : [values: Catalogue<Value>[K]];

export function message<K extends Key>(key: K, ...[values]: ValuesOf<K>): Message {
  return { key, values: (values as Message['values'] | undefined) ?? {} };
}

/** What is no word of ours, as it stands. */
export function verbatim(text: string): Message {
  return message('web.verbatim', { text });
}

export function named(kind: Named['named'], code: string): Named {
  return { named: kind, code };
}

export function shownMoment(at: Date): ShownTime {
  return { shape: 'moment', at: at.getTime() };
}

export function shownDay(at: Date): ShownTime {
  return { shape: 'day', at: at.getTime() };
}

/** Of a day that is told elsewhere. */
export function shownTime(at: Date): ShownTime {
  return { shape: 'time', at: at.getTime() };
}

/** Of what may be of today: its time then, else its day. */
export function shownRecent(at: Date, now: Date): ShownTime {
  const isToday = dayOf(at) === dayOf(now);
  return { shape: isToday ? 'time' : 'day', at: at.getTime(), recent: true };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** zod's issues are strings: a message travels in one, and `readIssue` takes it out again. */
export function issue<K extends Key>(key: K, ...values: ValuesOf<K>): string {
  return JSON.stringify(message(key, ...values));
}

/** What zod says by itself, nobody reads: no form of ours can be sent like that. */
export function readIssue(text: string): Message {
  return text.startsWith('{"key":') ? (JSON.parse(text) as Message) : message('web.form.value');
}
