import { anyDot, SAID_DOT, SPACED_DOT } from './addresses.ts';
import { allEndings, clearEndings, saidCountries, wordEndings } from './endings.ts';

/** RFC 1035, 2.3.4: 63 octets a label. */
export const LABEL_MAX = 63;
const WITHIN = 40; // units around a dot

const labelBefore = /[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,62}$/u;
const endingAfter = /^([\p{L}\p{M}]{2,14}|xn--[a-z0-9-]{1,20})(?![\p{L}\p{N}])/u;
const path = /^ ?\/ ?[\p{L}\p{N}@]/u;
const sentenceGoesOn = /^[,;]? ["'«“„]?[\p{L}\ue000-\ue004]/u;
const page =
  /(?<!\p{L})(?:site|website|web|blog|page|pagina|seite|homepage|sito|саит\p{L}*|блог\p{L}*|موقع\p{L}*|الموقع|канал\p{L}*|link|ссылк\p{L}*)(?!\p{L})|网站|网址|さいと|ぶろぐ/u;

/** Programs and their parts that are called like domains. */
const namesOfProducts = /(?:^|[^\p{L}])(?:asp|vb|ado|socket)$/u;

const dotLike = new RegExp(anyDot, 'g');

export interface Dot {
  before: string;
  sign: string;
  after: string;
}

export function* dotsIn(text: string): Generator<Dot> {
  for (const { 0: sign, index } of text.matchAll(dotLike)) {
    const before = text.slice(Math.max(0, index - LABEL_MAX - WITHIN), index);
    yield { before, sign, after: text.slice(index + 1, index + 1 + WITHIN) };
  }
}

function endsClearly({ before, sign }: Dot, ending: string, rest: string): boolean {
  const goesOn = sentenceGoesOn.test(rest);
  if (sign === '.' && clearEndings.has(ending)) return true;
  if (clearEndings.has(ending) && !wordEndings.has(ending)) return sign !== SPACED_DOT || !goesOn;
  if (sign === SAID_DOT) return !goesOn || page.test(before);
  if (sign !== '.') return !goesOn && (sign !== SPACED_DOT || page.test(before)) && saidCountries.has(ending);
  const label = labelBefore.exec(before)![0];
  const hasSubdomain = /[\p{L}\p{N}][.][\p{L}\p{N}_-]{1,63}$/u.test(before);
  return page.test(before) || /[\d-]/.test(label) || hasSubdomain || !goesOn;
}

/** "name.com", "name dot com", "name . com", "t.me/name". */
export function isDomain(dot: Dot): boolean {
  const ending = endingAfter.exec(dot.after)?.[1];
  if (ending === undefined || !labelBefore.test(dot.before)) return false;
  if (!allEndings.has(ending) || namesOfProducts.test(dot.before)) return false;
  const rest = dot.after.slice(ending.length);
  return path.test(rest) || endsClearly(dot, ending, rest);
}
