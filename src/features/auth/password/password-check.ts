import type { Passwords } from '../../../platform/passwords/passwords.ts';
import { type Member, workingHashOf } from '../accounts/account.store.ts';
import { passwordPolicy } from '../policy.ts';
import type { PasswordStore } from './password.store.ts';
import { normalPassword } from './password-text.ts';

interface PasswordCheckDeps {
  passwordStore: Pick<PasswordStore, 'rehash'>;
  passwords: Passwords;
}

/** Nobody's costs the same. Replaces an outdated hash. */
export async function isPasswordOf(
  { passwordStore, passwords }: PasswordCheckDeps,
  member: Member | null,
  typed: string,
): Promise<boolean> {
  const { maxBytes } = passwordPolicy;
  // Too long for any password: cut, so that it costs the same and is wrong.
  const isTooLong = normalPassword(typed) === null && Buffer.byteLength(typed) > maxBytes;
  const looked = isTooLong ? typed.slice(0, maxBytes) : typed;
  const stored = isTooLong ? null : workingHashOf(member);
  const { right, outdated } = await passwords.verify(looked, stored);
  if (member && outdated)
    await passwordStore.rehash(member.id, member.passwordHash, await passwords.hash(typed));
  return right;
}
