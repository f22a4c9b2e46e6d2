import type { Clock } from '../../../kernel/clock.ts';
import { unavailable } from '../../../kernel/errors.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { visitorsOnly } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { sitePathsOf } from '../../../web/session/site-paths.ts';
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
  text: 'This sign-up has expired. Please enter your password again and send the form once more.',
  correct: true,
};
const usernameGone: WordBack = {
  text: 'Someone took this username while you were waiting for the code. Please choose another.',
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
    guard: visitorsOnly,
    pendingOf: (req) => req.session.pendingSignUp,
    expired,
    begunElsewhereText: signUpBegunElsewhere,
    limitNames: ['sends', 'sign-up'],
    limitsOf: (challenge) => sendLimits.forTypedContact(challenge),
    forget: forgetSignUp,
    resentText: (reference) => `We've sent a new code in message ${reference}. The old one no longer works.`,
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
        text: `Your account is ready, ${pending.username}. Sign in with the password you chose.`,
      };
      await saveSession(req);
      return '/login';
    },
    async tryCode(req, res, pending, typed) {
      const client = clients.infoOf(req);
      const outcome = await signUp.verify(pending, typed, {
        ...client,
        deviceCookie: clients.deviceCookie(req),
        locale: req.words.locale,
      });
      if (!outcome.ok) return { refused: (challenge) => answerTo(outcome, challenge) };
      clients.rememberDevice(res, outcome.deviceCookie);
      await signInto(req, outcome.account, {
        ...client,
        now: rest.clock.now(),
        remember: null,
        flash: { kind: 'success', text: `Welcome to ChatLink, ${outcome.account.username}!` },
      }).catch((err: unknown) => {
        // The account exists; another press of this code could only say that it is spent.
        throw unavailable(
          "Your account is ready, but we couldn't sign you in. Please sign in in a moment.",
          5,
          err,
        );
      });
      return { goOn: sitePathsOf(req).start };
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
