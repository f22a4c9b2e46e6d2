/** Letters that no normalisation form takes apart, or that one keyboard writes so and the next otherwise; behind each, ours. */
const plain = new Map(
  [
    'łl øo đd ðd þth æae œoe ßss ıi ħh ŋn ŁL ØO ĐD ÐD ÞTh ÆAe ŒOe ẞSs ĦH ŊN',
    'ςσ ґг ҐГ',
    'ةه ىي یي کك ہه ھه ٱا ٹت ےي',
  ].flatMap((row) => row.split(' ').map((pair) => [pair.charAt(0), pair.slice(1)] as const)),
);
const special = new RegExp(`[${[...plain.keys()].join('')}]`, 'gu');

/** Marks that are accents of a letter; in other scripts they are letters themselves. */
const accents =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]\p{Mn}*)\p{Mn}/gu;
const katakana = /[ァ-ヶ]/gu;
/** Hiragana lies as far before katakana in Unicode. */
const BETWEEN_KANA = 0x60;

/** Unicode lays out the ten decimal digits of each script in a row, from zero on. */
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

/** Letters that have been looked at: hundreds of thousands of words are made of few of them. */
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

/** A text without accents, in the plainest letters and digits that people type in its place; capitals stay. */
export function plainLetters(text: string): string {
  // What stands in pieces has to be put together first; what does not compose, as Thai vowels, is looked at as a whole.
  const letters = text.normalize('NFC');
  if (/[\p{M}\u1100-\u11ff\uff9e\uff9f]/u.test(letters)) return plainly(letters);
  let result = '';
  for (const letter of letters) result += plainLetter(letter);
  return result;
}
