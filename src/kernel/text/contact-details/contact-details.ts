import { addressReading } from './addresses.ts';
import { hasEmail } from './emails.ts';
import { hasHandle } from './handles.ts';
import { hasLink } from './links.ts';
import { hasPhone } from './phones.ts';
import { readingsOf } from './readings.ts';

export type ContactDetail = 'email' | 'link' | 'phone' | 'handle';

const nameLike = /[\p{L}\p{N}_@-](?:[\p{L}\p{N}_.@-]*[\p{L}\p{N}_@-])?/gu;

/** "Hi ann_k!" greets as "Hi annk!" does; what tells of a name elsewhere still stands beside it. */
function withPlainNames(text: string, names: readonly string[]): string {
  const known = new Set(names.flatMap((name) => name.toLowerCase().split(/\s+/)));
  return text.replace(nameLike, (word) =>
    known.has(word.toLowerCase()) ? word.replace(/\P{L}/gu, '') || word : word,
  );
}

/**
 * The first kind of contact detail in what somebody wrote, in any of its disguises that we know. `publicNames` are known to
 * whoever reads it, and no handles by being said.
 */
export function contactDetailIn(text: string, publicNames: readonly string[] = []): ContactDetail | null {
  const { plain, joined } = readingsOf(withPlainNames(text, publicNames));
  const readings = plain === joined ? [plain] : [plain, joined];
  const addresses = readings.map(addressReading);
  if (addresses.some(hasEmail)) return 'email';
  if (addresses.some(hasLink)) return 'link';
  if (hasPhone(plain)) return 'phone';
  return readings.some(hasHandle) ? 'handle' : null;
}
