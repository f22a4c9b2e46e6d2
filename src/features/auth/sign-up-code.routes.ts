import { type Request, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { tooOften } from '../../kernel/errors.ts';
import type { Limits } from '../../platform/limits.ts';
import { bodyOf } from '../../web/body.ts';
import { formView, readForm } from '../../web/forms.ts';
import { visitorsOnly } from '../../web/guards.ts';
import { limitByAddress, perAddress } from '../../web/limit.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import type { Challenge } from './challenge.ts';
import type { Challenges } from './challenge.service.ts';
import { answerTo, runOut, type WordBack, whyNotResent } from './sign-up-code.answers.ts';
import { codePage, deliveryState, resendState } from './code-page.ts';
import { addressLimits } from './policy.ts';
import type { SendLimits } from './send-limits.ts';
import { CodeForm, codeShape } from './sign-up.forms.ts';
import type { PendingSignUp, SignUp } from './sign-up.service.ts';
import { forgetPending, signInto } from './auth.session.ts';

export interface SignUpCodeRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  sendLimits: SendLimits;
  limits: Limits;
  clock: Clock;
}

/** `/sign-up/code` and what hangs on it. Without a live challenge every step leads back to the form. */
export const signUpCodeRoutes = ({
  signUp,
  challenges,
  sendLimits,
  limits,
  clock,
}: SignUpCodeRoutesDeps): Router => {
  const router = Router();

  const show = (res: Response, challenge: Challenge, error: string | null = null, name = 'code') => {
    const errors = error ? [{ name, text: error }] : [];
    res.render('auth/sign-up-code', codePage(challenge, formView(codeShape, {}, errors), clock.now()));
  };
  const tooOftenPage = (
    res: Response,
    challenge: Challenge,
    text: string,
    waitMs: number,
    field = 'code',
  ) => {
    res.status(429).set('Retry-After', String(Math.ceil(waitMs / 1000)));
    show(res, challenge, text, field);
  };
  const backToForm = async (req: Request, res: Response, pending: PendingSignUp, word: WordBack) => {
    await forgetPending(req, pending, word);
    res.redirect(303, '/sign-up');
  };
  /** The live challenge of this session; where there is none, the visitor has been sent to the form. */
  const liveOrLeave = async (req: Request, res: Response): Promise<Challenge | null> => {
    const pending = req.session.pendingSignUp;
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge && pending) await backToForm(req, res, pending, runOut);
    else if (!challenge) res.redirect(303, '/sign-up');
    return challenge;
  };

  router.use('/sign-up/code', visitorsOnly);

  router.get('/sign-up/code', async (req, res) => {
    const challenge = await liveOrLeave(req, res);
    if (!challenge) return;
    req.session.pendingSignUp!.seenSends = challenge.sends;
    show(res, challenge);
  });

  router.post('/sign-up/code', limitByAddress(limits, 'codes', addressLimits.codes), async (req, res) => {
    const { code } = readForm(codeShape, CodeForm, bodyOf(req)).values;
    const pending = req.session.pendingSignUp;
    if (!pending) return res.redirect(303, '/sign-up');

    const outcome = await signUp.verify(pending, String(code));
    if (outcome.ok) {
      await signInto(req, outcome.account, null);
      req.session.flash = { kind: 'success', text: `Welcome to ChatLink, ${outcome.account.username}!` };
      await saveSession(req);
      return res.redirect(303, '/profile');
    }
    const challenge = await challenges.live(pending.challengeId);
    const answer = answerTo(outcome, challenge);
    if ('back' in answer || !challenge)
      return backToForm(req, res, pending, 'back' in answer ? answer.back : runOut);
    if (answer.waitMs !== null) return tooOftenPage(res, challenge, answer.stay, answer.waitMs);
    res.status(422);
    return show(res, challenge, answer.stay);
  });
  router.all('/sign-up/code', onlyMethods('GET', 'POST'));

  router.get('/sign-up/code/status', async (req, res) => {
    const pending = req.session.pendingSignUp;
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge) return res.status(404).json({ delivery: 'gone' });
    const { state, text } = deliveryState(challenge, clock.now());
    return res.json({ delivery: state, text, resend: resendState(challenge, clock.now()) });
  });
  router.all('/sign-up/code/status', onlyMethods('GET'));

  router.post('/sign-up/code/resend', async (req, res) => {
    const challenge = await liveOrLeave(req, res);
    if (!challenge) return;
    const taken = await limits.take([
      perAddress('sends', req, addressLimits.sends),
      ...sendLimits.forContact(challenge),
    ]);
    if (!taken.ok) throw tooOften('There were too many messages to your network.', taken.waitMs / 1000);

    const resent = await challenges.resend(challenge.id, req.session.pendingSignUp!.seenSends);
    if (resent.ok) {
      req.session.flash = {
        kind: 'info',
        text: `We sent another code, for ${resent.challenge.reference}. The one before does not work any more.`,
      };
      await saveSession(req);
      return res.redirect(303, '/sign-up/code');
    }
    await taken.giveBack();
    if (resent.reason === 'dead') return backToForm(req, res, req.session.pendingSignUp!, runOut);
    if (resent.reason === 'duplicate') return res.redirect(303, '/sign-up/code');
    const { text, waitMs } = whyNotResent(resent, challenge, clock.now());
    return tooOftenPage(res, challenge, text, waitMs, '');
  });
  router.all('/sign-up/code/resend', onlyMethods('POST'));

  router.post('/sign-up/cancel', visitorsOnly, async (req, res) => {
    const pending = req.session.pendingSignUp;
    if (pending) {
      await challenges.end(pending.challengeId);
      await forgetPending(req, pending, { text: null, correct: true });
    }
    res.redirect(303, '/sign-up');
  });
  router.all('/sign-up/cancel', onlyMethods('POST'));

  return router;
};
