import type { Clock } from '../../../kernel/clock.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { orRelease } from '../../../platform/limits/limits.ts';
import type { Passwords } from '../../../platform/passwords/passwords.ts';
import type { AccountStore, Member, VerifiedContact } from '../accounts/account.store.ts';
import type { SecurityEvents, ClientInfo } from '../history/security-events.service.ts';
import { passwordPolicy, signInThrottle } from '../policy.ts';
import type { PasswordStore } from './password.store.ts';
import { isPasswordOf } from './password-check.ts';
import type { PasswordFault, PasswordRules } from './password-rules.ts';

type Unfit = Refusal<'unfit', { why: PasswordFault | 'current' }>;

export type PasswordSet = Outcome<
  { securityVersion: number },
  SignedOut | Unfit | Refusal<'too-often', { retryInMs: number }>
>;

/** `newContacts`: added lately, except the one that proved the reset. `gone`: the right to set a password. */
export type PasswordReset = Outcome<{ securityVersion: number; newContacts: Channel[] }, 'gone' | Unfit>;

export type Reauthenticated = Outcome<
  Member,
  SignedOut | 'wrong-password' | Refusal<'too-often', { retryInMs: number }>
>;

interface PasswordServiceDeps {
  accounts: AccountStore;
  passwordStore: PasswordStore;
  passwords: Passwords;
  passwordRules: PasswordRules;
  limits: Limits;
  events: SecurityEvents;
  clock: Clock;
}

export function createPasswordService({
  accounts,
  passwordStore,
  passwords,
  passwordRules,
  limits,
  events,
  clock,
}: PasswordServiceDeps) {
  const faultOf = async (member: Member, password: string): Promise<Unfit['why'] | null> => {
    const personal = [member.username, member.email, member.phone].filter((text) => text !== null);
    const fault = await passwordRules.fault(password, personal);
    if (fault) return fault;
    const { right: isOld } = await passwords.verify(password, member.passwordHash);
    return isOld ? 'current' : null;
  };
  return {
    /** Counts tries by `session`: a stolen one can't guess for long, nor lock its owner out. */
    async reauthenticate(
      account: Pick<Member, 'id' | 'securityVersion'>,
      password: string,
      session: string,
      client: ClientInfo,
    ): Promise<Reauthenticated> {
      const key = `password:${session}`;
      const turn = await limits.tryWithBackoff(key, signInThrottle);
      if (!turn.ok) return refused('too-often', { retryInMs: turn.waitMs });
      return orRelease([turn], async () => {
        const member = await accounts.member(account.id, account.securityVersion, clock.now());
        if (!member) return signedOut;
        if (!(await isPasswordOf({ passwordStore, passwords }, member, password))) {
          await events.note('password_confirmed', 'refused', member.id, client);
          return refused('wrong-password');
        }
        await limits.clear(key);
        return done(member);
      });
    },

    /** Ends every session and device. What is refused changes nothing. */
    async change(
      account: Pick<Member, 'id' | 'securityVersion'>,
      password: string,
      client: ClientInfo,
    ): Promise<PasswordSet> {
      const member = await accounts.member(account.id, account.securityVersion, clock.now());
      if (!member) return signedOut;
      const why = await faultOf(member, password);
      if (why) return refused('unfit', { why });
      const perAccount = { key: `password-changes:${member.id}`, rules: passwordPolicy.changesPerAccount };
      const allowed = await limits.take([perAccount]);
      if (!allowed.ok) return refused('too-often', { retryInMs: allowed.waitMs });
      const event = events.make('password_changed', member.id, client);
      const securityVersion = await orRelease([allowed], async () =>
        passwordStore.changePassword(member, await passwords.hash(password), event),
      );
      if (securityVersion === null) {
        await allowed.release();
        return signedOut;
      }
      await events.announce(event);
      return done({ securityVersion });
    },

    /** Ends codes, grants and links too. Sessions don't matter here: a thief may hold one. */
    async reset(contact: VerifiedContact, password: string, client: ClientInfo): Promise<PasswordReset> {
      const member = await accounts.byVerifiedContact(contact, clock.now());
      if (!member) return refused('gone');
      const why = await faultOf(member, password);
      if (why) return refused('unfit', { why });
      const event = events.make('password_reset', member.id, client);
      const reset = await passwordStore.resetPassword(contact, await passwords.hash(password), event);
      if (!reset) return refused('gone');
      await events.announce(event);
      return done(reset);
    },
  };
}

export type PasswordService = ReturnType<typeof createPasswordService>;
