import type { RequestHandler } from 'express';
import type { Clock } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import { isTypedContact } from '../codes/challenge.ts';
import { answerToGuess, type WordBack } from '../codes/code.answers.ts';
import { codeRoutes } from '../codes/code.routes.ts';
import { forgetPending } from '../codes/pending.session.ts';
import type { SendLimits } from '../codes/send-limits.ts';
import type { Clients } from '../devices/client.ts';
import { resetBegunElsewhere, signedOutOnly } from './recovery.routes.ts';
import type { PendingReset, Recovery } from './recovery.service.ts';
import { grantInto } from './recovery.session.ts';

const expired: WordBack = { text: message('auth.recovery.code.expired'), correct: false };

/** The owner was sent a link (decision 0012); for no account the text is the same. */
function linkInstead(wait: Message): Message {
  return message('auth.recovery.code.spent', { wait });
}

interface RecoveryCodeRoutesDeps {
  recovery: Recovery;
  challenges: Challenges;
  sendLimits: SendLimits;
  clients: Clients;
  limits: Limits;
  clock: Clock;
}

export function recoveryCodeRoutes({
  recovery,
  challenges,
  sendLimits,
  clients,
  ...rest
}: RecoveryCodeRoutesDeps): FormRoutes {
  /** Also for a second press of the button. */
  const skipWithGrant: RequestHandler = (req, res, next) => {
    if (req.session.pendingReset || !req.session.resetGrant) return next();
    return res.redirect(303, '/password/new');
  };

  return codeRoutes<PendingReset>(
    {
      path: '/password/code',
      form: { leadsTo: '/password/code' },
      startsAt: '/password/forgot',
      challenges,
      guard: [signedOutOnly, skipWithGrant],
      pendingOf: (req) => req.session.pendingReset,
      expired,
      begunElsewhereText: resetBegunElsewhere,
      resentText: (reference) => message('auth.recovery.code.resent', { reference }),
      limitNames: ['sends', 'password-forgot'],
      // A username isn't limited here: that would tell that it leads to a number.
      limitsOf: (challenge) => (isTypedContact(challenge) ? sendLimits.forTypedContact(challenge) : []),
      forget: (req, pending, word) => forgetPending(req, 'pendingReset', pending, word),
      words: (_challenge, { shown }) => ({
        path: '/password/code',
        purpose: 'reset',
        destination: shown.text,
        didYouMean: null,
        channel: shown.kind === 'email' || shown.kind === 'mobile' ? shown.kind : null,
      }),
      afterResend: (req, challenge, spent) =>
        spent || challenge.suppressed
          ? recovery.sendRecoveryLink(challenge, clients.infoOf(req))
          : Promise.resolve(),
      async tryCode(req, _res, pending, typed) {
        const outcome = await recovery.verify(pending, typed, clients.infoOf(req));
        if (!outcome.ok)
          return { refused: (challenge) => answerToGuess(outcome, challenge, expired, linkInstead) };
        await grantInto(req, outcome.grant);
        return { goOn: '/password/new' };
      },
    },
    rest,
  );
}
