import { seconds, secondsUntil } from '../../../kernel/clock.ts';
import { durationOf } from '../../../kernel/duration.ts';
import { intendedDomain } from '../../../kernel/email-typos.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { spacedPhone } from '../../../kernel/phone-number.ts';
import type { Channel, Delivery, DeliveryTrouble } from '../../../platform/generated/prisma/enums.ts';
import type { FormView } from '../../../web/forms/forms.ts';
import { deliveryPolicy, otpPolicy } from '../policy.ts';
import { type Challenge, codeMinutes, isLastSend, type Purpose } from './challenge.ts';

export interface CodeWords {
  path: string;
  purpose: Purpose;
  destination: Message | string; // as typed here, else masked, or a username
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
function failedText(trouble: DeliveryTrouble, channel: Channel): Message {
  switch (trouble) {
    case 'opted_out':
      return message('auth.code.delivery.failed.optedOut');
    case 'no_route':
      return message('auth.code.delivery.failed.noRoute');
    case 'asked_to_wait':
      return message('auth.code.delivery.failed.keepsWaiting', { channel });
    case 'refused':
    case 'ours':
      return message(`auth.code.delivery.failed.${trouble}`, { channel });
  }
}

function openText({ channel, trouble }: Challenge, delivery: Delivery, age: number): Message {
  if (delivery === 'failed') return failedText(trouble ?? 'ours', channel);
  if (delivery === 'sent') return message('auth.code.delivery.sent', { channel });
  if (trouble === 'asked_to_wait')
    return message('auth.code.delivery.askedToWait', {
      channel,
      wait: durationOf(otpPolicy.codeLifetime / 1000),
    });
  return message(`auth.code.delivery.${age >= deliveryPolicy.late ? 'late' : 'queued'}`, { channel });
}

/** The same for no account, and for a mailbox that refuses ours: only an account has one. */
function maybeText(delivery: Delivery): Message {
  return message(`auth.code.delivery.maybe.${delivery === 'failed' ? 'failed' : 'queued'}`);
}

export function deliveryState(c: Challenge, { purpose }: CodeWords, now: Date) {
  const age = now.getTime() - (c.expiresAt.getTime() - otpPolicy.codeLifetime);
  const delivery = c.delivery === 'queued' && age >= lostAfter(c) ? 'failed' : c.delivery;
  const text = purpose === 'reset' ? maybeText(delivery) : openText(c, delivery, age);
  // Delivered or not must look alike where there may be no account.
  const state = purpose === 'reset' && delivery === 'sent' ? 'queued' : delivery;
  const earlierWorks = c.codeSend !== null && c.expiresAt > now;
  return {
    state,
    text: earlierWorks ? message('auth.code.delivery.andEarlier', { text }) : text,
    retry: delivery === 'failed',
  };
}

export function resendState(c: Challenge, now: Date) {
  if (isLastSend(c))
    return {
      state: 'spent' as const,
      seconds: 0,
      text: message('auth.code.resend.spent'),
    };
  const wait = secondsUntil(c.nextSendAt, now);
  if (wait > 0)
    return {
      state: 'waiting' as const,
      seconds: wait,
      text: message('auth.code.resend.waiting', { wait: durationOf(wait) }),
    };
  return {
    state: 'ready' as const,
    seconds: 0,
    text: message('auth.code.resend.ready'),
  };
}

export function codePage(c: Challenge, form: FormView, words: CodeWords, now: Date, isSpent = false) {
  const codeSeconds = secondsUntil(c.expiresAt, now);
  return {
    title: message('auth.code.title'),
    form,
    ...words,
    reference: c.reference,
    triesLeft: otpPolicy.maxAttempts - c.attempts,
    delivery: deliveryState(c, words, now),
    isSpent,
    expired: codeSeconds === 0,
    expiresInSeconds: codeSeconds,
    works: durationOf(codeMinutes(c, now) * 60),
    resend: resendState(c, now),
  };
}
