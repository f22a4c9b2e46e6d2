import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Guess, Resent } from './challenge.service.ts';
import { type Challenge, isLastSend } from './challenge.ts';

export type Refused = Exclude<Guess, { ok: true }>;

/** For the page that a flow begins with; `correct` fills its form in again. */
export interface WordBack {
  text: Message | null;
  correct: boolean;
}

/** Leads `back` to the start, or stays with an error. */
export type Answer = { back: WordBack } | { stay: Message; waitMs: number | null; isSpent?: true };

const lastWrong: WordBack = {
  text: message('auth.code.error.lastWrong'),
  correct: true,
};

function tooManyWrong(wait: Message): Message {
  return message('auth.code.error.spent', { wait });
}

/** `expired`: what the flow says of a challenge that is over. */
export function answerToGuess(
  refused: Refused,
  challenge: Challenge | null,
  expired: WordBack,
  spentText: (wait: Message) => Message = tooManyWrong,
): Answer {
  if (refused.reason === 'wrong' && refused.attemptsLeft === 0) return { back: lastWrong };
  if (refused.reason === 'dead' || !challenge) return { back: expired };
  switch (refused.reason) {
    case 'malformed':
      return { stay: message('auth.code.error.malformed'), waitMs: null };
    case 'expired':
      return {
        stay: message('auth.code.expired', { next: isLastSend(challenge) ? 'startOver' : 'resend' }),
        waitMs: null,
      };
    case 'wrong':
      return {
        stay: message('auth.code.error.wrong', { reference: challenge.reference }),
        waitMs: null,
      };
    case 'spent': {
      const wait = durationOf(refused.waitMs / 1000);
      return { stay: spentText(wait), waitMs: refused.waitMs, isSpent: true };
    }
  }
}

export function whyNotResent(
  refused: Exclude<Resent, { ok: true }>,
  challenge: Challenge,
  now: Date,
): { text: Message; waitMs: number } {
  return 'waitMs' in refused
    ? {
        text: message('auth.code.resend.waiting', { wait: durationOf(refused.waitMs / 1000) }),
        waitMs: refused.waitMs,
      }
    : {
        text: message('auth.code.resend.error.noMore'),
        waitMs: challenge.endsAt.getTime() - now.getTime(),
      };
}
