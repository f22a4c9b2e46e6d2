import { graphemes } from '../../kernel/text.ts';

/** How many avatar colours the style sheet has. */
const HUES = 12;

/** The same person keeps the same colour. */
const hueOf = (username: string): number =>
  Buffer.from(username).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % HUES;

/** What stands where a person without a picture would have one. */
export const letterOf = ({ username, displayName }: { username: string; displayName: string | null }) => ({
  initial: graphemes(displayName ?? username, 1)[0]!.toUpperCase(),
  hue: hueOf(username),
});
