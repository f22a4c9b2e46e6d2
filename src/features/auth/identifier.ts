import { parseEmail } from '../../kernel/email-address.ts';
import { internationalSpellings, parsePhone } from '../../kernel/phone-number.ts';

/** What somebody typed to name themselves, in canonical form. Nobody's identifier has no candidates at all. */
export interface Identifier {
  /** What throttles count: one for all spellings of the same thing. */
  key: string;
  usernameKey: string | null;
  emailKey: string | null;
  /** E.164; several when a national spelling does not say its country. */
  phones: string[];
}

/**
 * The one contact that was typed, in canonical form; null for a username, or a number that does not say its country:
 * such an identifier must not tell which contact it leads to.
 */
export const contactIn = ({ emailKey, phones }: Identifier): string | null =>
  emailKey ?? (phones.length === 1 ? phones[0]! : null);

/**
 * One throttle for every spelling of a number, with or without its country: the last eight digits. Whether the
 * number is known has no part in it, or the throttle would tell. Two numbers that end alike share one.
 */
const phoneKey = (typed: string): string => `phone:${typed.replace(/\D/g, '').slice(-8)}`;

const nobody = { usernameKey: null, emailKey: null, phones: [] };

/**
 * Reads a username, an email address or a phone number. A username has neither `@` nor a leading digit, so the
 * three never collide.
 */
export const readIdentifier = (typed: string): Identifier => {
  const text = typed.trim().normalize('NFKC').slice(0, 300);
  if (text.includes('@')) {
    const email = parseEmail(typed);
    if (email) return { ...nobody, key: `email:${email.key}`, emailKey: email.key };
  } else if (/^[+(\d]/.test(text)) {
    const phone = parsePhone(text);
    if (phone) return { ...nobody, key: phoneKey(phone.e164), phones: [phone.e164] };
    const spellings = internationalSpellings(text);
    if (spellings.length > 0) return { ...nobody, key: phoneKey(text), phones: spellings };
  } else if (/^[a-z0-9_.]{1,30}$/i.test(text)) {
    return { ...nobody, key: `username:${text.toLowerCase()}`, usernameKey: text.toLowerCase() };
  }
  return { ...nobody, key: `other:${text.toLowerCase()}` };
};
