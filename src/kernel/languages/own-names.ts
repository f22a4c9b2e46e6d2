import { furtherLanguages, ISO6391, languageCodes } from './codes.ts';

export interface OwnName {
  name: string;
  lang: string; // BCP 47, of the name's own script
  dir: 'ltr' | 'rtl';
}

/** CLDR calls `tl` Filipino, also in itself. Who looks for the one or the other finds both in one line. */
const otherNames: Record<string, string> = { tl: 'Tagalog' };

/** Of ISO 639-1. CLDR is reviewed; the package fills its gaps only (its 3.1.6 took "slovenčtina" out of a comment). */
function nameOfItself(code: string): string {
  const known = Intl.DisplayNames.supportedLocalesOf(code).length > 0;
  const own = known && new Intl.DisplayNames([code], { type: 'language', fallback: 'none' }).of(code);
  return own || ISO6391.getNativeName(code) || code;
}

/** Where the name's script isn't Unicode's "likely subtag". */
const otherScripts: Record<string, string> = { ae: 'Latn', pi: 'Deva' };

const rightToLeft = new Set(['Arab', 'Avst', 'Hebr', 'Thaa']); // ISO 15924, of the languages that there are

function own(code: string): OwnName {
  const further = furtherLanguages.get(code);
  const name = further?.[1] ?? otherNames[code] ?? nameOfItself(code);
  const lang = further?.[2] ?? (otherScripts[code] ? `${code}-${otherScripts[code]}` : code);
  const { script = '' } = new Intl.Locale(lang).maximize();
  return {
    name: name.replace(/\p{Bidi_Control}/gu, '').normalize('NFC'),
    lang,
    dir: rightToLeft.has(script) ? 'rtl' : 'ltr',
  };
}

const ownNames = new Map(languageCodes.map((code) => [code, own(code)]));

export function ownName(code: string): OwnName {
  return ownNames.get(code) ?? { name: code, lang: code, dir: 'ltr' };
}
