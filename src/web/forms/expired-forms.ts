import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { waitInWords } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { signInFirst } from '../session/sign-in-first.ts';
import { sitePathsOf } from '../session/site-paths.ts';
import type { FormRules, RulesOf } from './form-rules.ts';

const openTooLong =
  "This page was open for too long, or you've signed in or out since. Please load it again and send the form once more.";
/** Every page with a form gives a cookie, so this browser keeps none. */
const noCookie =
  'ChatLink needs cookies to sign you in and to keep your forms safe, and your browser sent us none. Please allow cookies for this site, load the page again and send the form once more.';

/** Its token is of a session that has ended, in an old tab most often. Never carried out. */
export class ExpiredForm extends AppError {
  constructor(req: Request) {
    super(403, req.get('cookie') === undefined ? noCookie : openTooLong);
  }
}

/** With a fresh token. */
const expiredText =
  "This page was open for a while, so we haven't sent it. Please check it and press the button again.";

/** By name, since somebody else may have signed in since. */
function expiredTextFor(req: Request): string {
  return `You signed in as ${req.session.username} after opening this page, so we haven't saved anything yet. Please check it and press the button again.`;
}

const LEFT_OPEN = 'left-open'; // for `why` on a link's page whose button was pressed too late

/** To the page itself; null for a browser without cookies, which would come by for ever. */
export function leftOpenAgain(req: Request): string | null {
  return req.get('cookie') === undefined ? null : `${req.path}?why=${LEFT_OPEN}`;
}

/** By its own button, which may have done its work before. */
export function isPressedAgain(req: Request): boolean {
  return req.query.why === LEFT_OPEN;
}

/** On a link's page that still leads somewhere. */
export function tellLeftOpen(req: Request): void {
  const text =
    "This page was open for a while, so we haven't done anything yet. Please press the button again.";
  if (isPressedAgain(req)) req.session.flash ??= { kind: 'info', text };
}

/** By the browser's word; whatever says otherwise was refused before (`sameSiteOnly`). */
function isFromOurPage(req: Request): boolean {
  return req.get('sec-fetch-site') === 'same-origin' || req.get('origin') !== undefined;
}

function isShownAgainTo(req: Request, { shownAgain }: FormRules): boolean {
  return shownAgain?.to === (req.session.userId ? 'members' : 'visitors');
}

async function leadingPage(req: Request, { leadsTo }: FormRules): Promise<string | null> {
  return typeof leadsTo === 'function' ? leadsTo(req) : (leadsTo ?? null);
}

/**
 * A second press, or a second tab, comes with the cookie and token of before. It is led to its page, which knows by
 * the new cookie where its visitor belongs; nothing is carried out.
 */
export function onDuplicateSubmit(
  rulesOf: RulesOf,
  endedLately: (req: Request) => Promise<boolean>,
): ErrorRequestHandler {
  return async (err, req, res, next) => {
    if (!(err instanceof ExpiredForm) || req.method !== 'POST') return next(err);
    const rules = rulesOf(req.path) ?? {};
    const lately = await endedLately(req);
    // The session is gone (its age, by hand, all of Redis): begin by signing in.
    if (!req.session.userId && rules.page)
      return res.redirect(303, (lately && (await leadingPage(req, rules))) || signInFirst(req));
    if (lately) return res.redirect(303, (await leadingPage(req, rules)) ?? sitePathsOf(req).signIn);
    const leads = isFromOurPage(req) && !isShownAgainTo(req, rules);
    const onward = leads ? await leadingPage(req, rules) : null;
    return onward ? res.redirect(303, onward) : next(err);
  };
}

/** A good form at a bad time: a limit or a queue was full. */
function isFull(err: unknown): err is AppError {
  return err instanceof AppError && [429, 503].includes(err.status) && err.retryAfter !== null;
}

/** The reason in words; null where the form isn't shown again. */
function setStatusFor(err: unknown, req: Request, res: Response): string | null {
  if (err instanceof ExpiredForm) {
    res.status(403);
    return req.session.userId ? expiredTextFor(req) : expiredText;
  }
  if (!isFull(err) || err.retryAfter === null) return null;
  res.status(err.status).set('Retry-After', String(Math.ceil(err.retryAfter)));
  return `${err.message} Please try again in ${waitInWords(err.retryAfter)}.`;
}

/**
 * Without a cookie it would begin a session. A member's form must have been sent from our own page: filled in by
 * another site and shown again, it would need but one press.
 */
function mayBeShownAgain(err: unknown, req: Request): boolean {
  if (!req.session.userId) return req.get('cookie') !== undefined;
  return !(err instanceof ExpiredForm) || isFromOurPage(req);
}

/** Instead of an error page. Nothing was carried out. */
export function onRefusedForm(rulesOf: RulesOf): ErrorRequestHandler {
  return (err, req, res, next) => {
    // What was refused earlier has no session to ask.
    if (!(err instanceof ExpiredForm || isFull(err)) || req.method !== 'POST' || !req.session)
      return next(err);
    const rules = rulesOf(req.path);
    if (!rules?.shownAgain || !isShownAgainTo(req, rules) || !mayBeShownAgain(err, req)) return next(err);
    const { guards, show } = rules.shownAgain;
    const again = Router().use(...guards, async () => {
      const why = setStatusFor(err, req, res);
      if (why !== null) await show(req, res, why);
    });
    return again(req, res, next);
  };
}
