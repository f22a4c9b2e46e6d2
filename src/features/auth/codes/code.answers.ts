import { waitInWords } from '../../../kernel/clock.ts';
import type { Guess, Resent } from './challenge.service.ts';
import { type Challenge, isLastSend } from './challenge.ts';

/** A guess that was not right. */
export type Refused = Exclude<Guess, { ok: true }>;

/**
 * A word for the page that a flow begins with; `correct` fills its form once more, where the person has to mend one
 * thing or only to send it again.
 */
export interface WordBack {
  text: string | null;
  correct: boolean;
}

/** `back` to where the flow begins, or to `stay` with an error beside the input; `waitMs` where it was too often. */
export type Answer =
  | { back: WordBack }
  /** `isSpent`: no code can be tried now, whatever it is. */
  | { stay: string; waitMs: number | null; isSpent?: true };

const lastWrong: WordBack = {
  text: "That's not the code, and it was your last try. Please start again.",
  correct: true,
};

function tooManyWrong(wait: string): string {
  return `Too many wrong codes for this address or number. Please try again in ${wait}.`;
}

/** What a refused code means for the visitor; `expired` is the flow's word for a challenge that is over. */
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

/** Why another code cannot be sent now, and for how many milliseconds. `challenge` is the one before the press. */
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
