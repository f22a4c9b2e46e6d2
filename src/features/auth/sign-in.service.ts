import { createHash } from 'node:crypto';
import { type Limited, type Limits, orGiveBack } from '../../platform/limits.ts';
import type { Passwords } from '../../platform/passwords.ts';
import type { AccountStore } from './account.store.ts';
import { readIdentifier } from './identifier.ts';
import { passwordPolicy, signInThrottle } from './policy.ts';

export type SignedIn =
  | { ok: true; account: { id: string; username: string } }
  /** Unknown, wrong, deleted: one answer. */
  | { ok: false; reason: 'wrong' }
  | { ok: false; reason: 'too-often'; waitMs: number };

export interface SignInDeps {
  accounts: AccountStore;
  passwords: Passwords;
  limits: Limits;
}

/** Signing in by username, email or phone. Every refusal of a password costs the same time, whoever it was for. */
export const createSignIn = ({ accounts, passwords, limits }: SignInDeps) => ({
  /**
   * `perAddress`: the client's limit of failures. Throws AppError 503 when too many hash at once; that costs no
   * attempt.
   */
  async attempt(typed: string, password: string, perAddress: Limited): Promise<SignedIn> {
    const identifier = readIdentifier(typed);
    // Failures are counted before the password is looked at, and taken back when it was right.
    const address = await limits.take([perAddress]);
    if (!address.ok) return { ok: false, reason: 'too-often', waitMs: address.waitMs };
    // People type passwords into the wrong field, too: what they typed is not kept in Redis.
    const throttleKey = `sign-in:${createHash('sha256').update(identifier.key).digest('base64url')}`;
    const turn = await limits.tryWithBackoff(throttleKey, signInThrottle);
    if (!turn.ok) {
      await address.giveBack();
      return { ok: false, reason: 'too-often', waitMs: turn.waitMs };
    }

    const account = await accounts.find(identifier);
    const right = await orGiveBack([turn, address], async () => {
      // Nobody's password is longer than the limit: such a guess is cut, costs the same and is wrong.
      const tooLong = Buffer.byteLength(password) > passwordPolicy.maxBytes;
      const stored = tooLong ? null : (account?.passwordHash ?? null);
      if (!(await passwords.verify(password.slice(0, passwordPolicy.maxBytes), stored)) || !account)
        return false;
      if (passwords.isOutdated(account.passwordHash))
        await accounts.rehash(account.id, account.passwordHash, await passwords.hash(password));
      return true;
    });
    if (!right || !account) return { ok: false, reason: 'wrong' };
    await Promise.all([limits.clear(throttleKey), address.giveBack()]);
    return { ok: true, account: { id: account.id, username: account.username } };
  },
});

export type SignIn = ReturnType<typeof createSignIn>;
