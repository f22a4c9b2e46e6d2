import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { signInFirst } from '../session/sign-in-first.ts';
import { sitePathsOf } from '../session/site-paths.ts';
import type { FormRules, RulesOf } from './form-rules.ts';

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

/** What `why` says on the page of a link: its button was pressed when the page had been open too long. */
const LEFT_OPEN = 'left-open';

/** Where the button of such a page leads back to: the page itself. A browser that keeps no cookie would come by for ever. */
export function leftOpenAgain(req: Request): string | null {
  return req.get('cookie') === undefined ? null : `${req.path}?why=${LEFT_OPEN}`;
}

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

/** Our own page sent it, says the browser; whatever says otherwise was refused before (`sameSiteOnly`). */
function isFromOurPage(req: Request): boolean {
  return req.get('sec-fetch-site') === 'same-origin' || req.get('origin') !== undefined;
}

/** Whether a form comes back to whoever sent it. */
function comesBackTo(req: Request, { comesBack }: FormRules): boolean {
  return comesBack?.to === (req.session.userId ? 'members' : 'visitors');
}

async function leadingPage(req: Request, { leadsTo }: FormRules): Promise<string | null> {
  return typeof leadsTo === 'function' ? leadsTo(req) : (leadsTo ?? null);
}

/**
 * The second press of a button whose first one began or ended a session comes with the cookie and token of before.
 * It carries nothing out and sets no cookie: it is led to its own page, which knows by the new cookie where its
 * visitor belongs. So is the second tab of a form that succeeded in the first.
 */
export function onDuplicateSubmit(
  rulesOf: RulesOf,
  endedLately: (req: Request) => Promise<boolean>,
): ErrorRequestHandler {
  return async (err, req, res, next) => {
    if (!(err instanceof ExpiredForm) || req.method !== 'POST') return next(err);
    const rules = rulesOf(req.path) ?? {};
    const lately = await endedLately(req);
    // The session is gone, by its age, by hand or with all of Redis: nothing is carried out, and the door is where to begin.
    if (!req.session.userId && rules.page)
      return res.redirect(303, (lately && (await leadingPage(req, rules))) || signInFirst(req));
    if (lately) return res.redirect(303, (await leadingPage(req, rules)) ?? sitePathsOf(req).signIn);
    const leads = isFromOurPage(req) && !comesBackTo(req, rules);
    const onward = leads ? await leadingPage(req, rules) : null;
    return onward ? res.redirect(303, onward) : next(err);
  };
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

/**
 * Without a cookie a visitor never had a session, and showing the form would begin one. A member's form comes back only
 * where the browser says that our own page sent it: filled in by another site, a form with a good token would need but
 * one press.
 */
function mayComeBack(err: unknown, req: Request): boolean {
  if (!req.session.userId) return req.get('cookie') !== undefined;
  return !(err instanceof ExpiredForm) || isFromOurPage(req);
}

/** Shows a form again instead of an error page, to those it comes back to. Nothing was carried out. */
export function onRefusedForm(rulesOf: RulesOf): ErrorRequestHandler {
  return (err, req, res, next) => {
    // What was refused further up the road has no session to ask.
    if (!(err instanceof ExpiredForm || isFull(err)) || req.method !== 'POST' || !req.session)
      return next(err);
    const rules = rulesOf(req.path);
    if (!rules?.comesBack || !comesBackTo(req, rules) || !mayComeBack(err, req)) return next(err);
    const { guards, show } = rules.comesBack;
    const again = Router().use(...guards, async () => {
      const why = whyBack(err, req, res);
      if (why !== null) await show(req, res, why);
    });
    return again(req, res, next);
  };
}
