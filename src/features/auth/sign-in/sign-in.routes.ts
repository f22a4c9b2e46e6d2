import { type Request, Router } from 'express';
import { z } from 'zod';
import { parseLocalPath } from '../../../kernel/local-path.ts';
import { issue, message, type Message } from '../../../kernel/message.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { type FormError, type FormShape, formView, readForm, takeFields } from '../../../web/forms/forms.ts';
import { shownAgainToVisitors, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { cookieOptions, hostCookie, readCookie } from '../../../web/request/cookies.ts';
import { perAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { neverCompressed } from '../../../web/send-text.ts';
import { visitorsOnly } from '../../../web/session/guards.ts';
import { endSession, saveSession } from '../../../web/session/session.ts';
import { SIGNED_OUT } from '../../../web/session/sign-in-first.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { barredIdOf, enterBarred } from '../bans/barred.session.ts';
import type { Clients } from '../devices/client.ts';
import type { SecurityEvents } from '../history/security-events.service.ts';
import { addressLimits, farewellLifetime } from '../policy.ts';
import { rememberTyped } from '../sessions/next-sign-in.session.ts';
import { secondStepPath, waitForSecondStep } from '../second-factor/second-step.session.ts';
import type { Entry } from './entry.session.ts';
import type { SignIn } from './sign-in.service.ts';

const shape: FormShape = { texts: ['identifier', 'password', 'remember', 'next'], secrets: ['password'] };

const LoginForm = z.object({
  identifier: z.string().refine((typed) => typed.trim() !== '', issue('auth.signIn.identifier.empty')),
  password: z.string().min(1, issue('auth.signIn.password.empty')),
  remember: z.enum(['', 'on'], issue('auth.signIn.remember.fault')),
  next: z.string().transform((path) => parseLocalPath(path)),
});

interface Notice {
  kind: 'success' | 'info';
  text: Message;
}

/** Null: they came to sign in. */
function whyAsked(found: { left: boolean; next: string; lost: boolean }): Notice | null {
  if (found.lost) return { kind: 'info', text: message('web.session.signedOut') };
  if (found.next) return { kind: 'info', text: message('auth.signIn.notice.forPage') };
  return found.left ? { kind: 'success', text: message('auth.signIn.notice.left') } : null;
}

/** After "Sign out" on a page left open too long: nobody needs to be told twice. */
async function afterLogout(req: Request): Promise<string> {
  const { userId, username = '' } = req.session;
  if (!userId) return '/login';
  req.session.flash = { kind: 'info', text: message('auth.signIn.signedInSince', { username }) };
  await saveSession(req);
  return sitePathsOf(req).start;
}

interface SignInRoutesDeps {
  signIn: SignIn;
  entry: Entry;
  clients: Clients;
  events: SecurityEvents;
  secure: boolean;
}

export function signInRoutes({ signIn, entry, clients, events, secure }: SignInRoutesDeps): FormRoutes {
  const router = Router();

  // The session has ended, so a cookie carries the message.
  const farewell = hostCookie('bye', secure);

  const page = (
    values: Record<string, string | string[]>,
    errors: FormError[] = [],
    notice: Notice | null = null,
  ) => ({
    title: message('auth.signIn.title'),
    form: formView(shape, values, errors),
    notice,
    next: parseLocalPath(values.next) ?? '',
  });

  router.get('/login', visitorsOnly, (req: Request, res) => {
    const left = readCookie(req, farewell) !== '';
    if (left) res.clearCookie(farewell, cookieOptions(secure));
    const asked = parseLocalPath(req.query.next) ?? '';
    const next = asked || (req.session.afterSignIn ?? '');
    const notice = whyAsked({ left, next: asked, lost: req.query.why === SIGNED_OUT });
    const identifier = req.session.knownAs ?? '';
    // What an address says stands beside somebody's email address: its length would tell a guess (docs/decisions/0047).
    if (asked && identifier) neverCompressed(res);
    res.render('auth/login', page({ next, identifier }, [], notice));
  });

  router.post('/login', async (req, res) => {
    const input = readForm(shape, LoginForm, bodyOf(req));
    const { start } = sitePathsOf(req);
    if (req.session.userId) return res.redirect(303, start);
    if (!input.ok) {
      res.status(422);
      return res.render('auth/login', page(input.values, input.errors));
    }
    const { identifier, password, remember, next } = input.data;
    const client = clients.infoOf(req);
    const outcome = await signIn.attempt(identifier, password, {
      ...client,
      perAddress: perAddress('failed-sign-ins', req, addressLimits.failedSignIns),
      deviceCookie: clients.deviceCookie(req),
    });
    if (outcome.ok) {
      await entry(req, res, outcome, remember === 'on');
      return res.redirect(303, next ?? start);
    }
    if (outcome.reason === 'barred') {
      clients.rememberDevice(res, outcome.deviceCookie);
      await enterBarred(req, outcome.account);
      return res.redirect(303, sitePathsOf(req).barred);
    }
    if (outcome.reason === 'second-step') {
      await waitForSecondStep(req, { id: outcome.run, remember: remember === 'on', next });
      return res.redirect(303, secondStepPath);
    }
    rememberTyped(req, identifier);
    const refuse = (name: string, text: Message) =>
      res.render('auth/login', page(input.values, [{ name, text }]));
    if (outcome.reason === 'wrong') {
      res.status(422);
      return refuse('identifier', message('auth.signIn.wrong'));
    }
    const wait = setRetryAfter(res, outcome.waitMs);
    return refuse('', message('auth.signIn.tooOften', { wait }));
  });
  router.all('/login', onlyMethods('GET', 'POST'));

  router.post('/logout', async (req, res) => {
    const { userId } = req.session;
    const whose = userId ?? barredIdOf(req);
    await endSession(req);
    res.clearCookie(hostCookie('sid', secure), cookieOptions(secure));
    if (whose) {
      res.cookie(farewell, '1', { ...cookieOptions(secure), maxAge: farewellLifetime });
      await events.note('signed_out', 'done', whose, clients.infoOf(req));
    }
    // Not "storage": what other people of this browser have not sent lies there.
    res.set('Clear-Site-Data', '"cache"');
    res.redirect(303, '/login');
  });
  router.all(
    '/logout',
    onlyPost((req) => sitePathsOf(req).settings),
  );

  const shownAgain = shownAgainToVisitors((req, res, why) =>
    res.render('auth/login', page(takeFields(shape, bodyOf(req)), [{ name: '', text: why }])),
  );
  return {
    routes: router,
    forms: { '/login': { leadsTo: '/login', shownAgain }, '/logout': { leadsTo: afterLogout } },
  };
}
