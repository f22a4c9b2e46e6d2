import type { Clock } from '../../../kernel/clock.ts';
import { type Random, newReference, uuidv7 } from '../../../kernel/ids.ts';
import { findCode } from '../../../kernel/one-time-code.ts';
import type { Codes } from '../../../platform/codes.ts';
import type { DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import type { CodeEvent, Metrics } from '../../../platform/watching/metrics.ts';
import { otpPolicy } from '../policy.ts';
import { storedWords } from '../stored-words.ts';
import type { BudgetSpent, ChallengeStore } from './challenge.store.ts';
import {
  type Challenge,
  type Facts,
  isLastSend,
  livesFromDispatch,
  type MessageJob,
  type Purpose,
} from './challenge.ts';
import { labelsOf } from './counting.ts';

export interface Destination {
  channel: Challenge['channel'];
  destination: string;
  destinationKey: string;
  decoy: boolean; // no code may be right, but nobody may notice
  facts?: Facts;
}

/** `dead`: start over. `spent`: the destination has had its wrong codes. */
export type Guess =
  | { ok: true; challenge: Challenge }
  | { ok: false; reason: 'malformed' | 'expired' | 'dead' }
  /** `suppressed`: not compared, as the destination has had its wrong codes; the page must not tell. */
  | { ok: false; reason: 'wrong'; attemptsLeft: number; suppressed: boolean }
  | { ok: false; reason: 'spent'; waitMs: number };

/** `duplicate`: the same press arrived twice. */
export type Resent =
  | { ok: true; challenge: Challenge }
  | { ok: false; reason: 'dead' | 'duplicate' | 'no-resends' }
  | { ok: false; reason: 'waiting' | 'spent'; waitMs: number };

/** `locale`: the receiver's; null: whoever has no account. */
export interface CodeToSend {
  challenge: Challenge;
  code: string;
  locale: string | null;
}

interface ChallengesDeps {
  purpose: Purpose;
  store: ChallengeStore;
  codes: Codes;
  clock: Clock;
  random: Random;
  messages: Queue<MessageJob>;
  metrics: Metrics;
}

export function createChallenges(deps: ChallengesDeps) {
  const { purpose, store, codes, clock, random, messages, metrics } = deps;
  const stored = storedWords.purposes[purpose];
  const count = (event: CodeEvent, of: Parameters<typeof labelsOf>[1]): void =>
    metrics.code(event, labelsOf(purpose, of));
  const newSend = () => ({ keyId: codes.currentKeyId, reference: newReference(random) });
  const isLive = (c: Challenge, now: Date): boolean =>
    c.consumedAt === null && c.endsAt > now && c.attempts < otpPolicy.maxAttempts;
  const subject = (c: Challenge) => ({
    purpose: stored,
    challengeId: c.id,
    destination: c.destinationKey,
    send: c.codeSend ?? c.sends,
  });

  /** A job id of its own, so that it is sent once. */
  const dispatch = ({ id, sends }: Challenge, locale: string): Promise<void> =>
    messages.add(`${stored}-${id}-${sends}`, { purpose: stored, challengeId: id, send: sends, locale });

  const wrong = (challenge: Challenge, suppressed = false): Exclude<Guess, { ok: true }> => {
    count('wrong', challenge);
    const attemptsLeft = otpPolicy.maxAttempts - challenge.attempts;
    return { ok: false, reason: 'wrong', attemptsLeft, suppressed };
  };

  const spent = ({ of, waitMs }: BudgetSpent) => {
    count('spent', of);
    return { ok: false, reason: 'spent', waitMs } as const;
  };

  const whyNoTurn = (challenge: Challenge | null): Guess =>
    challenge && isLive(challenge, clock.now())
      ? { ok: false, reason: 'expired' }
      : { ok: false, reason: 'dead' };

  const whyNoSend = (challenge: Challenge | null): Resent => {
    const now = clock.now();
    if (!challenge || !isLive(challenge, now)) return { ok: false, reason: 'dead' };
    if (isLastSend(challenge)) return { ok: false, reason: 'no-resends' };
    const waitMs = challenge.nextSendAt.getTime() - now.getTime();
    return waitMs > 0 ? { ok: false, reason: 'waiting', waitMs } : { ok: false, reason: 'duplicate' };
  };

  return {
    /** Its message leaves with `dispatch`, once the session remembers it. */
    async begin(to: Destination): Promise<Challenge | BudgetSpent> {
      const now = clock.now();
      const begun = await store.begin({ id: uuidv7(now, random), ...to, ...newSend() }, now);
      if ('spent' in begun) spent(begun);
      return begun;
    },

    dispatch,

    /** Counts an attempt before comparing; what can't be a code costs none. */
    async guess(id: string, typed: string): Promise<Guess> {
      const code = findCode(typed, otpPolicy.digits);
      if (!code) return { ok: false, reason: 'malformed' };
      const turn = await store.takeTurn(id, clock.now());
      if (turn && 'spent' in turn) return spent(turn);
      if (!turn) return whyNoTurn(await store.find(id));
      const { challenge, suppressed } = turn;
      // Compared before the decoy is known, so that both take the same time.
      const right = codes.matches(subject(challenge), challenge.keyId, code);
      return right && !challenge.decoy && !suppressed
        ? { ok: true, challenge }
        : wrong(challenge, suppressed);
    },

    wrong,

    countVerified: (challenge: Challenge): void => count('verified', challenge),

    /** Ends the code before. `seenSends`: how many the page knew of. */
    async resend(id: string, seenSends: number, locale: string): Promise<Resent> {
      const next = await store.nextSend(id, seenSends, newSend(), clock.now());
      if (next && 'spent' in next) return spent(next);
      if (!next) return whyNoSend(await store.find(id));
      await dispatch(next, locale);
      return { ok: true, challenge: next };
    },

    async live(id: string): Promise<Challenge | null> {
      const challenge = await store.find(id);
      return challenge && isLive(challenge, clock.now()) ? challenge : null;
    },

    /** Null once a newer send, an end or a retired key made it worthless. */
    async codeFor(id: string, send: number): Promise<CodeToSend | null> {
      const found = await store.findWithReceiver(id);
      const now = clock.now();
      if (!found) return null;
      const { locale, ...challenge } = found;
      if (challenge.sends !== send || challenge.codeSend !== null) return null;
      if (!isLive(challenge, now) || (!livesFromDispatch(purpose) && challenge.expiresAt <= now)) return null;
      const code = codes.derive(subject(challenge), challenge.keyId);
      return code === null ? null : { challenge, code, locale };
    },

    /** Counts decoys too, or the numbers would tell. */
    async markSent(challenge: Challenge): Promise<void> {
      if (await store.markSent(challenge.id, challenge.sends, clock.now())) count('sent', challenge);
    },

    markWaiting: ({ id, sends }: Challenge): Promise<void> => store.markWaiting(id, sends),

    async markFailed(id: string, send: number, trouble: DeliveryTrouble): Promise<Challenge | null> {
      const failed = await store.markFailed(id, send, trouble, clock.now());
      if (failed) count('undelivered', failed);
      return failed;
    },

    end: (id: string): Promise<void> => store.end(id, clock.now()),
    invalidateAllFor: (destinationKey: string): Promise<void> => store.invalidateAllFor(destinationKey),
    prune: (): Promise<number> => store.prune(clock.now()),
  };
}

export type Challenges = ReturnType<typeof createChallenges>;
