import { graphemes } from '../../kernel/text/text.ts';

/** How many avatar colours the style sheet has. */
const HUES = 12;

/** The same person keeps the same colour. */
function hueOf(username: string): number {
  return Buffer.from(username).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % HUES;
}

/** A letter or digit of some script, or an emoji; no mark, no bracket, no whole sentence in one sign ("﷽"). */
function isInitial(grapheme: string): boolean {
  return /^(?:[\p{L}\p{N}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u.test(grapheme);
}

/** Georgian has no capitals at the head of a word. What gets longer ("ß", "ﬁ") stays as it is. */
function capital(grapheme: string): string {
  const upper = grapheme.toUpperCase();
  if (/\p{sc=Geor}/u.test(grapheme) || graphemes(upper, 2).length > 1) return grapheme;
  return upper;
}

function initialOf(name: string): string | undefined {
  const [first = ''] = graphemes(name, 1);
  return isInitial(first) ? first : graphemes(name, name.length).find(isInitial);
}

/** What stands where a person without a picture would have one. */
export function letterOf({ username, displayName }: { username: string; displayName: string | null }) {
  return {
    initial: capital(initialOf(displayName ?? '') ?? username[0]!),
    hue: hueOf(username),
  };
}
