import type { Clock } from '../../../kernel/clock.ts';
import { unavailable } from '../../../kernel/errors.ts';
import { message } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { joinersOnly, visitorsOnly } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
import { barredIdOf } from '../bans/barred.session.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import type { Challenge } from '../codes/challenge.ts';
import { type Answer, answerToGuess, type WordBack } from '../codes/code.answers.ts';
import { typedHere } from '../codes/code.page.ts';
import { type CodeFlow, codeRoutes } from '../codes/code.routes.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { Clients } from '../devices/client.ts';
import { rememberName } from '../sessions/next-sign-in.session.ts';
import { signInto } from '../sessions/sign-into.session.ts';
import { signUpBegunElsewhere } from './sign-up.routes.ts';
import type { PendingSignUp, SignUp, SignUpVerified } from './sign-up.service.ts';
import { forgetSignUp } from './sign-up.session.ts';

const expired: WordBack = {
  text: message('auth.signUp.expired'),
  correct: true,
};
const usernameGone: WordBack = {
  text: message('auth.signUp.usernameGone'),
  correct: true,
};

function answerTo(refused: Exclude<SignUpVerified, { ok: true }>, challenge: Challenge | null): Answer {
  if (refused.reason === 'username-taken') return { back: usernameGone };
  if (refused.reason === 'too-young') return { back: expired };
  return answerToGuess(refused, challenge, expired);
}

interface SignUpCodeRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  sendLimits: SendLimits;
  clients: Clients;
  limits: Limits;
  clock: Clock;
}

export function signUpCodeRoutes({
  signUp,
  challenges,
  sendLimits,
  clients,
  ...rest
}: SignUpCodeRoutesDeps): FormRoutes {
  const flow: CodeFlow<PendingSignUp> = {
    path: '/sign-up/code',
    form: { leadsTo: '/sign-up/code' },
    startsAt: '/sign-up',
    challenges,
    guard: joinersOnly,
    pendingOf: (req) => req.session.pendingSignUp,
    expired,
    begunElsewhereText: signUpBegunElsewhere,
    limitNames: ['sends', 'sign-up'],
    limitsOf: (challenge) => sendLimits.forTypedContact(challenge),
    forget: forgetSignUp,
    resentText: (reference) => message('auth.code.resend.done', { reference }),
    words: ({ channel, destination }) => ({
      path: '/sign-up/code',
      purpose: 'sign-up',
      channel,
      ...typedHere(channel, destination),
    }),
    async doneBefore(req, pending) {
      if (!(await signUp.hasJoined(pending))) return null;
      await forgetSignUp(req, pending, { text: null, correct: false });
      rememberName(req, pending.username);
      req.session.flash = {
        kind: 'success',
        text: message('auth.signUp.ready', { username: pending.username }),
      };
      await saveSession(req);
      return '/login';
    },
    async tryCode(req, res, pending, typed) {
      const client = clients.infoOf(req);
      const outcome = await signUp.verify(pending, typed, {
        ...client,
        deviceCookie: clients.deviceCookie(req),
        barredId: barredIdOf(req),
        locale: req.words.locale,
      });
      if (!outcome.ok) return { refused: (challenge) => answerTo(outcome, challenge) };
      clients.rememberDevice(res, outcome.deviceCookie);
      await signInto(req, outcome.account, {
        ...client,
        now: rest.clock.now(),
        remember: null,
        flash: {
          kind: 'success',
          text: message('auth.signUp.welcome', { username: outcome.account.username }),
        },
        fill: (session) => void (session.firstMinute = 0),
      }).catch((err: unknown) => {
        // The account exists; another press of this code could only say that it is spent.
        throw unavailable(message('auth.signUp.notSignedIn'), 5, err);
      });
      return { goOn: sitePathsOf(req).welcome };
    },
  };

  const { routes, forms } = codeRoutes(flow, rest);
  routes.post('/sign-up/cancel', visitorsOnly, async (req, res) => {
    const pending = req.session.pendingSignUp;
    if (pending) {
      await challenges.end(pending.challengeId);
      await flow.forget(req, pending, { text: null, correct: true });
    }
    res.redirect(303, '/sign-up');
  });
  routes.all('/sign-up/cancel', onlyPost('/sign-up'));
  return { routes, forms: { ...forms, '/sign-up/cancel': { leadsTo: '/sign-up' } } };
}
