import { parseEmail } from '../../../kernel/email-address.ts';
import { numbersMeant } from '../../../kernel/phone-number.ts';
import { plainTyped } from '../../../kernel/text/typed.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';

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
export function contactIn({ emailKey, phones }: Identifier): string | null {
  return emailKey ?? (phones.length === 1 ? phones[0]! : null);
}

/**
 * One throttle for every spelling of a number, with or without its country: the last seven digits, all that a
 * number of Iceland has. Whether the number is known has no part in it, or the throttle would tell. Two numbers that end alike
 * share one.
 */
function phoneKey(typed: string): string {
  return `phone:${typed.replace(/\D/g, '').slice(-7)}`;
}

const nobody = { usernameKey: null, emailKey: null, phones: [] };

/** Longer than any contact with marks around it. */
const TYPED_MAX = 300;

/**
 * Reads a username, an email address or a phone number. A username has neither `@` nor a leading digit, so the
 * three never collide; profiles show it behind an `@`, and so it may be typed.
 */
export function readIdentifier(typed: string): Identifier {
  const pasted = typed.trim().slice(0, TYPED_MAX);
  const text = plainTyped(pasted);
  const name = text.replace(/^@/, '');
  if (name.includes('@')) {
    const email = parseEmail(pasted);
    if (email) return { ...nobody, key: `email:${email.key}`, emailKey: email.key };
  } else if (/^[+(\d[]/.test(text)) {
    const phones = numbersMeant(text);
    if (phones.length > 0)
      // E.164 where it's clear: in the last seven digits of a shorter number, as it was typed, a trunk zero may stand.
      return { ...nobody, key: phoneKey(phones.length === 1 ? phones[0]! : text), phones };
  } else {
    const usernameKey = usernameKeyOf(name);
    if (usernameKey) return { ...nobody, key: `username:${usernameKey}`, usernameKey };
  }
  return { ...nobody, key: `other:${text.toLowerCase()}` };
}

/** Whether this could name an account at all. Judged by its form alone, so it tells nothing about who has one. */
export function mayBeSomebody({ usernameKey, emailKey, phones }: Identifier): boolean {
  return usernameKey !== null || emailKey !== null || phones.length > 0;
}
