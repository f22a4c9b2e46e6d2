import { createHash } from 'node:crypto';
import { maskEmail } from '../../../kernel/email-address.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import type { Member } from '../accounts/account.store.ts';
import { contactIn, type Identifier } from '../accounts/identifier.ts';
import type { Destination } from '../codes/challenge.service.ts';
import { NAMED, type ResetFacts } from '../codes/challenge.ts';
import type { SendLimits } from '../codes/send-limits.ts';

type Contact = Pick<Destination, 'channel' | 'destination' | 'destinationKey'>;

export type ResetTarget = Destination & { facts: ResetFacts };

/** What was typed; for a username the email, else the phone. */
function contactOf(
  { emailKey, phones }: Identifier,
  member: Member,
  texts: Pick<SendLimits, 'mayText'>,
): Contact | null {
  const wantsPhone = phones.length > 0;
  if (member.email && member.emailKey && !wantsPhone)
    return { channel: 'email', destination: member.email, destinationKey: member.emailKey };
  if (!member.phone || emailKey) return null;
  const mobile: Contact = { channel: 'mobile', destination: member.phone, destinationKey: member.phone };
  return texts.mayText(mobile) ? mobile : null;
}

/** A decoy for nobody. Non-contacts are hashed, since people type passwords into the wrong field. */
export function resetTarget(
  identifier: Identifier,
  member: Member | null,
  texts: Pick<SendLimits, 'mayText'>,
): ResetTarget {
  const hashed = createHash('sha256').update(identifier.key).digest('base64url');
  const asked = contactIn(identifier) ?? NAMED + hashed;
  const contact = member && contactOf(identifier, member, texts);
  if (contact)
    return {
      ...contact,
      decoy: false,
      facts: { askedKey: asked, userId: member.id, securityVersion: member.securityVersion },
    };
  return {
    channel: identifier.phones.length > 0 ? 'mobile' : 'email',
    destination: asked,
    destinationKey: asked,
    decoy: true,
    facts: { askedKey: asked, userId: null, securityVersion: null },
  };
}

/** Never which contact it leads to, nor whether to any. */
export function maskedIdentifier({ key, usernameKey, emailKey, phones }: Identifier): {
  kind: 'email' | 'mobile' | 'username' | 'other';
  text: Message | string;
} {
  if (emailKey) return { kind: 'email', text: maskEmail(emailKey) };
  if (phones.length === 1) return { kind: 'mobile', text: maskPhone(phones[0]!) };
  if (phones.length > 1) return { kind: 'mobile', text: `••• ••• ${key.slice(-2)}` };
  return usernameKey
    ? { kind: 'username', text: usernameKey }
    : { kind: 'other', text: message('auth.recovery.identifier.other') };
}
