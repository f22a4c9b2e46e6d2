import type { Request, RequestHandler } from 'express';
import type { Viewer } from '../../kernel/viewer.ts';
import { lets } from '../routes.ts';
import { renewSession } from './session.ts';
import { signInFirst } from './sign-in-first.ts';

/** Whether an account still stands behind what was made under this security version of it. */
export type Holds = (userId: string, securityVersion: number) => Promise<boolean>;

/** Signed-in people have no use for the front door. */
export const visitorsOnly: RequestHandler = lets('visitor', (req, res, next) => {
  if (!req.session.userId) return next();
  res.redirect(303, '/profile');
});

/**
 * Visitors are sent to sign in, and come back to the page they wanted. For pages whose own statement asks whether the
 * session still holds, and call `signedOut` where it does not.
 */
export const signedInByQuery: RequestHandler = lets('member', (req, res, next) => {
  if (req.session.userId) return next();
  res.redirect(303, signInFirst(req));
});

/** Whose session it is; only behind a guard. */
export function viewerOf(req: Request): Viewer {
  const { userId, securityVersion = 0 } = req.session;
  if (!userId) throw new Error('viewerOf() needs a guard before it');
  return { id: userId, securityVersion, now: req.arrivedAt };
}

/** The account went away or changed its password while this session was open: answers where to go. */
export async function signedOut(req: Request): Promise<string> {
  const withWord = (session: Request['session']): void => {
    session.flash = { kind: 'info', text: "You've been signed out. Sign in to continue." };
  };
  await renewSession(req, withWord, 'outdated');
  return signInFirst(req, { toldWhy: true });
}

/** For all other pages of signed-in people: a session of before a password change ends here. */
export function createSignedInOnly(holds: Holds): RequestHandler[] {
  return [
    signedInByQuery,
    async (req, res, next) => {
      const { id, securityVersion } = viewerOf(req);
      if (await holds(id, securityVersion)) return next();
      res.redirect(303, await signedOut(req));
    },
  ];
}
