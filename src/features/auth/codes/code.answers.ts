import { waitInWords } from '../../../kernel/clock.ts';
import type { Guess, Resent } from './challenge.service.ts';
import { type Challenge, isLastSend } from './challenge.ts';

export type Refused = Exclude<Guess, { ok: true }>;

/** For the page that a flow begins with; `correct` fills its form in again. */
export interface WordBack {
  text: string | null;
  correct: boolean;
}

/** Leads `back` to the start, or stays with an error. */
export type Answer = { back: WordBack } | { stay: string; waitMs: number | null; isSpent?: true };

const lastWrong: WordBack = {
  text: "That's not the code, and it was your last try. Please start again.",
  correct: true,
};

function tooManyWrong(wait: string): string {
  return `Too many wrong codes for this address or number. Please try again in ${wait}.`;
}

/** `expired`: what the flow says of a challenge that is over. */
export function answerToGuess(
  refused: Refused,
  challenge: Challenge | null,
  expired: WordBack,
  spentText = tooManyWrong,
): Answer {
  if (refused.reason === 'wrong' && refused.attemptsLeft === 0) return { back: lastWrong };
  if (refused.reason === 'dead' || !challenge) return { back: expired };
  switch (refused.reason) {
    case 'malformed':
      return { stay: 'Enter the six-digit code.', waitMs: null };
    case 'expired':
      return {
        stay: `This code has expired. You can ${isLastSend(challenge) ? 'start over' : 'ask for a new one'} below.`,
        waitMs: null,
      };
    case 'wrong':
      return { stay: `That's not the code in message ${challenge.reference}.`, waitMs: null };
    case 'spent': {
      const wait = waitInWords(refused.waitMs / 1000);
      return { stay: spentText(wait), waitMs: refused.waitMs, isSpent: true };
    }
  }
}

export function whyNotResent(
  refused: Exclude<Resent, { ok: true }>,
  challenge: Challenge,
  now: Date,
): { text: string; waitMs: number } {
  return 'waitMs' in refused
    ? {
        text: `You can ask for another code in ${waitInWords(refused.waitMs / 1000)}.`,
        waitMs: refused.waitMs,
      }
    : {
        text: "You've used all your codes. Try the latest one, or start over.",
        waitMs: challenge.endsAt.getTime() - now.getTime(),
      };
}
