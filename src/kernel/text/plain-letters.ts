/** Not decomposed by Unicode, or different from keyboard to keyboard. */
const plain = new Map(
  [
    'łl øo đd ðd þth æae œoe ßss ıi ħh ŋn ŁL ØO ĐD ÐD ÞTh ÆAe ŒOe ẞSs ĦH ŊN',
    'ςσ ґг ҐГ',
    'ةه ىي یي کك ہه ھه ٱا ٹت ےي',
  ].flatMap((row) => row.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)] as const)),
);
const special = new RegExp(`[${[...plain.keys()].join('')}]`, 'gu');

/** In other scripts, marks are letters. */
const accents =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]\p{Mn}*)\p{Mn}/gu;
const katakana = /[ァ-ヶ]/gu;
const BETWEEN_KANA = 0x60;

/** Digits of a script follow each other from zero. */
const zeros = Array.from('٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐', (zero) => zero.charCodeAt(0));
function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = zeros.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}

function plainly(text: string): string {
  return text
    .normalize('NFKD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(special, (letter) => plain.get(letter)!)
    .replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - BETWEEN_KANA))
    .replace(/\p{Nd}/gu, asciiDigit);
}

const known = new Map<string, string>();
const KNOWN_MAX = 20_000;
function plainLetter(letter: string): string {
  let found = known.get(letter);
  if (found === undefined) {
    found = plainly(letter);
    if (known.size < KNOWN_MAX) known.set(letter, found);
  }
  return found;
}

export function plainLetters(text: string): string {
  // Composes first; what doesn't compose (Thai vowels) is read as a whole.
  const letters = text.normalize('NFC');
  if (/[\p{M}\u1100-\u11ff\uff9e\uff9f]/u.test(letters)) return plainly(letters);
  let result = '';
  for (const letter of letters) result += plainLetter(letter);
  return result;
}
