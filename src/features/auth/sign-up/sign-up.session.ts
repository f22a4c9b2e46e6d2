import type { Request } from 'express';
import type { FormValues } from '../../../web/forms/forms.ts';
import type { WordBack } from '../codes/code.answers.ts';
import { forgetPending } from '../codes/pending.session.ts';
import type { PendingSignUp } from './sign-up.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingSignUp: PendingSignUp;
    signUpDraft: FormValues; // shown once, so that starting over needn't type it all again
  }
}

export function forgetSignUp(req: Request, pending: PendingSignUp, word: WordBack): Promise<void> {
  return forgetPending(
    req,
    'pendingSignUp',
    pending,
    word,
    word.correct ? { signUpDraft: pending.draft } : {},
  );
}
