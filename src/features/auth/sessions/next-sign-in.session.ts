import type { Request } from 'express';
import { readIdentifier } from '../accounts/identifier.ts';

declare module 'express-session' {
  interface SessionData {
    knownAs: string; // fills the next form that asks for a name
    afterSignIn: string; // where the next sign-in leads, unless another page is wanted
  }
}

export function rememberName(req: Request, username: string): void {
  req.session.knownAs = username;
}

/** Only an email address: people type passwords into the wrong field, which may look like usernames or numbers. */
export function rememberTyped(req: Request, typed: string): void {
  const { emailKey } = readIdentifier(typed);
  if (emailKey !== null) req.session.knownAs = emailKey;
  else delete req.session.knownAs;
}
