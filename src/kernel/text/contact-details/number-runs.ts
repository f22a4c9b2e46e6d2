import { CHARACTERS_MAX, DOUBLE, numberCharacters, numberWords, TOO_LARGE, TRIPLE } from './number-words.ts';
import { listed } from './readings.ts';

export interface NumberPart {
  digits: string;
  said: boolean; // in words or characters
  before: string; // what parts it from the one before
}

export interface NumberRun {
  parts: NumberPart[];
  hasPlus: boolean;
  start: number;
}

const SEPARATOR_MAX = 6;
const WORD_MAX = 300; // units: "trequattrosette…"
const PIECE_MIN = 3; // letters of a number within a word
const separating = /^[\s.\-\u2010-\u2015\u2212ー/\\()[\]_*·•~|,;:、،'"’…→の\p{Extended_Pictographic}]$/u;
const connecting = new Set(
  listed(
    'and then y luego e depois et puis ensuite poi dann потом ثم y e et und и و dash hyphen minus tiret guion guión traço trattino strich bindestrich тире дефис شرطة',
  ),
);
const plus = new Set(listed('plus más mais più плюс زائد'));
const WRITTEN_ALONE = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Hangul}〇○ー]+$/u;

const longestWord = Math.max(...[...numberWords.keys()].map((word) => word.length));

/** "trequattro" → 3, 4; null when anything else is in it. */
function valuesIn(word: string): number[] | null {
  const whole = numberWords.get(word) ?? numberWords.get(word.replace(/^و(?=.{3})/, ''));
  if (whole !== undefined) return [whole];
  if (word.length > WORD_MAX) return null;
  const ends: (number[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    for (let start = Math.max(0, end - longestWord); start < end && !ends[end]; start++) {
      const piece = word.slice(start, end);
      const before = ends[start];
      const value = numberWords.get(piece);
      if (!before || piece.length < PIECE_MIN) continue;
      // German says the unit first: "fünfundvierzig".
      if (piece === 'und' && before.length > 0) ends[end] = before;
      else if (value !== undefined) ends[end] = [...before, value];
    }
  }
  return word.length > 3 ? (ends[word.length] ?? null) : null;
}

/** Adds what is said next to what was said: 40, 5 → 45; 9, 100 → 900; 4, 20, 12 → 92; 8, 10 → 80. */
function combined(last: number, next: number): number | null {
  if (last >= 1 && last <= 9 && next === 100) return last * 100;
  if (last === 4 && next === 20) return 80;
  if ((last === 60 || last === 80) && next >= 1 && next < 20) return last + next;
  if (last >= 100 && last % 100 === 0 && next > 0 && next < 100) return last + next;
  const room = last % 100 >= 20 && last % 10 === 0;
  return room && next > 0 && next < 10 ? last + next : null;
}

export function numberRuns(text: string): NumberRun[] {
  const runs: NumberRun[] = [];
  let run: NumberRun | null = null;
  let between = '';
  let saidLast: number | null = null; // may still grow
  let times = 1;

  const close = (): void => {
    if (run && run.parts.length > 0) runs.push(run);
    [run, between, saidLast, times] = [null, '', null, 1];
  };
  const add = (digits: string, said: boolean, at: number): void => {
    run ??= { parts: [], hasPlus: false, start: at };
    run.parts.push({ digits: digits.repeat(times), said, before: between });
    [between, times] = ['', 1];
  };
  const say = (value: number, at: number, isCharacter: boolean): void => {
    if (value >= TOO_LARGE) return close();
    if (value < 0) return void (times = value === DOUBLE ? 2 : value === TRIPLE ? 3 : 1);
    const whole = saidLast === null || isCharacter ? null : combined(saidLast, value);
    if (run && whole !== null && /^[\s-]*$/.test(between)) {
      run.parts.at(-1)!.digits = String(whole);
      between = '';
      saidLast = whole;
      return;
    }
    add(String(value), true, at);
    saidLast = value;
  };
  const sayUnitAndTen = (values: number[], at: number): void => {
    values.forEach((value, index) => {
      const unit = values[index - 1];
      const isReversed = unit !== undefined && unit > 0 && unit < 10 && value >= 20 && value < 100;
      if (isReversed && run) run.parts.at(-1)!.digits = String(value + unit);
      else say(value, at, false);
    });
  };
  const separate = (sign: string): void => {
    between += sign;
    if (between.length > SEPARATOR_MAX) close();
  };
  const readCharacters = (word: string, at: number): void => {
    for (let index = 0; index < word.length; ) {
      let size = Math.min(CHARACTERS_MAX, word.length - index);
      while (size > 0 && !numberCharacters.has(word.slice(index, index + size))) size--;
      if (size > 0) say(numberCharacters.get(word.slice(index, index + size))!, at + index, true);
      else if (separating.test(word.charAt(index))) separate(word.charAt(index));
      else close();
      index += Math.max(size, 1);
    }
  };
  const readWord = (word: string, at: number): void => {
    if (WRITTEN_ALONE.test(word)) return readCharacters(word, at);
    if (plus.has(word)) {
      close();
      run = { parts: [], hasPlus: true, start: at };
      return;
    }
    if (connecting.has(word)) return run ? separate('-') : undefined;
    const values = valuesIn(word);
    if (values) sayUnitAndTen(values, at);
    else close();
  };

  for (const { 0: token, index } of text.matchAll(/\d+|[\p{L}\p{M}〇○]+|[^]/gu)) {
    if (/^\d/.test(token)) {
      saidLast = null;
      add(token, false, index);
    } else if (/^[\p{L}\p{M}〇○]/u.test(token)) readWord(token, index);
    else if (token === '+') {
      const isSum = run !== null && /\s$/.test(between) && /\s/.test(text.charAt(index + 1));
      close();
      if (!isSum) run = { parts: [], hasPlus: true, start: index };
    } else if (separating.test(token)) {
      if (run) separate(token);
    } else close();
  }
  close();
  return runs;
}
