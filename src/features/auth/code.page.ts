import { seconds, secondsUntil, waitInWords } from '../../kernel/clock.ts';
import type { Delivery } from '../../platform/generated/prisma/enums.ts';
import type { FormView } from '../../web/forms.ts';
import { type Challenge, codeMinutes } from './challenge.ts';
import { otpPolicy } from './policy.ts';

/** What a flow says of itself on its code page. */
export interface CodeWords {
  path: string;
  purpose: 'sign-up' | 'reset' | 'contact';
  /** Where the code goes, as far as the page may say it: masked, or a username. */
  destination: string;
  /** Null where the page may not tell. */
  channel: 'email' | 'mobile' | null;
}

/** A message that has not left after this long is said to be late. */
const LATE = seconds(30);
/**
 * After this long no try is left (five of ten seconds, and half a minute between them): it will not leave any more,
 * even where nobody could write that down.
 */
const LOST = seconds(90);

/** The truth about the message that carries the current code. */
const deliveryTexts = (way: string, where: string): Record<Delivery, string> => ({
  queued: `Your ${way} is on its way.`,
  sent:
    way === 'email'
      ? 'Your email has been sent. If you do not see it, look in your spam folder.'
      : 'Your text message has been sent.',
  failed: `We could not deliver the ${way}. Check that the ${where} is right, then send it again.`,
});

/** The same words whether there is an account or not, and whether its mailbox takes our letters or not. */
const resetTexts: Record<Delivery, string> = {
  queued: 'If there is such an account, a message is on its way.',
  sent: 'If there is such an account, a message is on its way.',
  failed: 'We cannot send messages just now. Please send it again in a moment.',
};

export const deliveryState = (c: Challenge, { purpose }: CodeWords, now: Date) => {
  const [way, where] = c.channel === 'email' ? ['email', 'address'] : ['text message', 'number'];
  const age = now.getTime() - (c.expiresAt.getTime() - otpPolicy.codeLifetime);
  const texts = purpose === 'reset' ? resetTexts : deliveryTexts(way!, where!);
  const delivery = c.delivery === 'queued' && age >= LOST ? 'failed' : c.delivery;
  // On a reset page a mailbox that is slow must look like none: only an account has one.
  const late = purpose !== 'reset' && delivery === 'queued' && age >= LATE;
  const text = late ? `Your ${way} is taking longer than usual. We keep trying.` : texts[delivery];
  // Handed over or not is nobody's business where there may be no account: both look alike.
  const state = purpose === 'reset' && delivery === 'sent' ? 'queued' : delivery;
  return { state, text, retry: delivery === 'failed' };
};

/** Whether another code may be sent, and when. */
export const resendState = (c: Challenge, now: Date) => {
  if (c.sends - c.failedSends > otpPolicy.maxResends)
    return {
      state: 'spent' as const,
      seconds: 0,
      text: 'No more codes can be sent this time. Start over to try again.',
    };
  const wait = secondsUntil(c.nextSendAt, now);
  if (wait > 0)
    return {
      state: 'waiting' as const,
      seconds: wait,
      text: `You can send another code in ${waitInWords(wait)}.`,
    };
  return {
    state: 'ready' as const,
    seconds: 0,
    text: 'When you send another code, the one before stops working.',
  };
};

/** The model of `auth/code`. */
export const codePage = (c: Challenge, form: FormView, words: CodeWords, now: Date) => {
  const triesLeft = otpPolicy.maxAttempts - c.attempts;
  const codeSeconds = secondsUntil(c.expiresAt, now);
  return {
    title: 'Enter your code',
    form,
    ...words,
    reference: c.reference,
    triesLeft,
    triesText: triesLeft === 1 ? '1 try left' : `${triesLeft} tries left`,
    delivery: deliveryState(c, words, now),
    expired: codeSeconds === 0,
    expiresText:
      codeSeconds === 0
        ? 'This code has expired.'
        : `The code works for ${waitInWords(codeMinutes(c, now) * 60)}.`,
    resend: resendState(c, now),
  };
};
