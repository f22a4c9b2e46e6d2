import { addressReading } from './addresses.ts';
import { hasEmail } from './emails.ts';
import { hasHandle } from './handles.ts';
import { hasLink } from './links.ts';
import { hasPhone } from './phones.ts';
import { readingsOf } from './readings.ts';

export type ContactDetail = 'email' | 'link' | 'phone' | 'handle';

/** The first kind of contact detail in what somebody wrote, in any of its disguises that we know. */
export function contactDetailIn(text: string): ContactDetail | null {
  const { plain, joined } = readingsOf(text);
  const readings = plain === joined ? [plain] : [plain, joined];
  const addresses = readings.map(addressReading);
  if (addresses.some(hasEmail)) return 'email';
  if (addresses.some(hasLink)) return 'link';
  if (hasPhone(plain)) return 'phone';
  return readings.some(hasHandle) ? 'handle' : null;
}
