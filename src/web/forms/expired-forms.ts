import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { saveSession } from '../session/session.ts';
import { formPageOf, signInFirst } from '../session/sign-in-first.ts';

const openTooLong =
  "This page was open for too long, or you've signed in or out since. Please load it again and send the form once more.";
/** Every page with a form gives a cookie, so a browser that sends none has kept none. */
const noCookie =
  'ChatLink needs cookies to sign you in and to keep your forms safe, and your browser sent us none. Please allow cookies for this site, load the page again and send the form once more.';

/** A form whose token is of a session that has ended: an old tab, most often. Nothing of it is ever carried out. */
export class ExpiredForm extends AppError {
  constructor(req: Request) {
    super(403, req.get('cookie') === undefined ? noCookie : openTooLong);
  }
}

/** What a page says when it comes back with what was typed and a fresh token. */
const expiredText =
  "This page was open for a while, so we haven't sent it. Please check it and press the button again.";

/** The same, to somebody who has signed in anew since; by name, since it may be somebody else. */
function expiredTextFor(req: Request): string {
  return `You signed in as ${req.session.username} after opening this page, so we haven't saved anything yet. Please check it and press the button again.`;
}

/** Pages that a link in a message leads to. */
const isOfLink = /^(\/(?:password\/link|contact\/undo)\/[^/]+)$/;

/** What `why` says on a link's page: its button was pressed when the page had been open too long. */
const LEFT_OPEN = 'left-open';

/** Whether a link's page is asked for by a button of its own that could not be answered; perhaps it had done its work before. */
export function isPressedAgain(req: Request): boolean {
  return req.query.why === LEFT_OPEN;
}

/** On the page of a link that still leads somewhere: tells why it is shown once more. */
export function tellLeftOpen(req: Request): void {
  const text =
    "This page was open for a while, so we haven't done anything yet. Please press the button again.";
  if (isPressedAgain(req)) req.session.flash ??= { kind: 'info', text };
}

/** Pages that lead everybody to where they belong, by the cookie they have now; and what is sent to which. */
const leadingPages: readonly [RegExp, string][] = [
  [/^\/(sign-up|login|password\/forgot|settings\/(?:password|confirm))$/, '/$1'],
  [/^\/sign-up\/cancel$/, '/sign-up'],
  [/^\/(sign-up|password)\/code(?:\/resend)?$/, '/$1/code'],
  [/^\/settings\/contact\/(?:code(?:\/resend)?|cancel)$/, '/settings/contact/code'],
  [isOfLink, `$1?why=${LEFT_OPEN}`],
];

function leadingPage(path: string): string | null {
  const known = leadingPages.find(([pattern]) => pattern.test(path));
  return known ? path.replace(...known) : null;
}

/** Our own page sent it, says the browser; whatever says otherwise was refused before (`sameSiteOnly`). */
function isFromOurPage(req: Request): boolean {
  return req.get('sec-fetch-site') === 'same-origin' || req.get('origin') !== undefined;
}

/** Forms that come back, to visitors by `onRefusedForm` and to signed-in people by `onRefusedMemberForm`. */
const comesBack = {
  toVisitors: new Set(['/sign-up', '/login', '/password/forgot']),
  toMembers: new Set(['/settings/password']),
};

/**
 * Where the second tab of a form goes on whose first one succeeded, signed in or out; null: it gets the error page.
 * Signing out, which nobody needs to be told twice, and steps whose own pages know where their visitor belongs.
 */
async function onwards(req: Request): Promise<string | null> {
  const { userId } = req.session;
  if (req.path === '/logout') {
    if (!userId) return '/login';
    req.session.flash = {
      kind: 'info',
      text: `You've signed in as ${req.session.username} since you opened that page. To sign out, press the button again.`,
    };
    await saveSession(req);
    return '/profile';
  }
  // A browser that keeps no cookie would come by for ever.
  if (isOfLink.test(req.path) && req.get('cookie') === undefined) return null;
  if (userId && req.path.startsWith('/settings/sessions/')) return formPageOf(req.path);
  const back = userId ? comesBack.toMembers : comesBack.toVisitors;
  return back.has(req.path) ? null : leadingPage(req.path);
}

