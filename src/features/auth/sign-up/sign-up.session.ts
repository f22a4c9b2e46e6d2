import type { Request } from 'express';
import type { FormValues } from '../../../web/forms/forms.ts';
import type { WordBack } from '../codes/code.answers.ts';
import { forgetPending } from '../codes/pending.session.ts';
import type { PendingSignUp } from './sign-up.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingSignUp: PendingSignUp;
    /**
     * What the form is filled with when it is shown next, once: a person who starts over corrects, and does not
     * type it all again.
     */
    signUpDraft: FormValues;
  }
}

/** Forgets a sign-up that waits for its code; its form is filled once more where there is something to mend. */
export function forgetSignUp(req: Request, pending: PendingSignUp, word: WordBack): Promise<void> {
  return forgetPending(
    req,
    'pendingSignUp',
    pending,
    word,
    word.correct ? { signUpDraft: pending.draft } : {},
  );
}
