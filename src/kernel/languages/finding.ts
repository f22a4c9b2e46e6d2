import { plainLetters } from '../text/plain-letters.ts';

/** What people type who don't look for the name that the list has. Not in English, which browsers know, nor as written in the list. */
const otherNames: Readonly<Record<string, string>> = {
  acm: 'Iraqi Arabic',
  apc: 'Syrian, Lebanese, Palestinian, Jordanian, Shami',
  ary: 'Darija',
  arz: 'Masri',
  asf: 'Australian Sign Language',
  ase: 'ASL',
  bfi: 'BSL',
  bn: 'Bengali',
  bzs: 'Língua brasileira de sinais',
  ca: 'Valencian',
  ceb: 'Bisaya, Sinugbuanon',
  ckb: 'Sorani',
  csl: 'CSL, 中國手語',
  dv: 'Dhivehi',
  es: 'Castilian, castellano',
  fa: 'Farsi',
  fsl: 'LSF',
  gcf: 'Guadeloupean, Martinican',
  gsg: 'DGS',
  he: 'Ivrit',
  ils: 'IS',
  ilo: 'Ilocano',
  ins: 'ISL',
  ise: 'LIS',
  jam: 'Jamaican Patois',
  jsl: 'JSL',
  kea: 'Cape Verdean Creole, Kriolu',
  km: 'Cambodian',
  ku: 'Kurmanji, Northern Kurdish',
  kvk: 'KSL',
  lad: 'Judeo-Spanish',
  mfe: 'Mauritian Creole, Morisyen',
  mfs: 'LSM',
  my: 'Myanmar',
  nan: 'Hokkien, Min Nan, Taiwanese, 台語, 台湾话, 福建話',
  nds: 'Low Saxon, Platt',
  nl: 'Flemish, Vlaams',
  nso: 'Sepedi',
  pa: 'Panjabi',
  pcm: 'Naija',
  rom: 'Romani',
  ro: 'Moldovan',
  ssp: 'LSE',
  tl: 'Filipino',
  tpi: 'Pidgin',
  wuu: 'Shanghainese, 上海话, 吳語',
  yue: '廣東話, 广东话, 粤语',
  zh: 'Mandarin, Putonghua, 普通话, 國語, 華語',
};

export interface Findable {
  code: string;
  /** As lists show it, "Allemand · Deutsch". */
  label: string;
}

/** "ʻŌlelo" → "olelo" */
function folded(text: string): string {
  return plainLetters(text)
    .toLowerCase()
    .replace(/[\u02bb\u02bc\u2019']/g, '')
    .trim();
}

/** 0: a name begins so; 1: a word does; 2: it stands within; null: nowhere. */
function rank(names: readonly string[], typed: string): number | null {
  if (names.some((name) => name.startsWith(typed))) return 0;
  if (names.some((name) => name.split(/[^\p{L}\p{M}]+/u).some((word) => word.startsWith(typed)))) return 1;
  return names.some((name) => name.includes(typed)) ? 2 : null;
}

/** Finds languages by what somebody types: in their own language, in its own or in English, without accents if they like. */
export function languageFinder<L extends Findable>(languages: readonly L[]) {
  const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const known = languages.map((language) => {
    const further = [english.of(language.code) ?? '', ...(otherNames[language.code] ?? '').split(', ')];
    const names = [...language.label.split(' · '), ...further].map(folded);
    return { language, names: names.filter(Boolean) };
  });
  return (typed: string): L[] => {
    const sought = folded(typed);
    const found = known.map(({ language, names }) => ({ language, rank: rank(names, sought) }));
    return [0, 1, 2].flatMap((n) => found.filter((one) => one.rank === n).map(({ language }) => language));
  };
}
