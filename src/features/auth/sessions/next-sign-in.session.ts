import type { Request } from 'express';
import { readIdentifier } from '../accounts/identifier.ts';

declare module 'express-session' {
  interface SessionData {
    /** By which name somebody tried to get in here: fills the field of the next form that asks for it. */
    knownAs: string;
    /** Where the next sign-in here leads, unless somebody wants to go elsewhere. */
    afterSignIn: string;
  }
}

/** Keeps a name that is known to be somebody's, for the forms that ask for it. */
export function rememberName(req: Request, username: string): void {
  req.session.knownAs = username;
}

/**
 * The same with what was typed, where it is an email address. Nothing else: people type their password into the wrong
 * field, and it may look like a username or a number.
 */
export function rememberTyped(req: Request, typed: string): void {
  const { emailKey } = readIdentifier(typed);
  if (emailKey !== null) req.session.knownAs = emailKey;
  else delete req.session.knownAs;
}
