import type { Request } from 'express';
import type { FormValues } from '../../web/forms.ts';
import { reloadSession, renewSession, saveSession } from '../../web/session.ts';
import type { WordBack } from './sign-up-code.answers.ts';
import type { PendingSignUp } from './sign-up.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingSignUp: PendingSignUp;
    /** Somebody in this session said to be under age: they cannot simply retype the year. */
    tooYoung: boolean;
    /**
     * What the form is filled with when it is shown next, once: a person who starts over corrects, and does not
     * type it all again.
     */
    signUpDraft: FormValues;
  }
}

/** Remembers a pending sign-up; stored when this resolves, so that no code leaves for a session that was lost. */
export const keepPending = async (req: Request, pending: PendingSignUp): Promise<void> => {
  req.session.pendingSignUp = pending;
  await saveSession(req);
};

/**
 * Forgets a pending sign-up, unless another tab has begun a new one meanwhile, and leaves a word for the next page;
 * `correct` fills the form once more.
 */
export const forgetPending = async (
  req: Request,
  { challengeId, draft }: PendingSignUp,
  { text, correct }: WordBack,
): Promise<void> => {
  await reloadSession(req);
  if (req.session.pendingSignUp?.challengeId === challengeId) delete req.session.pendingSignUp;
  if (correct) req.session.signUpDraft = draft;
  if (text) req.session.flash = { kind: 'error', text };
  await saveSession(req);
};

/** A new session with a person's rights, under a new id and a new CSRF secret. */
export const signInto = async (
  req: Request,
  account: { id: string; username: string },
  remember: { ms: number } | null,
): Promise<void> => {
  await renewSession(req);
  req.session.userId = account.id;
  req.session.username = account.username;
  if (remember) {
    req.session.remember = true;
    req.session.cookie.maxAge = remember.ms;
  }
};
