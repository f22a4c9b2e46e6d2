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

export interface PendingReset extends PendingCode {
  shown: ReturnType<typeof maskedIdentifier>; // masked as far as the page may show it
}

/** Once, and only from the session that holds it. */
export interface ResetGrant extends Owner {
  endsAt: number; // milliseconds since 1970
}

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
  /** When codes have run out, maybe by a stranger's doing. Also without an owner, so that both take the same time. */
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
    async start(typed: string, perAddress: Limited, client: ClientInfo): Promise<ResetStarted> {
      const identifier = readIdentifier(typed);
      const to = resetTarget(identifier, await accounts.find(identifier, clock.now()), sendLimits);
      const texts =
        isTypedContact({ ...to, ...to.facts }) && to.channel === 'mobile'
          ? sendLimits.forTypedContact(to)
          : [];
      const allowed = await limits.take([perAddress, ...texts]);
      if (!allowed.ok) {
        // SMS has run out, maybe by a stranger's doing; links have a reserve of their own.
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
      if (challenge.suppressed) await sendRecoveryLink(challenge, client);
      const shown = maskedIdentifier(identifier);
      return {
        ok: true,
        challenge,
        pending: { challengeId: challenge.id, seenSends: challenge.sends, shown },
      };
    },

    sendRecoveryLink,

    async verify({ challengeId }: PendingReset, typed: string, client: ClientInfo): Promise<ResetVerified> {
      const guess = await challenges.guess(challengeId, typed);
      if (guess.ok) {
        const owner = await recoveries.consume(guess.challenge, clock.now());
        if (owner) {
          challenges.countVerified(guess.challenge);
          return { ok: true, grant: grantFor(owner, clock.now()) };
        }
        // Recovered meanwhile, or another contact: as any wrong code.
        return (await challenges.live(challengeId))
          ? challenges.wrong(guess.challenge)
          : { ok: false, reason: 'dead' };
      }
      if (guess.reason === 'spent' || guess.reason === 'wrong') {
        // The same queries either way, so that the time doesn't tell of a silently full budget.
        const challenge = await challenges.live(challengeId);
        const due = guess.reason === 'spent' || guess.suppressed;
        if (challenge)
          await sendRecoveryLink({ ...challenge, userId: due ? (challenge.userId ?? null) : null }, client);
      }
      return guess;
    },

    /** Changes nothing: mail scanners open links too. */
    isLinkLive: (token: string): Promise<boolean> => recoveries.isLinkLive(token, clock.now()),

    /** Null when it leads nowhere. */
    async useLink(token: string): Promise<ResetGrant | null> {
      const owner = await recoveries.useLink(token, clock.now());
      return owner && grantFor(owner, clock.now());
    },

    byTheClock,

    /** `changed`: the account was recovered, or has left the contact. */
    async standingOf(grant: ResetGrant | undefined): Promise<'good' | 'changed' | 'late' | 'none'> {
      const standing = byTheClock(grant);
      if (standing !== 'good' || !grant) return standing;
      return (await accounts.byVerifiedContact(grant, clock.now())) ? 'good' : 'changed';
    },
  };
}

export type Recovery = ReturnType<typeof createRecovery>;
