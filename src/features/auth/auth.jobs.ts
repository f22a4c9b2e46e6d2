import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryRefused, type Mailer, type Sms, type Texter } from '../../platform/delivery.ts';
import { type Limits, orGiveBack } from '../../platform/limits.ts';
import { GiveUp, type JobHandler } from '../../platform/queue.ts';
import type { Challenge, MessageJob, Purpose } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import type { Letters } from './letters.ts';
import { smsLimits } from './policy.ts';

export interface AuthJobsDeps {
  challenges: Record<Purpose, Challenges>;
  letters: Letters;
  mailer: Mailer;
  /** Null where texts are not offered. */
  texter: Texter | null;
  limits: Limits;
}

/**
 * The worker's side of codes: finds the challenge, derives the code, hands the message over and writes down what
 * became of it.
 */
export const createAuthJobs = ({ challenges, letters, mailer, texter, limits }: AuthJobsDeps) => {
  /** How long the last text took to hand over, in milliseconds. */
  let usualMs = 300;
  const text = async (sms: Sms): Promise<void> => {
    const start = performance.now();
    await texter?.send(sms);
    usualMs = performance.now() - start;
  };

  const sendCode = async (challenge: Challenge, code: string): Promise<void> => {
    const to = challenge.destination;
    if (challenge.channel === 'email') return mailer.send({ to, ...letters.code(challenge, code) });
    if (!texter) throw new GiveUp('texts are not offered');
    return text({ to, text: letters.codeSms(challenge, code) });
  };

  /**
   * The owner of an address that somebody signs up with again hears that it has an account. By SMS at most once a
   * day.
   */
  const sendAccountExists = async (challenge: Challenge): Promise<void> => {
    const to = challenge.destination;
    if (challenge.channel === 'email') return mailer.send({ to, ...letters.accountExists(challenge) });
    if (!texter) throw new GiveUp('texts are not offered');
    const today = await limits.take([{ key: `sms-exists:${to}`, rules: smsLimits.accountExists }]);
    // What is not sent takes as long as what is, or the page's "sent" would tell that the number has an account.
    if (!today.ok) return pause(usualMs);
    await orGiveBack([today], () => text({ to, text: letters.accountExistsSms(challenge) }));
  };

  const messages: JobHandler<MessageJob> = {
    async run({ purpose, challengeId, send }) {
      const found = await challenges[purpose].codeFor(challengeId, send);
      // A newer code, an end or a retired key overtook this message.
      if (!found) return;
      try {
        await (found.challenge.decoy
          ? sendAccountExists(found.challenge)
          : sendCode(found.challenge, found.code));
      } catch (err) {
        throw err instanceof DeliveryRefused ? new GiveUp(err.message) : err;
      }
      await challenges[purpose].markSent(challengeId, send);
    },
    givenUp: ({ purpose, challengeId, send }) => challenges[purpose].markFailed(challengeId, send),
  };

  /** Deletes what nobody needs any more, batch after batch, until little is left. */
  const cleanup = async (): Promise<void> => {
    for (const purpose of Object.values(challenges)) while ((await purpose.prune()) > 0);
  };

  return { messages, cleanup };
};
