import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import type { Limits } from '../../platform/limits.ts';
import { visitorsOnly } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { forgetPending, signInto } from './auth.session.ts';
import type { Challenge } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import { type Answer, answerToGuess, type WordBack } from './code.answers.ts';
import { type CodeFlow, codeRoutes } from './code.routes.ts';
import type { Clients } from './client.session.ts';
import type { SendLimits } from './send-limits.ts';
import type { PendingSignUp, SignUp, Verified } from './sign-up.service.ts';

const runOut: WordBack = {
  text: 'This sign-up has run out. Please type your password again and send it once more.',
  correct: true,
};
const usernameGone: WordBack = {
  text: 'Somebody took this username while you were waiting for the code. Please choose another.',
  correct: true,
};

const answerTo = (refused: Exclude<Verified, { ok: true }>, challenge: Challenge | null): Answer => {
  if (refused.reason === 'username-taken') return { back: usernameGone };
  if (refused.reason === 'too-young') return { back: runOut };
  return answerToGuess(refused, challenge, runOut);
};

export interface SignUpCodeRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  sendLimits: SendLimits;
  clients: Clients;
  limits: Limits;
  clock: Clock;
}

/** `/sign-up/code`: the right code makes a person of a pending sign-up. */
export const signUpCodeRoutes = ({
  signUp,
  challenges,
  sendLimits,
  clients,
  ...rest
}: SignUpCodeRoutesDeps): Router => {
  const flow: CodeFlow<PendingSignUp> = {
    path: '/sign-up/code',
    startsAt: '/sign-up',
    challenges,
    guard: visitorsOnly,
    pendingOf: (req) => req.session.pendingSignUp,
    runOut,
    limitsOf: (challenge) => sendLimits.forContact(challenge),
    forget: (req, pending, word) =>
      forgetPending(req, 'pendingSignUp', pending, word, word.correct ? pending.draft : null),
    resentText: (reference) =>
      `We sent another code, for ${reference}. The one before does not work any more.`,
    words: ({ channel, destination }) => ({
      path: '/sign-up/code',
      purpose: 'sign-up',
      channel,
      destination: channel === 'email' ? maskEmail(destination) : maskPhone(destination),
    }),
    async tryCode(req, res, pending, typed) {
      const whence = clients.whence(req);
      const outcome = await signUp.verify(pending, typed, {
        ...whence,
        deviceCookie: clients.deviceCookie(req),
      });
      if (!outcome.ok) return { refused: (challenge) => answerTo(outcome, challenge) };
      clients.rememberDevice(res, outcome.deviceCookie);
      await signInto(req, outcome.account, {
        ...whence,
        now: rest.clock.now(),
        remember: null,
        flash: { kind: 'success', text: `Welcome to ChatLink, ${outcome.account.username}!` },
      });
      return { goOn: '/profile' };
    },
  };

  const router = codeRoutes(flow, rest);
  router.post('/sign-up/cancel', visitorsOnly, async (req, res) => {
    const pending = req.session.pendingSignUp;
    if (pending) {
      await challenges.end(pending.challengeId);
      await flow.forget(req, pending, { text: null, correct: true });
    }
    res.redirect(303, '/sign-up');
  });
  router.all('/sign-up/cancel', onlyMethods('POST'));
  return router;
};
