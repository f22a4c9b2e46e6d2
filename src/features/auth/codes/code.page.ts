import { seconds, secondsUntil, waitInWords } from '../../../kernel/clock.ts';
import { intendedDomain } from '../../../kernel/email-typos.ts';
import { spacedPhone } from '../../../kernel/phone-number.ts';
import type { Channel, Delivery, DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import type { FormView } from '../../../web/forms/forms.ts';
import { deliveryPolicy, otpPolicy } from '../policy.ts';
import { type Challenge, codeMinutes, isLastSend, type Purpose } from './challenge.ts';

export interface CodeWords {
  path: string;
  purpose: Purpose;
  destination: string; // as typed here, else masked, or a username
  didYouMean: string | null; // a probable domain, where the typed one looks mistyped
  channel: 'email' | 'mobile' | null; // null where the page may not tell
}

/** Whole, since a typo before the @ is found no other way. */
export function typedHere(
  channel: Channel,
  destination: string,
): Pick<CodeWords, 'destination' | 'didYouMean'> {
  return channel === 'email'
    ? { destination, didYouMean: intendedDomain(destination) }
    : { destination: spacedPhone(destination), didYouMean: null };
}

/** All tries are over by then (five of ten seconds, half a minute between), even if nobody could record it. */
const LOST = seconds(90);
function lostAfter(c: Challenge): number {
  return c.trouble === 'asked_to_wait' ? otpPolicy.codeLifetime + LOST : LOST;
}

/** A fault of ours is never blamed on the contact. */
function failedTexts(byMail: boolean): Record<DeliveryTrouble, string> {
  return {
    refused: byMail
      ? "We couldn't deliver the email. Check the address, then try again."
      : "We couldn't deliver the text message. Check the number, then try again.",
    opted_out:
      'This number has opted out of our texts. Text START to the number they come from, then try again, or use your email address.',
    no_route: "We can't send texts to this number's country or network. Please use your email address.",
    asked_to_wait: byMail
      ? 'The mail server at the other end keeps asking us to wait. Your address may be fine, so please try again in a few minutes.'
      : 'The network at the other end keeps asking us to wait. Please try again in a few minutes.',
    ours: byMail
      ? "We can't send emails right now. That's our fault, not your address's. Please try again in a few minutes."
      : "We can't send text messages right now. That's our fault, not your number's. Please try again in a few minutes.",
  };
}

const sentTexts = {
  email: "Your email has been sent. If you don't see it, check your spam folder.",
  mobile: 'Your text message has been sent.',
};

function openText(c: Challenge, delivery: Delivery, age: number): string {
  const byMail = c.channel === 'email';
  const way = byMail ? 'email' : 'text message';
  if (delivery === 'sent') return sentTexts[c.channel];
  if (delivery === 'failed') return failedTexts(byMail)[c.trouble ?? 'ours'];
  if (c.trouble === 'asked_to_wait')
    return `The ${byMail ? 'mail server' : 'network'} at the other end has asked us to wait. We'll keep trying for up to ${waitInWords(otpPolicy.codeLifetime / 1000)}.`;
  return age >= deliveryPolicy.late
    ? `Your ${way} is taking longer than usual. We're still trying.`
    : `Your ${way} is on its way.`;
}

/** The same for no account, and for a mailbox that refuses ours: only an account has one. */
const resetTexts: Record<Delivery, string> = {
  queued: 'If that account exists, a message is on its way.',
  sent: 'If that account exists, a message is on its way.',
  failed: "We can't send messages right now. Please try again in a moment.",
};

export function deliveryState(c: Challenge, { purpose }: CodeWords, now: Date) {
  const age = now.getTime() - (c.expiresAt.getTime() - otpPolicy.codeLifetime);
  const delivery = c.delivery === 'queued' && age >= lostAfter(c) ? 'failed' : c.delivery;
  const text = purpose === 'reset' ? resetTexts[delivery] : openText(c, delivery, age);
  // Delivered or not must look alike where there may be no account.
  const state = purpose === 'reset' && delivery === 'sent' ? 'queued' : delivery;
  const before = c.codeSend !== null && c.expiresAt > now ? ' The code before it still works.' : '';
  return { state, text: text + before, retry: delivery === 'failed' };
}

export function resendState(c: Challenge, now: Date) {
  if (isLastSend(c))
    return {
      state: 'spent' as const,
      seconds: 0,
      text: "You've used all your codes. Start over to try again.",
    };
  const wait = secondsUntil(c.nextSendAt, now);
  if (wait > 0)
    return {
      state: 'waiting' as const,
      seconds: wait,
      text: `You can ask for another code in ${waitInWords(wait)}.`,
    };
  return {
    state: 'ready' as const,
    seconds: 0,
    text: 'A new code replaces the old one.',
  };
}

export function codePage(c: Challenge, form: FormView, words: CodeWords, now: Date, isSpent = false) {
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
    isSpent,
    expired: codeSeconds === 0,
    expiresInSeconds: codeSeconds,
    expiresText:
      codeSeconds === 0
        ? 'This code has expired.'
        : `The code works for ${waitInWords(codeMinutes(c, now) * 60)}.`,
    resend: resendState(c, now),
  };
}
