import type { Clock } from '../../kernel/clock.ts';
import type { Limits } from '../../platform/limits.ts';
import { orGiveBack } from '../../platform/limits.ts';
import type { Passwords } from '../../platform/passwords.ts';
import type { AccountStore, Member } from './account.store.ts';
import type { PasswordRules } from './password-rules.ts';
import { signInThrottle } from './policy.ts';
import type { SecurityEvents, Whence } from './security-events.service.ts';

/** `gone`: the account, or what gave the right to change its password, is no more. */
export type PasswordSet =
  | { ok: true; securityVersion: number }
  | { ok: false; reason: 'unfit'; text: string }
  | { ok: false; reason: 'gone' };

export type Proved =
  | { ok: true; member: Member }
  | { ok: false; reason: 'wrong' | 'gone' }
  | { ok: false; reason: 'too-often'; waitMs: number };

export interface PasswordServiceDeps {
  accounts: AccountStore;
  passwords: Passwords;
  passwordRules: PasswordRules;
  limits: Limits;
  events: SecurityEvents;
  clock: Clock;
}

/** Giving the password once more, and setting another. */
export const createPasswordService = ({
  accounts,
  passwords,
  passwordRules,
  limits,
  events,
  clock,
}: PasswordServiceDeps) => ({
  /**
   * Whether a signed-in person knows the password. Tries are counted by `session`, so a stolen session cannot guess for
   * long, nor lock its owner out.
   */
  async prove(
    account: Pick<Member, 'id' | 'securityVersion'>,
    password: string,
    session: string,
    whence: Whence,
  ): Promise<Proved> {
    const key = `password:${session}`;
    const turn = await limits.tryWithBackoff(key, signInThrottle);
    if (!turn.ok) return { ok: false, reason: 'too-often', waitMs: turn.waitMs };
    return orGiveBack([turn], async () => {
      const member = await accounts.member(account.id, account.securityVersion, clock.now());
      if (!member) return { ok: false, reason: 'gone' };
      if (!(await passwords.verify(password, member.passwordHash))) {
        await events.note('password_confirmed', 'refused', member.id, whence);
        return { ok: false, reason: 'wrong' };
      }
      await limits.clear(key);
      return { ok: true, member };
    });
  },

  /**
   * Sets a new password; with it everything that was made under the old one ends: sessions, devices, grants, codes,
   * links. A password that is refused changes nothing. `contactKey`: the contact that gave the right to do it, and has
   * to be the account's still.
   */
  async set(
    account: Pick<Member, 'id' | 'securityVersion'> & { contactKey?: string },
    password: string,
    how: 'password_changed' | 'password_reset',
    whence: Whence,
  ): Promise<PasswordSet> {
    const member = await accounts.member(account.id, account.securityVersion, clock.now());
    const { contactKey } = account;
    if (!member || (contactKey && ![member.emailKey, member.phone].includes(contactKey)))
      return { ok: false, reason: 'gone' };
    const personal = [member.username, member.email, member.phone].filter((text) => text !== null);
    const fault = await passwordRules.fault(password, personal);
    if (fault) return { ok: false, reason: 'unfit', text: fault };
    if (await passwords.verify(password, member.passwordHash))
      return { ok: false, reason: 'unfit', text: 'This is your old password. Please choose another.' };

    const event = events.make(how, member.id, whence);
    const securityVersion = await accounts.changePassword(member, await passwords.hash(password), event);
    if (securityVersion === null) return { ok: false, reason: 'gone' };
    await events.announce(event);
    return { ok: true, securityVersion };
  },
});

export type PasswordService = ReturnType<typeof createPasswordService>;
