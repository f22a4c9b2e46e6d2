import type { RequestHandler, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Limits } from '../../platform/limits.ts';
import { forgetPending, grantInto } from './auth.session.ts';
import { isTypedContact } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import type { Clients } from './client.session.ts';
import { answerToGuess, type WordBack } from './code.answers.ts';
import { codeRoutes } from './code.routes.ts';
import { signedOutOnly } from './recovery.routes.ts';
import type { PendingReset, Recovery } from './recovery.service.ts';
import type { SendLimits } from './send-limits.ts';

const runOut: WordBack = { text: 'This code has run out. Please ask for another one.', correct: false };

export interface RecoveryCodeRoutesDeps {
  recovery: Recovery;
  challenges: Challenges;
  sendLimits: SendLimits;
  clients: Clients;
  limits: Limits;
  clock: Clock;
}

/** `/password/code`: the right code gives the right to set a new password. */
export const recoveryCodeRoutes = ({
  recovery,
  challenges,
  sendLimits,
  clients,
  ...rest
}: RecoveryCodeRoutesDeps): Router => {
  /** Who has typed the right code goes on; a second press of its button as well. */
  const provedAlready: RequestHandler = (req, res, next) => {
    if (req.session.pendingReset || !req.session.resetGrant) return next();
    return res.redirect(303, '/password/new');
  };

  return codeRoutes<PendingReset>(
    {
      path: '/password/code',
      startsAt: '/password/forgot',
      challenges,
      guard: (req, res, next) =>
        signedOutOnly(req, res, (err?: unknown) => (err ? next(err) : provedAlready(req, res, next))),
      pendingOf: (req) => req.session.pendingReset,
      runOut,
      resentText: (reference) =>
        `If there is such an account, another code is on its way, for ${reference}. The one before does not work any more.`,
      // What a username leads to is limited where it is sent: here it would tell that it leads to a number.
      limitsOf: (challenge) => (isTypedContact(challenge) ? sendLimits.forContact(challenge) : []),
      forget: (req, pending, word) => forgetPending(req, 'pendingReset', pending, word),
      words: (_challenge, { shown }) => ({
        path: '/password/code',
        purpose: 'reset',
        destination: shown.text,
        channel: shown.kind === 'email' || shown.kind === 'mobile' ? shown.kind : null,
      }),
      afterResend: (req, challenge, spent) =>
        spent || challenge.muted ? recovery.openLane(challenge, clients.whence(req)) : Promise.resolve(),
      async tryCode(req, _res, pending, typed) {
        const outcome = await recovery.verify(pending, typed, clients.whence(req));
        if (!outcome.ok) return { refused: (challenge) => answerToGuess(outcome, challenge, runOut) };
        await grantInto(req, outcome.grant);
        return { goOn: '/password/new' };
      },
    },
    rest,
  );
};
