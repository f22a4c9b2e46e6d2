import { graphemes } from '../../kernel/text/text.ts';

const HUES = 12; // as many as css has colours for avatars

function hueOf(username: string): number {
  return Buffer.from(username).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % HUES;
}

/** A letter or digit of any script, or an emoji; not a mark, nor a whole sentence in one sign ("﷽"). */
function isInitial(grapheme: string): boolean {
  return /^(?:[\p{L}\p{N}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u.test(grapheme);
}

/** Georgian words have no capitals; what would get longer ("ß", "ﬁ") stays. */
function capital(grapheme: string): string {
  const upper = grapheme.toUpperCase();
  if (/\p{sc=Geor}/u.test(grapheme) || graphemes(upper, 2).length > 1) return grapheme;
  return upper;
}

function initialOf(name: string): string | undefined {
  const [first = ''] = graphemes(name, 1);
  return isInitial(first) ? first : graphemes(name, name.length).find(isInitial);
}

/** In place of a picture. */
export function letterOf({ username, displayName }: { username: string; displayName: string | null }) {
  return {
    initial: capital(initialOf(displayName ?? '') ?? username[0]!),
    hue: hueOf(username),
  };
}
