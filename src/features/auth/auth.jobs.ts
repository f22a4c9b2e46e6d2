import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryDeferred, DeliveryRefused, type Mailer, type Texter } from '../../platform/delivery.ts';
import { type Limits, orGiveBack } from '../../platform/limits.ts';
import { GiveUp, type JobHandler } from '../../platform/queue.ts';
import { type Challenge, isTypedContact, type MessageJob, type Purpose } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import type { Letters } from './letters.ts';
import { smsLimits } from './policy.ts';
import type { SendLimits } from './send-limits.ts';

export interface MessageJobsDeps {
  challenges: Record<Purpose, Challenges>;
  letters: Letters;
  mailer: Mailer;
  /** Null where texts are not offered. */
  texter: Texter | null;
  sendLimits: SendLimits;
  limits: Limits;
}

/**
 * The worker's side of codes: finds the challenge, derives the code, hands the message over and writes down what
 * became of it.
 */
export const createMessageJobs = (deps: MessageJobsDeps): JobHandler<MessageJob> => {
  const { challenges, letters, mailer, texter, sendLimits, limits } = deps;
  /** How long the last message of each kind took to hand over, in milliseconds. */
  const usualMs = { email: 100, mobile: 300 };
  const timed = async (channel: Challenge['channel'], send: () => Promise<void>): Promise<void> => {
    const start = performance.now();
    await send();
    usualMs[channel] = performance.now() - start;
  };
  const mail = (to: string, letter: Parameters<Letters['mail']>[0]) =>
    timed('email', () => mailer.send({ to, ...letters.mail(letter) }));
  const text = (to: string, letter: Parameters<Letters['sms']>[0]) => {
    if (!texter) throw new GiveUp('texts are not offered');
    return timed('mobile', () => texter.send({ to, text: letters.sms(letter) }));
  };

  /** What is not sent takes as long as what is, and fails where that would: the page must not tell them apart. */
  const sendNothing = async ({ channel }: Challenge): Promise<void> => {
    const start = performance.now();
    await (channel === 'email' ? mailer : texter)?.ready();
    await pause(Math.max(0, usualMs[channel] - (performance.now() - start)));
  };

  const sendCode = async (challenge: Challenge, code: string, purpose: Purpose): Promise<void> => {
    const letter = { kind: purpose, challenge, code } as const;
    if (challenge.channel === 'email') return mail(challenge.destination, letter);
    const { destination } = challenge;
    if (isTypedContact(challenge)) return text(destination, letter);
    // A username led here: the texts' own limits were not asked before, where the page would have shown them.
    const allowed = await limits.take(sendLimits.forNews(challenge));
    if (!allowed.ok) return sendNothing(challenge);
    return orGiveBack([allowed], () => text(destination, letter));
  };

  /**
   * The owner of an address that somebody signs up with again, or wants to add to another account, hears that it has
   * one. By SMS at most once a day.
   */
  const sendTaken = async (challenge: Challenge, kind: 'account-exists' | 'contact-taken'): Promise<void> => {
    const to = challenge.destination;
    const letter = { kind, challenge } as const;
    if (challenge.channel === 'email') return mail(to, letter);
    const today = await limits.take([{ key: `sms-exists:${to}`, rules: smsLimits.accountExists }]);
    if (!today.ok) return sendNothing(challenge);
    return orGiveBack([today], () => text(to, letter));
  };

  const send = (challenge: Challenge, code: string, purpose: Purpose): Promise<void> => {
    if (challenge.muted) return sendNothing(challenge);
    if (!challenge.decoy) return sendCode(challenge, code, purpose);
    if (purpose === 'passwordReset') return sendNothing(challenge);
    return sendTaken(challenge, purpose === 'registration' ? 'account-exists' : 'contact-taken');
  };

  return {
    async run({ purpose, challengeId, send: n }, { isLast }) {
      const found = await challenges[purpose].codeFor(challengeId, n);
      // A newer code, an end or a retired key overtook this message.
      if (!found) return;
      try {
        await send(found.challenge, found.code, purpose);
      } catch (err) {
        // What one mailbox refuses would tell that it belongs to an account: a reset is silent about it.
        const aboutRecipient = err instanceof DeliveryRefused || (isLast && err instanceof DeliveryDeferred);
        if (purpose !== 'passwordReset' || !aboutRecipient)
          throw err instanceof DeliveryRefused ? new GiveUp(err.message) : err;
      }
      await challenges[purpose].markSent(found.challenge);
    },
    givenUp: ({ purpose, challengeId, send: n }) => challenges[purpose].markFailed(challengeId, n),
  };
};
