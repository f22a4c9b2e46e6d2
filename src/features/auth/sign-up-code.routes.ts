import { type Request, type Response, Router } from 'express';
import { type Clock, waitInWords } from '../../kernel/clock.ts';
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
import { codePage, deliveryState, resendState } from './code-page.ts';
import { addressLimits } from './policy.ts';
import type { SendLimits } from './send-limits.ts';
import { CodeForm, codeShape } from './sign-up.forms.ts';
import type { SignUp } from './sign-up.service.ts';
import { forgetPending, signInto } from './sign-up.session.ts';

export interface SignUpCodeRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  sendLimits: SendLimits;
  limits: Limits;
  clock: Clock;
}

const startAgain = 'This sign-up has run out. Please start again; it takes a minute.';

/** `/sign-up/code` and what hangs on it. Without a live challenge every step leads back to the form. */
export const signUpCodeRoutes = ({
  signUp,
  challenges,
  sendLimits,
  limits,
  clock,
}: SignUpCodeRoutesDeps): Router => {
  const router = Router();

  const show = (res: Response, challenge: Challenge, error: string | null = null) => {
    const errors = error ? [{ name: 'code', text: error }] : [];
    res.render('auth/sign-up-code', codePage(challenge, formView(codeShape, {}, errors), clock.now()));
  };
  const later = (res: Response, status: number, wait: number) =>
    res.status(status).set('Retry-After', String(Math.ceil(wait / 1000)));
  const backToForm = async (req: Request, res: Response, text: string | null) => {
    await forgetPending(req, text);
    res.redirect(303, '/sign-up');
  };
  /** The live challenge of this session; where there is none, the visitor has been sent to the form. */
  const liveOrLeave = async (req: Request, res: Response): Promise<Challenge | null> => {
    const pending = req.session.pendingSignUp;
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge && pending) await backToForm(req, res, startAgain);
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
    switch (outcome.reason) {
      case 'username-taken':
        return backToForm(
          req,
          res,
          'Somebody took this username while you were waiting for the code. Please choose another.',
        );
      case 'too-young':
      case 'dead':
        return backToForm(req, res, startAgain);
      case 'wrong':
        if (outcome.attemptsLeft === 0)
          return backToForm(
            req,
            res,
            'That was the fifth wrong code, so we stopped here. Please start again.',
          );
    }
    const challenge = await liveOrLeave(req, res);
    if (!challenge) return;
    switch (outcome.reason) {
      case 'spent':
        later(res, 429, outcome.waitMs);
        return show(
          res,
          challenge,
          `Too many wrong codes for this address. Please try again in ${waitInWords(outcome.waitMs / 1000)}.`,
        );
      case 'malformed':
        res.status(422);
        return show(res, challenge, 'Enter the six digits of your code.');
      case 'expired':
        res.status(422);
        return show(res, challenge, 'This code has expired. Send another one below.');
      case 'wrong':
        res.status(422);
        return show(res, challenge, `This is not the code we sent for ${challenge.reference}.`);
    }
  });
  router.all('/sign-up/code', onlyMethods('GET', 'POST'));

  router.get('/sign-up/code/status', async (req, res) => {
    const pending = req.session.pendingSignUp;
    const challenge = pending ? await challenges.live(pending.challengeId) : null;
    if (!challenge) return res.status(404).json({ delivery: 'gone' });
    const { state, text } = deliveryState(challenge, clock.now());
    return res.json({ delivery: state, text, resend: resendState(challenge, clock.now()) });
  });

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
    switch (resent.reason) {
      case 'dead':
        return backToForm(req, res, startAgain);
      case 'duplicate':
        return res.redirect(303, '/sign-up/code');
      case 'no-resends':
        later(res, 429, challenge.endsAt.getTime() - clock.now().getTime());
        return show(
          res,
          challenge,
          'No more codes can be sent for this sign-up. Try the latest one, or start over.',
        );
      case 'waiting':
      case 'spent':
        later(res, 429, resent.waitMs);
        return show(res, challenge, `You can send another code in ${waitInWords(resent.waitMs / 1000)}.`);
    }
  });
  router.all('/sign-up/code/resend', onlyMethods('POST'));

  router.post('/sign-up/cancel', visitorsOnly, async (req, res) => {
    const pending = req.session.pendingSignUp;
    if (pending) {
      await challenges.end(pending.challengeId);
      await forgetPending(req, null);
    }
    res.redirect(303, '/sign-up');
  });
  router.all('/sign-up/cancel', onlyMethods('POST'));

  return router;
};
