import unhomoglyph from 'unhomoglyph';

/** Names that look alike have one skeleton; pairs split as in UTS #39. `cl` isn't `d`, or "lucia" would be "luda". */
export function usernameSkeleton(usernameKey: string): string {
  return usernameKey
    .replace(/[._]/g, '')
    .replace(/[i1]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('m', 'rn')
    .replaceAll('w', 'vv');
}

/** "adm1n", "supp0rt": for words of the site, not for people's names. */
const digitLetters: Record<string, string> = { 3: 'e', 4: 'a', 5: 's', 7: 't' };
export function wordSkeleton(word: string): string {
  return usernameSkeleton(word).replace(/[3457]/g, (digit) => digitLetters[digit]!);
}

function letterAt(offset: number): string {
  return String.fromCharCode(97 + (offset % 26));
}
const smallCapitals: Record<string, string> = Object.fromEntries(
  'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ'.split('').map((letter, offset) => [letter, letterAt(offset)]),
);

const drawnAlike: Record<string, string> = { ᑕ: 'c', ᕼ: 'h', ᗩ: 'a', ᒪ: 'l', ᑎ: 'n' };

/** Not in UTS #39: letters in circles, squares and flags, small capitals. */
export function drawnLetters(text: string): string {
  return text
    .replace(/[ᑕᕼᗩᒪᑎ]/g, (c) => drawnAlike[c]!)
    .replace(/[\u{1F150}-\u{1F169}]/gu, (c) => letterAt(c.codePointAt(0)! - 0x1f150))
    .replace(/[\u{1F170}-\u{1F189}]/gu, (c) => letterAt(c.codePointAt(0)! - 0x1f170))
    .replace(/[\u{1F1E6}-\u{1F1FF}]/gu, (c) => letterAt(c.codePointAt(0)! - 0x1f1e6))
    .replace(/[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ]/g, (c) => smallCapitals[c]!);
}

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

/** UTS #39, section 4, without accents. */
export function scriptSkeleton(word: string): string {
  const drawn = drawnLetters(word.normalize('NFKC')).replaceAll('п', 'n');
  const plain = withoutMarks(unhomoglyph(withoutMarks(drawn)));
  return wordSkeleton(withoutMarks(unhomoglyph(plain.toLowerCase())).toLowerCase());
}
