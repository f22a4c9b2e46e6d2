import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError } from '../kernel/errors.ts';
import { saveSession } from './session.ts';
import { formPageOf, signInFirst } from './sign-in-first.ts';

/** A form whose token is of a session that has ended: an old tab, most often. Nothing of it is ever carried out. */
export class StaleForm extends AppError {
  constructor() {
    super(
      403,
      'This page had been open for too long, or was opened before you signed in or out. Please load it again and send the form once more.',
    );
  }
}

/** What a page says when it comes back with what was typed and a fresh token. */
export const staleText =
  'This page had been open for a while, so we did not send it. Please check it and press the button again.';

/** The same, to somebody who has signed in anew since; by name, since it may be somebody else. */
export const staleTextFor = (req: Request): string =>
  `You signed in as ${req.session.username} after this page was opened, so nothing was saved yet. Please check it and press the button again.`;

/** Pages that lead everybody to where they belong, by the cookie they have now; and what is sent to which. */
const leadingPages: readonly [RegExp, string][] = [
  [/^\/(sign-up|login|password\/forgot|settings\/(?:password|confirm))$/, '/$1'],
  [/^\/sign-up\/cancel$/, '/sign-up'],
  [/^\/(sign-up|password)\/code(?:\/resend)?$/, '/$1/code'],
  [/^\/settings\/contact\/(?:code(?:\/resend)?|cancel)$/, '/settings/contact/code'],
  [/^\/password\/link\/.*$/, '/password/new'],
];

const leadingPage = (path: string): string | null => {
  const known = leadingPages.find(([pattern]) => pattern.test(path));
  return known ? path.replace(...known) : null;
};

/** Our own page sent it, says the browser; whatever says otherwise was refused before (`sameSiteOnly`). */
const isFromOurPage = (req: Request): boolean =>
  req.get('sec-fetch-site') === 'same-origin' || req.get('origin') !== undefined;

/** Forms that come back, to visitors by `onStaleForm` and to signed-in people by `onStaleMemberForm`. */
const comesBack = {
  toVisitors: new Set(['/sign-up', '/login', '/password/forgot']),
  toMembers: new Set(['/settings/password']),
};

/**
 * Where the second tab of a form goes on whose first one succeeded, signed in or out; null: it gets the error page.
 * Signing out, which nobody needs to be told twice, and steps whose own pages know where their visitor belongs.
 */
const onwards = async (req: Request): Promise<string | null> => {
  const { userId } = req.session;
  if (req.path === '/logout') {
    if (!userId) return '/login';
    req.session.flash = {
      kind: 'info',
      text: `You have signed in as ${req.session.username} since that page was opened. To sign out, press the button once more.`,
    };
    await saveSession(req);
    return '/profile';
  }
  if (userId && req.path.startsWith('/settings/sessions/')) return formPageOf(req.path);
  const back = userId ? comesBack.toMembers : comesBack.toVisitors;
  return back.has(req.path) ? null : leadingPage(req.path);
};

/**
 * The second press of a button whose first one began or ended a session comes with the cookie and token of before.
 * It carries nothing out and sets no cookie: it is led to its own page, which knows by the new cookie where its
 * visitor belongs. So is the second tab of a form that succeeded in the first.
 */
export const onSamePressAgain =
  (endedLately: (req: Request) => Promise<boolean>): ErrorRequestHandler =>
  async (err, req, res, next) => {
    if (!(err instanceof StaleForm) || req.method !== 'POST') return next(err);
    const lately = await endedLately(req);
    // The session is gone, by its age, by hand or with all of Redis: nothing is carried out, and the door is where to begin.
    if (!req.session.userId && formPageOf(req.path))
      return res.redirect(303, (lately && leadingPage(req.path)) || signInFirst(req));
    if (lately) return res.redirect(303, leadingPage(req.path) ?? '/login');
    const onward = isFromOurPage(req) ? await onwards(req) : null;
    return onward ? res.redirect(303, onward) : next(err);
  };

/** A form's routes, and what answers when it was sent from a page that had been open too long. */
export interface FormRoutes {
  routes: Router;
  staleForm: ErrorRequestHandler;
}

/**
 * For forms that people leave open: shows the form again (403) instead of an error page. Nothing was carried out.
 * Stands after all routes.
 */
export const onStaleForm =
  (path: string, show: (req: Request, res: Response) => void): ErrorRequestHandler =>
  (err, req, res, next) => {
    // What was refused further up the road has no session to ask.
    if (!(err instanceof StaleForm) || req.method !== 'POST' || req.path !== path) return next(err);
    // Without a cookie it never had a session, and showing the form would begin one.
    if (req.get('cookie') === undefined || req.session.userId) return next(err);
    res.status(403);
    return show(req, res);
  };

/**
 * The same for forms of signed-in people: whoever signed out and in again in another tab gets back what was typed, with a
 * fresh token (403). Only where the browser says that our own page sent it: filled in by another site, a form with a
 * good token would need but one press.
 */
export const onStaleMemberForm = (
  path: string,
  guard: RequestHandler | RequestHandler[],
  show: (req: Request, res: Response) => unknown,
): ErrorRequestHandler => {
  const again = Router().post(path, guard, async (req: Request, res: Response) => {
    res.status(403);
    await show(req, res);
  });
  return (err, req, res, next) => {
    if (!(err instanceof StaleForm) || req.method !== 'POST' || req.path !== path) return next(err);
    if (!req.session.userId || !isFromOurPage(req)) return next(err);
    return again(req, res, next);
  };
};