/**
 * The second press of a button whose first one began or ended a session comes with the cookie and token of before.
 * It carries nothing out and sets no cookie: it is led to its own page, which knows by the new cookie where its
 * visitor belongs. So is the second tab of a form that succeeded in the first.
 */
export function onDuplicateSubmit(endedLately: (req: Request) => Promise<boolean>): ErrorRequestHandler {
  return async (err, req, res, next) => {
    if (!(err instanceof ExpiredForm) || req.method !== 'POST') return next(err);
    const lately = await endedLately(req);
    // The session is gone, by its age, by hand or with all of Redis: nothing is carried out, and the door is where to begin.
    if (!req.session.userId && formPageOf(req.path))
      return res.redirect(303, (lately && leadingPage(req.path)) || signInFirst(req));
    if (lately) return res.redirect(303, leadingPage(req.path) ?? '/login');
    const onward = isFromOurPage(req) ? await onwards(req) : null;
    return onward ? res.redirect(303, onward) : next(err);
  };
}

/** A form's routes, and what answers when it was sent from a page that had been open too long, or too often. */
export interface FormRoutes {
  routes: Router;
  expiredForm: ErrorRequestHandler;
}

/** Whether a good form came at a bad time: a limit or a queue was full. */
function isFull(err: unknown): err is AppError {
  return err instanceof AppError && [429, 503].includes(err.status) && err.retryAfter !== null;
}

/** What a form says that comes back for this reason, with its status set; null where it does not come back. */
function whyBack(err: unknown, req: Request, res: Response): string | null {
  if (err instanceof ExpiredForm) {
    res.status(403);
    return req.session.userId ? expiredTextFor(req) : expiredText;
  }
  if (!isFull(err) || err.retryAfter === null) return null;
  res.status(err.status).set('Retry-After', String(Math.ceil(err.retryAfter)));
  return `${err.message} Please try again in ${waitInWords(err.retryAfter)}.`;
}

/** Whether an error is of a form sent to this path. What was refused further up the road has no session to ask. */
function isOf(path: string, err: unknown, req: Request): boolean {
  return (
    (err instanceof ExpiredForm || isFull(err)) &&
    req.method === 'POST' &&
    req.path === path &&
    req.session !== undefined
  );
}

/**
 * For forms that take time to fill in: shows the form again instead of an error page, when it had been left open (403), or
 * came when a limit was full (429, 503). Nothing was carried out. Stands after all routes.
 */
export function onRefusedForm(
  path: string,
  show: (req: Request, res: Response, why: string) => void,
): ErrorRequestHandler {
  return (err, req, res, next) => {
    if (!isOf(path, err, req)) return next(err);
    // Without a cookie it never had a session, and showing the form would begin one.
    if (req.get('cookie') === undefined || req.session.userId) return next(err);
    const why = whyBack(err, req, res);
    return why === null ? next(err) : show(req, res, why);
  };
}

/**
 * The same for forms of signed-in people: whoever signed out and in again in another tab gets back what was typed, with a
 * fresh token. That only where the browser says that our own page sent it: filled in by another site, a form with a
 * good token would need but one press.
 */
export function onRefusedMemberForm(
  path: string,
  guard: RequestHandler | RequestHandler[],
  show: (req: Request, res: Response, why: string) => unknown,
): ErrorRequestHandler {
  return (err, req, res, next) => {
    if (!isOf(path, err, req) || !req.session.userId) return next(err);
    if (err instanceof ExpiredForm && !isFromOurPage(req)) return next(err);
    const again = Router().post(path, guard, async () => {
      const why = whyBack(err, req, res);
      if (why !== null) await show(req, res, why);
    });
    return again(req, res, next);
  };
}
