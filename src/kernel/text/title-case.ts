/** Languages whose letters have capitals of their own: "i" becomes "İ" in Turkish. In others a locale only loses marks ("ά" → "Α"). */
const withOwnCapitals = new Set(['az', 'lt', 'tr']);

/**
 * A word as it stands at the head of a line: its first letter in title case, not in upper case. Scripts without one keep
 * theirs (Georgian's capitals are for whole words), and one letter stays one ("ﬁ" → "Fi").
 */
export function capitalized(word: string, locale: string): string {
  const [first = ''] = word;
  if (!/^\p{Changes_When_Titlecased}$/u.test(first)) return word;
  const language = locale.split('-')[0]!;
  // Dutch writes its ij as one letter: IJsland.
  if (language === 'nl' && word.startsWith('ij')) return `IJ${word.slice(2)}`;
  return titled(first, withOwnCapitals.has(language) ? language : undefined) + word.slice(first.length);
}

/** Unicode's title case of one character; upper case differs where it is more than one letter. */
function titled(letter: string, locale: string | undefined): string {
  // The digraphs dž, lj, nj and dz, each in three forms of which the middle one is the title's.
  const digraph = ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ'].find((forms) => forms.includes(letter));
  if (digraph) return digraph[1]!;
  const [head = '', ...tail] = locale ? letter.toLocaleUpperCase(locale) : letter.toUpperCase();
  return head + tail.join('').toLowerCase();
}
