import { type Request, Router } from 'express';
import { type Clock, waitInWords } from '../../kernel/clock.ts';
import type { Limits } from '../../platform/limits.ts';
import { bodyOf } from '../../web/body.ts';
import { type FormRoutes, onStaleForm, staleText } from '../../web/stale-forms.ts';
import {
  type FormError,
  type FormValues,
  formView,
  readForm,
  takeFields,
  withoutSecrets,
} from '../../web/forms.ts';
import { visitorsOnly } from '../../web/guards.ts';
import { limitByAddress, perAddress } from '../../web/limit.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import type { Challenges } from './challenge.service.ts';
import { addressLimits, minimumAge } from './policy.ts';
import { SignUpForm, signUpShape } from './sign-up.forms.ts';
import { signUpPage } from './sign-up.page.ts';
import type { SignUp } from './sign-up.service.ts';
import { keepPending } from './auth.session.ts';

export interface SignUpRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  limits: Limits;
  clock: Clock;
  mobileOffered: boolean;
  texted: (country: string) => boolean;
}

/** `/sign-up`: the form. */
export const signUpRoutes = ({
  signUp,
  challenges,
  limits,
  clock,
  mobileOffered,
  texted,
}: SignUpRoutesDeps): FormRoutes => {
  const router = Router();
  const page = (req: Request, values: FormValues = {}, errors: FormError[] = []) =>
    signUpPage(req, formView(signUpShape, values, errors), { mobileOffered, texted, now: clock.now() });
  const tooYoung: FormError = {
    name: 'dateOfBirth',
    text: `You need to be ${minimumAge} or older to join ChatLink.`,
  };

  const stillTooYoung: FormError = {
    name: 'dateOfBirth',
    text: `An earlier date of birth said that you are under ${minimumAge}, so we cannot continue in this browser for now.`,
  };

  router.get('/sign-up', visitorsOnly, (req, res) => {
    const draft = req.session.signUpDraft;
    delete req.session.signUpDraft;
    res.render('auth/sign-up', page(req, draft));
  });

  router.post(
    '/sign-up',
    visitorsOnly,
    limitByAddress(limits, 'sign-up', addressLimits.signUpForms),
    async (req, res) => {
      const input = readForm(signUpShape, SignUpForm, bodyOf(req));
      const refuse = (errors: FormError[]) =>
        res.status(422).render('auth/sign-up', page(req, input.values, errors));
      if (req.session.tooYoung) return refuse([stillTooYoung]);
      if (!input.ok) return refuse(input.errors);

      const before = req.session.pendingSignUp;
      const draft = withoutSecrets(signUpShape, input.values);
      const started = await signUp.start(input.data, draft, perAddress('sends', req, addressLimits.sends));
      if (started.ok) {
        await keepPending(req, { pendingSignUp: started.pending });
        await challenges.dispatch(started.challenge);
        if (before) await challenges.end(before.challengeId);
        return res.redirect(303, '/sign-up/code');
      }
      switch (started.reason) {
        case 'invalid':
          return refuse(started.errors);
        case 'too-young':
          req.session.tooYoung = true;
          await saveSession(req);
          return refuse([tooYoung]);
        case 'too-often': {
          const wait = Math.ceil(started.waitMs / 1000);
          const text = `Too many codes were sent to this ${input.data.contact.channel === 'email' ? 'address' : 'number'} or from your network. Please try again in ${waitInWords(wait)}.`;
          res.set('Retry-After', String(wait));
          return res
            .status(429)
            .render('auth/sign-up', page(req, input.values, [{ name: input.data.contact.channel, text }]));
        }
      }
    },
  );

  router.all('/sign-up', onlyMethods('GET', 'POST'));

  const staleForm = onStaleForm('/sign-up', (req, res) =>
    res.render(
      'auth/sign-up',
      page(req, takeFields(signUpShape, bodyOf(req)), [{ name: '', text: staleText }]),
    ),
  );
  return { routes: router, staleForm };
};
