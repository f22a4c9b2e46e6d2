import type { Request, Response } from 'express';
import type { FormValues } from '../../web/forms.ts';
import { readIdentifier } from './accounts/identifier.ts';
import type { Flash } from '../../web/session-data.ts';
import { endSession, reloadSession, renewSession, saveSession } from '../../web/session.ts';
import type { WordBack } from './codes/code.answers.ts';
import type { PendingContact } from './contact/contact.service.ts';
import type { Wanted } from './password/once-proved.routes.ts';
import type { PendingReset, ResetGrant } from './recovery/recovery.service.ts';
import type { PendingSignUp } from './sign-up/sign-up.service.ts';

declare module 'express-session' {
  interface SessionData {
    pendingSignUp: PendingSignUp;
    pendingReset: PendingReset;
    pendingContact: PendingContact;
    resetGrant: ResetGrant;
    /** Somebody in this session said to be under age: until this moment they cannot simply retype the year. */
    tooYoungUntil: number;
    /** The same as the release before wrote it. */
    tooYoung: boolean;
    /**
     * What the form is filled with when it is shown next, once: a person who starts over corrects, and does not
     * type it all again.
     */
    signUpDraft: FormValues;
    /** By which name somebody tried to get in here: fills the field of the next form that asks for it. */
    knownAs: string;
    /** Where the next sign-in here leads, unless somebody wants to go elsewhere. */
    afterSignIn: string;
    /** What a person was about to do when the password was asked for. */
    wanted: Wanted;
  }
}

/** Keeps a name that is known to be somebody's, for the forms that ask for it. */
export const rememberName = (req: Request, username: string): void => {
  req.session.knownAs = username;
};

/**
 * The same with what was typed, where it is an email address. Nothing else: people type their password into the wrong
 * field, and it may look like a username or a number.
 */
export const rememberTyped = (req: Request, typed: string): void => {
  const { emailKey } = readIdentifier(typed);
  if (emailKey !== null) req.session.knownAs = emailKey;
  else delete req.session.knownAs;
};

/** Remembers what waits for a code, and which request began it; stored when this resolves, so that no code leaves for a session that was lost. */
export const keepPending = async (
  req: Request,
  pending:
    | { pendingSignUp: PendingSignUp }
    | { pendingReset: PendingReset }
    | { pendingContact: PendingContact },
): Promise<void> => {
  for (const begun of Object.values(pending)) begun.places = [req.id];
  Object.assign(req.session, pending);
  await saveSession(req);
};

/** What `why` says where a flow begins, to a browser that has no session for a word to wait in. */
const ELSEWHERE = 'elsewhere';

/** Leads to where a flow begins, with a word why, unless one waits there already that says more. */
export const leadToStart = async (
  req: Request,
  res: Response,
  startsAt: string,
  text: string,
): Promise<void> => {
  if (req.get('cookie') === undefined) return res.redirect(303, `${startsAt}?why=${ELSEWHERE}`);
  req.session.flash ??= { kind: 'info', text };
  await saveSession(req);
  return res.redirect(303, startsAt);
};

/** On the page that a flow begins with: tells what the address says. */
export const tellElsewhere = (req: Request, text: string): void => {
  if (req.query.why === ELSEWHERE) req.session.flash ??= { kind: 'info', text };
};

/**
 * Forgets what waits for a code, unless another tab has begun anew meanwhile, and leaves a word for the next page;
 * `draft` fills the sign-up form once more.
 */
export const forgetPending = async (
  req: Request,
  which: 'pendingSignUp' | 'pendingReset' | 'pendingContact',
  { challengeId }: { challengeId: string },
  { text }: WordBack,
  draft: FormValues | null = null,
): Promise<void> => {
  await reloadSession(req);
  if (req.session[which]?.challengeId === challengeId) delete req.session[which];
  if (draft) req.session.signUpDraft = draft;
  if (text) req.session.flash = { kind: 'error', text };
  await saveSession(req);
};

/**
 * A new session with a person's rights, under a new id and a new CSRF secret; `flash` is told by the next page. False: this
 * person signed out here while the request was under way, and stays signed out.
 */
export const signInto = async (
  req: Request,
  account: { id: string; username: string; securityVersion: number },
  {
    device,
    now,
    remember,
    flash,
  }: { device: string; now: Date; remember: { ms: number } | null; flash: Flash | null },
): Promise<boolean> => {
  const wasSignedIn = req.session.userId !== undefined;
  const wasThere = await renewSession(req, (session) => {
    const { id: userId, username, securityVersion } = account;
    Object.assign(session, { userId, username, securityVersion, device, provedAt: now.getTime() });
    if (flash) session.flash = flash;
    if (!remember) return;
    session.remember = true;
    session.cookie.maxAge = remember.ms;
  });
  if (wasThere || !wasSignedIn) return true;
  await endSession(req);
  return false;
};

/**
 * A new session that may set one account's password, and nothing else; `flash` is told by the next page, and the forms that
 * ask for a name know whose it is.
 */
export const grantInto = async (req: Request, grant: ResetGrant, flash?: Flash): Promise<void> => {
  await renewSession(req, (session) => {
    session.resetGrant = grant;
    if (!flash) return;
    session.flash = flash;
    session.knownAs = grant.username;
  });
};
