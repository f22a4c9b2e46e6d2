/** What holds U+200B to U+200F and U+061C: spaces without width, joiners, direction marks. One of them is enough. */
const thin = '[\\u200B-\\u200F\\u061C]';

/** Cursive and Indic scripts, whose spelling needs joiners (RFC 5892, appendix A.1 and A.2). */
const joining =
  'Arab Syrc Mand Mong Nkoo Phag Adlm Rohg Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt';
/** Scripts that put no space between words; their keyboards type U+200B for a place to break the line. */
const spaceless = 'Khmr Thai Laoo Mymr Tibt';
const ofScripts = (scripts: string): string =>
  `(?=[\\p{L}\\p{M}])[${scripts.replace(/\w+ ?/g, (script) => `\\p{scx=${script.trim()}}`)}]`;

const picture = '\\p{Extended_Pictographic}\\p{Emoji_Modifier}?[\\uFE0E\\uFE0F]?';
/** Where Unicode wants a character that is not seen, and so a keyboard types it. */
const lawful = new RegExp(
  [
    // The three flags that exist: England, Scotland, Wales (UTS #51, RGI_Emoji_Tag_Sequence).
    '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
    `${picture}(?:\\u200D${picture})*`,
    '[0-9#*]\\uFE0F\\u20E3',
    // Which form of a Chinese or Japanese character; which form of a Mongolian letter.
    '\\p{sc=Han}[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
    '(?<=\\p{sc=Mong})[\\u180B-\\u180F](?![\\u180B-\\u180F])',
    `(?<=${ofScripts(joining)})[\\u200C\\u200D](?!${thin})`,
    `(?<=${ofScripts(spaceless)})\\u200B(?=${ofScripts(spaceless)})`,
  ].join('|'),
  'gu',
);

/** Next to right-to-left letters, punctuation and foreign words may need a mark to stand right. It overrides nothing. */
const rightToLeft =
  /[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Mand}\p{scx=Samr}]/u;
const directionMark = new RegExp(`(?<!${thin})[\\u200E\\u200F\\u061C](?!${thin})`, 'g');

/** Where the first character stands that nobody sees and no script needs; -1 when there is none. */
export const findInvisible = (text: string): number => {
  const seen = text.replace(lawful, (found) => '.'.repeat(found.length));
  const rest = rightToLeft.test(text) ? seen.replace(directionMark, '.') : seen;
  return rest.search(/\p{Default_Ignorable_Code_Point}/u);
};

/** Whether there is anything to see: two blanks of hieroglyphs and a note without a head are signs that show nothing. */
export const isVisible = (text: string): boolean =>
  /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\u{13441}\u{13442}\u{1D159}\u2800]/u.test(text);
