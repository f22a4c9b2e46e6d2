import { clearProviders } from './endings.ts';
import { isMadeUp, isNamedOutright, mayBeName } from './names.ts';
import { isOrdinary } from './ordinary-words.ts';
import {
  announcingNouns,
  asking,
  being,
  going,
  inviting,
  linking,
  nameNouns,
  naming,
  owning,
  places,
  pointing,
  states,
  stops,
  telling,
} from './name-words.ts';
import { type Certainty, isSocial, serviceIn } from './services.ts';

/** Words on each side of a service in which its owner's name is looked for. */
const AFTER = 9;
const AFTER_AMBIGUOUS = 4;
const BEFORE = 3;
const AFTER_FOREIGN = 4;
const PAIR_MIN = 5; // letters

const mention =
  /(?<![a-z0-9_.@])@(?!(?:home|work|school|all|everyone|here|me|you)(?![\p{L}\p{N}_]))(?=[\p{N}_.]*\p{L})[\p{L}\p{N}_.]{2}/u;
/** "5pm", "18h". */
const moment = /@ ?\d{1,2}(?:[:.h]\d{2})? ?(?:am|pm|h|uhr)?(?![\p{L}\p{N}_])/gu;
const discriminator = /[\p{L}\p{N}_.]{2} ?#\d{4}(?!\d)/u;
const pieces =
  /[\p{L}\p{N}_$](?:[\p{L}\p{N}\p{M}_$]|[.\-'’](?=[\p{L}\p{N}_])|(?<=[a-z])[@!](?=[a-z]))*|[^\s\p{M}]|\n/gu;

function followsByName(words: readonly string[], at: number, certainty: Certainty): boolean {
  let next = at + 1;
  let isAnnounced = words.slice(Math.max(0, at - 2), at).some((word) => owning.has(word));
  let isPointed = false;
  let isLinked = false;
  for (; next < words.length && next <= at + AFTER_FOREIGN; next++) {
    const word = words[next]!;
    if (naming.has(word)) {
      isAnnounced = true;
      isLinked ||= announcingNouns.has(word);
    } else if (pointing.has(word)) isPointed = true;
    else if (linking.has(word) || word === '@') isLinked ||= isAnnounced;
    else break;
  }
  const word = words[next] ?? '';
  if (certainty === 'ambiguous' && !isAnnounced && !pointing.has(words[at + 1] ?? '')) return false;
  const after = words[next + 1];
  const isWhole = after === undefined || going.has(after) || !/^\p{L}/u.test(after) || word.includes('.');
  return (isPointed || (isLinked && isWhole)) && mayBeName(word);
}

function isLikelyName(word: string): boolean {
  return mayBeName(word) && !states.has(word) && !word.endsWith('ing');
}

/** "I'm annlee on insta"; "annlee is my insta"; a whole sentence: "annlee on insta". */
function isSomebodyThere(words: readonly string[], at: number): boolean {
  const [first = '', name = '', place = ''] = words.slice(Math.max(0, at - 3), at);
  if (at >= 3 && isLikelyName(first) && linking.has(name) && owning.has(place)) return true;
  if (at >= 3 && being.has(first) && places.has(place) && isLikelyName(name)) return true;
  const isWhole = at === 2 && (words[3] === undefined || stops.has(words[3]));
  return isWhole && isLikelyName(first) && places.has(name);
}

/** "Add me on snap annlee", "find me on insta as annlee", "on tiktok im annlee". */
function isInvited(words: readonly string[], at: number): boolean {
  const before = words.slice(Math.max(0, at - BEFORE), at);
  const [next = '', after = ''] = words.slice(at + 1, at + 3);
  const name = linking.has(next) || being.has(next) || telling.has(next) ? after : next;
  if (!isLikelyName(name)) return false;
  return places.has(before.at(-1) ?? '') && (name === after || before.some((word) => inviting.has(word)));
}

/** A Latin word behind a service's name in another script. */
function followsByForeignWord(words: readonly string[], at: number): boolean {
  if (/[a-z]/.test(words[at]!)) return false;
  for (const word of words.slice(at + 1, at + 1 + AFTER_FOREIGN)) {
    if (stops.has(word)) return false;
    if (word.length >= 4 && mayBeName(word)) return true;
    if (/[a-z]/.test(word) && isOrdinary(word)) return false;
  }
  return false;
}

const numbered = /^(?:qq|扣扣|企鹅号|icq|かかお|line|wx|vx|微信|vk|вк)/u;
function followsByNumber(words: readonly string[], at: number): boolean {
  return numbered.test(words[at]!) && words.slice(at + 1, at + 4).some((word) => /^\d{5,12}$/.test(word));
}

function isNamedNear(words: readonly string[], at: number, certainty: Certainty): boolean {
  const isTold = words
    .slice(Math.max(0, at - BEFORE), at + AFTER)
    .some((word) => naming.has(word) || telling.has(word));
  const reach = certainty === 'clear' || isTold ? AFTER : AFTER_AMBIGUOUS;
  if (words.slice(at + 1, at + 1 + reach).some(isMadeUp)) return true;
  const before = words.slice(Math.max(0, at - BEFORE), at);
  if (before.some((word, n) => isMadeUp(word) && before.slice(n + 1).some((between) => places.has(between))))
    return true;
  return (
    followsByName(words, at, certainty) ||
    followsByNumber(words, at) ||
    isSomebodyThere(words, at) ||
    isInvited(words, at) ||
    (certainty === 'clear' && followsByForeignWord(words, at)) ||
    (words.length === 2 &&
      at === 0 &&
      (certainty === 'clear' || isSocial(words[0]!)) &&
      isLikelyName(words[1]!)) ||
    (words.length === 3 &&
      at === 1 &&
      owning.has(words[0]!) &&
      (certainty === 'clear' || isSocial(words[1]!)) &&
      isLikelyName(words[2]!))
  );
}

interface Service {
  certainty: Certainty;
  end: number; // the last of its words
}

/** "tele gram", "what's app". */
function serviceAt(words: readonly string[], at: number): Service | null {
  const alone = serviceIn(words[at]!);
  if (alone === 'clear') return { certainty: alone, end: at };
  const next = words[at + 1];
  const pair = next && /^\p{L}/u.test(next) ? words[at]!.replace(/['’]/g, '') + next : '';
  if (pair.length >= PAIR_MIN && serviceIn(pair) === 'clear') return { certainty: 'clear', end: at + 1 };
  return alone && { certainty: alone, end: at };
}

/** "I have Telegram, my alias there is …" */
function isNamedBySynonym(words: readonly string[], at: number): boolean {
  if (words.slice(at + 1, at + 1 + AFTER_AMBIGUOUS).some(isMadeUp)) return true;
  const hasService = words.slice(Math.max(0, at - AFTER), at).some((word) => serviceIn(word) === 'clear');
  return hasService && followsByName(words, at, 'ambiguous');
}

/** Of a joined reading. */
export function hasHandle(reading: string): boolean {
  if (mention.test(reading.replace(moment, ' ')) || discriminator.test(reading)) return true;
  const words = reading.match(pieces) ?? [];
  return words.some((word, at) => {
    if (isNamedOutright(word)) return true;
    if (clearProviders.has(word) && words.slice(at + 1, at + 4).some(isMadeUp)) return true;
    if (asking.test(word))
      return words.slice(at + 1, at + 4).some((next) => isMadeUp(next) && /[\d_]/.test(next));
    if (nameNouns.has(word)) return isNamedBySynonym(words, at);
    const service = serviceAt(words, at);
    return service !== null && isNamedNear(words, service.end, service.certainty);
  });
}
