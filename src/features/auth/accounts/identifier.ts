import { parseEmail } from '../../../kernel/email-address.ts';
import { numbersMeant } from '../../../kernel/phone-number.ts';
import { plainTyped } from '../../../kernel/text/typed.ts';
import { usernameKeyOf } from '../../../kernel/username.ts';

/** In canonical form; without any candidate it can be nobody's. */
export interface Identifier {
  key: string; // what throttles count: the same for all spellings
  usernameKey: string | null;
  emailKey: string | null;
  phones: string[]; // E.164; several when the number doesn't name its country
}

/** Null for a username, or a number without country: those must not tell which contact they lead to. */
export function contactIn({ emailKey, phones }: Identifier): string | null {
  return emailKey ?? (phones.length === 1 ? phones[0]! : null);
}

/** The last seven digits, all that Iceland has: one throttle for all spellings, whether the number is known or not. */
function phoneKey(typed: string): string {
  return `phone:${typed.replace(/\D/g, '').slice(-7)}`;
}

const nobody = { usernameKey: null, emailKey: null, phones: [] };

const TYPED_MAX = 300;

/** A username has neither `@` nor a leading digit, so it never collides; an `@` before it is accepted. */
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
      // A shorter spelling may have a trunk zero among its last seven digits.
      return { ...nobody, key: phoneKey(phones.length === 1 ? phones[0]! : text), phones };
  } else {
    const usernameKey = usernameKeyOf(name);
    if (usernameKey) return { ...nobody, key: `username:${usernameKey}`, usernameKey };
  }
  return { ...nobody, key: `other:${text.toLowerCase()}` };
}

/** By its form alone, so it doesn't tell who has an account. */
export function mayBeSomebody({ usernameKey, emailKey, phones }: Identifier): boolean {
  return usernameKey !== null || emailKey !== null || phones.length > 0;
}
