import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { type Limited, type Limits, orRelease } from '../../../platform/limits/limits.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { AccountStore } from '../accounts/account.store.ts';
import { readIdentifier } from '../accounts/identifier.ts';
import type { Challenges, Destination, Guess } from '../codes/challenge.service.ts';
import { type Challenge, isTypedContact } from '../codes/challenge.ts';
import type { PendingCode } from '../codes/pending.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { ClientInfo, SecurityEvents, SecurityJob } from '../history/security-events.service.ts';
import { resetGrantLifetime } from '../policy.ts';
import { storedWords } from '../stored-words.ts';
import type { Owner, RecoveryStore } from './recovery.store.ts';
import { maskedIdentifier, resetTarget } from './reset-target.ts';

/** A reset that waits for its code; lives in the session. */
export interface PendingReset extends PendingCode {
  /** What was typed, masked as far as the page may show it. */
  shown: ReturnType<typeof maskedIdentifier>;
}

/** The right to set one account's password, once, from the session that holds it. */
export interface ResetGrant extends Owner {
  /** Milliseconds since 1970. */
  endsAt: number;
}

/** Ten minutes for whoever proved to own an account. */
export function grantFor(owner: Owner, now: Date): ResetGrant {
  return {
    ...owner,
    endsAt: later(now, resetGrantLifetime).getTime(),
  };
}

export type ResetStarted =
  | { ok: true; pending: PendingReset; challenge: Challenge }
  | { ok: false; waitMs: number };

export type ResetVerified = { ok: true; grant: ResetGrant } | Exclude<Guess, { ok: true }>;

interface RecoveryDeps {
  accounts: AccountStore;
  recoveries: RecoveryStore;
  challenges: Challenges;
  sendLimits: SendLimits;
  limits: Limits;
  events: SecurityEvents;
  jobs: Queue<SecurityJob>;
  clock: Clock;
  random: Random;
}

/** Getting back in without the password: by a code, or by the owner's link when codes have run out. */
export function createRecovery({
  accounts,
  recoveries,
  challenges,
  sendLimits,
  limits,
  events,
  jobs,
  clock,
  random,
}: RecoveryDeps) {
  /**
   * Codes have run out, perhaps by somebody else's doing, so one link goes out (the worker sees to it
   * that it is one an hour for each contact). Asked for without an owner as well, so that both take the same time.
   */
  const sendRecoveryLink = (
    { userId = null, channel }: { userId?: string | null; channel: Destination['channel'] },
    { device, network }: ClientInfo,
  ): Promise<void> =>
    jobs.add(`${storedWords.recoveryLinkJob.id}-${random.bytes(12).toString('base64url')}`, {
      kind: 'owner-link',
      userId,
      channel,
      [storedWords.recoveryLinkJob.client]: { device, network },
      linkId: uuidv7(clock.now(), random),
    });

  const byTheClock = (grant: ResetGrant | undefined): 'good' | 'late' | 'none' => {
    if (!grant) return 'none';
    return clock.now().getTime() >= grant.endsAt ? 'late' : 'good';
  };

  return {
    /** Writes a challenge for whatever was typed. The message leaves with `dispatch`. */
    async start(typed: string, perAddress: Limited, client: ClientInfo): Promise<ResetStarted> {
      const identifier = readIdentifier(typed);
      const to = resetTarget(identifier, await accounts.find(identifier, clock.now()), sendLimits);
      const texts =
        isTypedContact({ ...to, ...to.facts }) && to.channel === 'mobile' ? sendLimits.forContact(to) : [];
      const allowed = await limits.take([perAddress, ...texts]);
      if (!allowed.ok) {
        // Texts have run out, perhaps by somebody else's doing; the owner's link has its own reserve.
        if (allowed.key.startsWith('sms-'))
          await sendRecoveryLink({ ...to.facts, channel: to.channel }, client);
        return allowed;
      }
      const challenge = await orRelease([allowed], () => challenges.begin(to));
      if ('spent' in challenge) {
        await allowed.release();
        await sendRecoveryLink({ ...to.facts, channel: to.channel }, client);
        return { ok: false, waitMs: challenge.waitMs };
      }
      await events.note('reset_asked', 'done', challenge.userId ?? null, client);
      if (challenge.muted) await sendRecoveryLink(challenge, client);
      const shown = maskedIdentifier(identifier);
      return {
        ok: true,
        challenge,
        pending: { challengeId: challenge.id, seenSends: challenge.sends, shown },
      };
    },

    sendRecoveryLink,

    /** Tries a code; the right one gives a grant, once. */
    async verify({ challengeId }: PendingReset, typed: string, client: ClientInfo): Promise<ResetVerified> {
      const guess = await challenges.guess(challengeId, typed);
      if (guess.ok) {
        const owner = await recoveries.consume(guess.challenge, clock.now());
        if (owner) {
          challenges.proved(guess.challenge);
          return { ok: true, grant: grantFor(owner, clock.now()) };
        }
        // The account was recovered or has left this contact since: this code is like any wrong one.
        return (await challenges.live(challengeId))
          ? challenges.wrong(guess.challenge)
          : { ok: false, reason: 'dead' };
      }
      if (guess.reason === 'spent' || guess.reason === 'wrong') {
        // The same questions whether a link is due or not: the time must not tell that a budget is full in silence.
        const challenge = await challenges.live(challengeId);
        const due = guess.reason === 'spent' || guess.suppressed;
        if (challenge)
          await sendRecoveryLink({ ...challenge, userId: due ? (challenge.userId ?? null) : null }, client);
      }
      return guess;
    },

    /** Whether a link leads anywhere. Changes nothing: mail scanners look at links, too. */
    isLinkLive: (token: string): Promise<boolean> => recoveries.isLinkLive(token, clock.now()),

    /** Uses up a link; null when it leads nowhere (any more). */
    async useLink(token: string): Promise<ResetGrant | null> {
      const owner = await recoveries.useLink(token, clock.now());
      return owner && grantFor(owner, clock.now());
    },

    /** What a grant is worth by the clock: enough for whoever goes on to use it. */
    byTheClock,

    /** What a grant is still worth: `changed` once somebody else recovered the account, or it has left the contact. */
    async standingOf(grant: ResetGrant | undefined): Promise<'good' | 'changed' | 'late' | 'none'> {
      const standing = byTheClock(grant);
      if (standing !== 'good' || !grant) return standing;
      return (await accounts.proved(grant, clock.now())) ? 'good' : 'changed';
    },
  };
}

export type Recovery = ReturnType<typeof createRecovery>;
