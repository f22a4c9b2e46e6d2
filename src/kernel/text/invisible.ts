import { standardVariant } from './standard-variants.ts';

const thin = /[\u200B-\u200F\u061C]{2,}/g; // zero-width spaces, joiners and direction marks: one is enough

/** Their spelling needs joiners (RFC 5892, appendix A.1 and A.2). */
const joining =
  'Arab Syrc Mand Mong Nkoo Phag Adlm Rohg Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt';
/** They have no spaces between words; keyboards type U+200B for a line break. */
const spaceless = 'Khmr Thai Laoo Mymr Tibt Java Bali Lana Talu Tale Tavt Cham Sund Bugi Batk Rjng Ahom';
function ofScripts(scripts: string): string {
  return scripts.replace(/\w+ ?/g, (script) => `\\p{scx=${script.trim()}}`);
}
const joined = `(?=[\\p{L}\\p{M}])[${ofScripts(joining)}]`;
const unspaced = `[${ofScripts(spaceless)}]`;

const shown = '[^\\s\\u2800]';

const picture = '\\p{Extended_Pictographic}\\p{Emoji_Modifier}?[\\uFE0E\\uFE0F]?';
/** Old Korean marks the missing part of a syllable. */
const jamo = '[\\u1100-\\u11FF\\uA960-\\uA97F\\uD7B0-\\uD7FF]';
const lawful = [
  // England, Scotland, Wales (UTS #51, RGI_Emoji_Tag_Sequence).
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
  `${picture}(?:\\u200D${picture})*`,
  '[0-9#*]\\uFE0F\\u20E3',
  '(?<=\\p{sc=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
  '(?<=\\p{sc=Mong})[\\u180B-\\u180F]',
  standardVariant,
  // Beside a letter of a script that needs it, since digits and foreign words take endings too.
  `(?<=${joined})(?:\\u200D|\\u200C(?=${shown}))`,
  `(?:\\u200D|(?<=${shown})\\u200C)(?=${joined})`,
  `(?<=${unspaced})\\u200B(?=${shown})|(?<=${shown})\\u200B(?=${unspaced})`,
  '(?<=\\p{M})\\u034F(?=\\p{M})', // it separates Hebrew accents
  `(?<=${jamo})[\\u115F\\u1160]|[\\u115F\\u1160](?=${jamo})`,
].join('|');

/** Punctuation and foreign words between right-to-left letters may need a mark. */
const rightToLeft =
  /[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Mand}\p{scx=Samr}]/u;
const anyInvisible = '\\p{Default_Ignorable_Code_Point}';
const judged = new RegExp(`(${lawful})|${anyInvisible}`, 'gu');
const judgedWithMarks = new RegExp(`(${lawful}|[\\u200E\\u200F\\u061C])|${anyInvisible}`, 'gu');

function judge(text: string, otherwise: (found: string) => string): string {
  const pattern = rightToLeft.test(text) ? judgedWithMarks : judged;
  return text.replace(pattern, (found, right: string | undefined) => right ?? otherwise(found));
}

/** No effect anywhere: soft hyphens, word joiners, isolates and embeddings around copied numbers. */
const idle = /[\u00AD\u2060-\u2064\u206A-\u206F\uFEFF\u202A-\u202D\u2066-\u2069]/g;
const refused = /^[\u202E\u115F\u1160\u3164\uFFA0]$/;
const atStart = /^(?:[\s\u2800]*(?![\u115F\u1160\u3164\uFFA0])\p{DI})+/u;
const atEnd = /[\u200B\u200C\u200E\u200F\u061C\u202E]/; // joiners and selectors belong to what is before them
const blankOrAtEnd = /[\s\u2800\u200B\u200C\u200E\u200F\u061C\u202E]/;

function withoutEnds(text: string): string {
  let end = text.length;
  while (end > 0 && blankOrAtEnd.test(text[end - 1]!)) end--;
  const mark = text.slice(end).search(atEnd);
  return (mark < 0 ? text : text.slice(0, end + mark)).replace(atStart, '');
}

function oneOf(run: string): string {
  return /[\u200C\u200D]/.exec(run)?.[0] ?? /[\u200E\u200F\u061C]/.exec(run)?.[0] ?? run[0]!;
}

/** Without marks that were copied along and have no effect: nobody can see or select them. */
export function withoutIdle(text: string): string {
  const needed = judge(text.replace(idle, '').replace(thin, oneOf), (found) =>
    refused.test(found) ? found : '',
  );
  const once = withoutEnds(needed);
  // What is removed brings others together.
  return once === text ? text : withoutIdle(once);
}

/** -1: every invisible character is needed by its script. */
export function findInvisible(text: string): number {
  const unlawful = '\uFFFF';
  const marked = judge(text, (found) => unlawful.repeat(found.length));
  return marked.indexOf(unlawful);
}

/** Two blank hieroglyphs and a headless note are symbols that show nothing. */
export function isVisible(text: string): boolean {
  return /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\u{13441}\u{13442}\u{1D159}\u2800]/u.test(text);
}
