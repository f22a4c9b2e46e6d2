import { waitInWords } from '../../kernel/clock.ts';
import type { Challenge } from './challenge.ts';
import type { Guess, Resent } from './challenge.service.ts';

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
export type Answer = { back: WordBack } | { stay: string; waitMs: number | null };

export const fifthWrong: WordBack = {
  text: 'That was the fifth wrong code, so we stopped here. Please start again.',
  correct: false,
};

/** What a refused code means for the visitor; `runOut` is the flow's word for a challenge that is over. */
export const answerToGuess = (refused: Refused, challenge: Challenge | null, runOut: WordBack): Answer => {
  if (refused.reason === 'wrong' && refused.attemptsLeft === 0) return { back: fifthWrong };
  if (refused.reason === 'dead' || !challenge) return { back: runOut };
  switch (refused.reason) {
    case 'malformed':
      return { stay: 'Enter the six digits of your code.', waitMs: null };
    case 'expired':
      return { stay: 'This code has expired. Send another one below.', waitMs: null };
    case 'wrong':
      return { stay: `This is not the code we sent for ${challenge.reference}.`, waitMs: null };
    case 'spent': {
      const wait = waitInWords(refused.waitMs / 1000);
      return {
        stay: `There were too many wrong codes for this destination. Please try again in ${wait}.`,
        waitMs: refused.waitMs,
      };
    }
  }
};

/** Why another code cannot be sent now, and for how many milliseconds. `challenge` is the one before the press. */
export const whyNotResent = (
  refused: Exclude<Resent, { ok: true }>,
  challenge: Challenge,
  now: Date,
): { text: string; waitMs: number } =>
  'waitMs' in refused
    ? { text: `You can send another code in ${waitInWords(refused.waitMs / 1000)}.`, waitMs: refused.waitMs }
    : {
        text: 'No more codes can be sent this time. Try the latest one, or start over.',
        waitMs: challenge.endsAt.getTime() - now.getTime(),
      };
