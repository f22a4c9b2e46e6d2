import type { Request, RequestHandler } from 'express';
import { message } from '../../kernel/message.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { lets } from '../routes.ts';
import { renewSession } from './session.ts';
import { signInFirst } from './sign-in-first.ts';
import { sitePathsOf } from './site-paths.ts';

/** Whether the account still has this security version. */
export type Holds = (userId: string, securityVersion: number) => Promise<boolean>;

/** The security versions of those of these accounts that may be signed in. */
export type VersionsOf = (userIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

export const visitorsOnly: RequestHandler = lets('visitor', (req, res, next) => {
  if (!req.session.userId) return next();
  res.redirect(303, sitePathsOf(req).start);
});

/** For the last form of joining: whoever pressed it twice comes to where the first press led. */
export const joinersOnly: RequestHandler = lets('visitor', (req, res, next) => {
  const { userId, firstMinute } = req.session;
  if (!userId) return next();
  const { start, welcome } = sitePathsOf(req);
  res.redirect(303, firstMinute === undefined ? start : welcome);
});

/** For pages whose own statement asks whether the session holds, and that then call `signedOut`. */
export const signedInByQuery: RequestHandler = lets('member', (req, res, next) => {
  if (req.session.userId) return next();
  res.redirect(303, signInFirst(req));
});

/** Only behind a guard. */
export function viewerOf(req: Request): Viewer {
  const { userId, securityVersion = 0 } = req.session;
  if (!userId) throw new Error('viewerOf() needs a guard before it');
  return { id: userId, securityVersion, now: req.arrivedAt };
}

/** When the account has gone or changed its password; answers where to go. */
export async function signedOut(req: Request): Promise<string> {
  const withWord = (session: Request['session']): void => {
    session.flash = { kind: 'info', text: message('web.session.signedOut') };
  };
  await renewSession(req, withWord, 'outdated');
  return signInFirst(req, { toldWhy: true });
}

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
