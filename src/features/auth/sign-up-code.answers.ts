import { waitInWords } from '../../kernel/clock.ts';
import type { Challenge } from './challenge.ts';
import type { Resent } from './challenge.service.ts';
import type { Verified } from './sign-up.service.ts';

type Refused = Exclude<Verified, { ok: true }>;

/**
 * A word for the form's page; `correct` fills the form once more, where the person has to mend one thing or only to
 * send it again.
 */
export interface WordBack {
  text: string | null;
  correct: boolean;
}

export const runOut: WordBack = {
  text: 'This sign-up has run out. Please type your password again and send it once more.',
  correct: true,
};
const usernameGone: WordBack = {
  text: 'Somebody took this username while you were waiting for the code. Please choose another.',
  correct: true,
};
const fifthWrong: WordBack = {
  text: 'That was the fifth wrong code, so we stopped here. Please start again.',
  correct: false,
};

/**
 * What a refused code means for the visitor: `back` to the form, or to `stay` with an error beside the input.
 * `waitMs` is set where it was too often.
 */
export const answerTo = (
  refused: Refused,
  challenge: Challenge | null,
): { back: WordBack } | { stay: string; waitMs: number | null } => {
  if (refused.reason === 'username-taken') return { back: usernameGone };
  if (refused.reason === 'wrong' && refused.attemptsLeft === 0) return { back: fifthWrong };
  if (refused.reason === 'too-young' || refused.reason === 'dead' || !challenge) return { back: runOut };
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
        text: 'No more codes can be sent for this sign-up. Try the latest one, or start over.',
        waitMs: challenge.endsAt.getTime() - now.getTime(),
      };
