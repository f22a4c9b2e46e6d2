import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { durationOf } from '../../kernel/duration.ts';
import { AppError } from '../../kernel/errors.ts';
import { message, type Message } from '../../kernel/message.ts';
import { signInFirst } from '../session/sign-in-first.ts';
import { sitePathsOf } from '../session/site-paths.ts';
import type { FormRules, RulesOf } from './form-rules.ts';

/** Its token is of a session that has ended, in an old tab most often. Never carried out. */
export class ExpiredForm extends AppError {
  constructor(req: Request) {
    // Every page with a form gives a cookie, so a browser without any keeps none.
    const isWithout = req.get('cookie') === undefined;
    super(403, message(isWithout ? 'web.expired.noCookie' : 'web.expired.openTooLong'));
  }
}

/** By name, since somebody else may have signed in since. */
function expiredText({ session }: Request): Message {
  return session.userId
    ? message('web.expired.otherMember', { username: session.username ?? '' })
    : message('web.expired.notSent');
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
  if (isPressedAgain(req)) req.session.flash ??= { kind: 'info', text: message('web.expired.link') };
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

/** The reason; null where the form isn't shown again. */
function setStatusFor(err: unknown, req: Request, res: Response): Message | null {
  if (err instanceof ExpiredForm) {
    res.status(403);
    return expiredText(req);
  }
  if (!isFull(err) || err.retryAfter === null) return null;
  res.status(err.status).set('Retry-After', String(Math.ceil(err.retryAfter)));
  return message('web.error.textAndRetry', { text: err.said, wait: durationOf(err.retryAfter) });
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
