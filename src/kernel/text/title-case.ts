/** "i" becomes "İ" in Turkish. In other languages a locale only loses marks ("ά" → "Α"). */
const withOwnCapitals = new Set(['az', 'lt', 'tr']);

/** Title case, not upper case, of the first letter (Georgian keeps its own; "ﬁ" → "Fi"). */
export function capitalized(word: string, locale: string): string {
  const [first = ''] = word;
  if (!/^\p{Changes_When_Titlecased}$/u.test(first)) return word;
  const language = locale.split('-')[0]!;
  // Dutch: IJsland.
  if (language === 'nl' && word.startsWith('ij')) return `IJ${word.slice(2)}`;
  return titled(first, withOwnCapitals.has(language) ? language : undefined) + word.slice(first.length);
}

function titled(letter: string, locale: string | undefined): string {
  // dž, lj, nj and dz have three forms; the middle one is title case.
  const digraph = ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ'].find((forms) => forms.includes(letter));
  if (digraph) return digraph[1]!;
  const [head = '', ...tail] = locale ? letter.toLocaleUpperCase(locale) : letter.toUpperCase();
  return head + tail.join('').toLowerCase();
}
