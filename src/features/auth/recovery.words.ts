import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import type { Identifier } from './identifier.ts';

/** What a page may say of an identifier that was typed: never which contact it leads to, nor whether to any. */
export const maskedIdentifier = ({
  key,
  usernameKey,
  emailKey,
  phones,
}: Identifier): { kind: 'email' | 'mobile' | 'username' | 'other'; text: string } => {
  if (emailKey) return { kind: 'email', text: maskEmail(emailKey) };
  if (phones.length === 1) return { kind: 'mobile', text: maskPhone(phones[0]!) };
  if (phones.length > 1) return { kind: 'mobile', text: `••• ••• ${key.slice(-2)}` };
  return usernameKey ? { kind: 'username', text: usernameKey } : { kind: 'other', text: 'what you typed' };
};
