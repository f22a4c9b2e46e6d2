import { seconds, secondsUntil, waitInWords } from '../../kernel/clock.ts';
import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import type { FormView } from '../../web/forms.ts';
import { type Challenge, codeMinutes } from './challenge.ts';
import { otpPolicy } from './policy.ts';

/** A message that has not left after this long is said to be late. */
const LATE = seconds(30);

/** The truth about the message that carries the current code. */
export const deliveryState = (c: Challenge, now: Date) => {
  const way = c.channel === 'email' ? 'email' : 'text message';
  const age = now.getTime() - (c.expiresAt.getTime() - otpPolicy.codeLifetime);
  const texts = {
    queued:
      age < LATE ? `Your ${way} is on its way.` : `Your ${way} is taking longer than usual. We keep trying.`,
    sent:
      c.channel === 'email'
        ? 'Your email has been sent. If you do not see it, look in your spam folder.'
        : 'Your text message has been sent.',
    failed: `We could not deliver the ${way}. Check that the address is right, then send it again.`,
  };
  const text =
    c.channel === 'mobile' ? texts[c.delivery].replace('the address', 'the number') : texts[c.delivery];
  return { state: c.delivery, text, retry: c.delivery === 'failed' };
};

/** Whether another code may be sent, and when. */
export const resendState = (c: Challenge, now: Date) => {
  if (c.sends - c.failedSends > otpPolicy.maxResends)
    return {
      state: 'spent' as const,
      seconds: 0,
      text: 'No more codes can be sent for this sign-up. Start over to try again.',
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

/** The model of `auth/sign-up-code`. */
export const codePage = (c: Challenge, form: FormView, now: Date) => {
  const triesLeft = otpPolicy.maxAttempts - c.attempts;
  const codeSeconds = secondsUntil(c.expiresAt, now);
  return {
    title: 'Enter your code',
    form,
    channel: c.channel,
    destination: c.channel === 'email' ? maskEmail(c.destination) : maskPhone(c.destination),
    reference: c.reference,
    triesLeft,
    triesText: triesLeft === 1 ? '1 try left' : `${triesLeft} tries left`,
    delivery: deliveryState(c, now),
    expired: codeSeconds === 0,
    expiresText:
      codeSeconds === 0
        ? 'This code has expired.'
        : `Works for ${waitInWords(codeMinutes(c, now) * 60)} after its sending.`,
    resend: resendState(c, now),
  };
};
