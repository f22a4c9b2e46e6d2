import { type Request, type Response, Router } from 'express';
import { message, shownMoment } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import {
  type FormError,
  type FormValues,
  formView,
  prefilledView,
  readForm,
  takeFields,
  withoutSecrets,
} from '../../../web/forms/forms.ts';
import { shownAgainToVisitors, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { limitByAddress, perAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { visitorsOnly } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import { tellIfBegunElsewhere } from '../codes/begun-elsewhere.session.ts';
import { barredIdOf } from '../bans/barred.session.ts';
import type { CanText } from '../accounts/dial-countries.ts';
import { keepPending } from '../codes/pending.session.ts';
import type { Clients } from '../devices/client.ts';
import { addressLimits, minimumAge } from '../policy.ts';
import type { AgeLock } from './age-lock.session.ts';
import { birthDateIn, withMonthNumber } from './birthday.forms.ts';
import { languagesAsked, withLanguageCodes } from './language.forms.ts';
import { SignUpForm, signUpShape } from './sign-up.forms.ts';
import { forgetSignUp } from './sign-up.session.ts';
import { signUpPage } from './sign-up.page.ts';
import type { SignUp } from './sign-up.service.ts';

interface SignUpRoutesDeps {
  signUp: SignUp;
  challenges: Challenges;
  clients: Clients;
  limits: Limits;
  ageLock: AgeLock;
  mobileOffered: boolean;
  canText: CanText;
}

export const signUpBegunElsewhere = message('auth.signUp.begunElsewhere');

export function signUpRoutes({
  signUp,
  challenges,
  clients,
  limits,
  ageLock,
  mobileOffered,
  canText,
}: SignUpRoutesDeps): FormRoutes {
  const router = Router();
  const page = (req: Request, values: FormValues, errors: FormError[] = []) =>
    signUpPage(req, formView(signUpShape, values, errors), { mobileOffered, canText });
  /** With the languages of an address that says who is looked for, as the landing page's form makes it. */
  const firstPage = (req: Request) => {
    const asked = languagesAsked(req.query);
    const languages = asked ?? { nativeLanguage: '', learningLanguages: [] };
    const form = prefilledView(signUpShape, languages);
    return { ...signUpPage(req, form, { mobileOffered, canText }), filled: asked !== null };
  };
  const tooYoung = (res: Response, status: number, until: Date): void =>
    res.status(status).render('auth/too-young', {
      title: message('auth.signUp.tooYoung.title'),
      minAge: minimumAge,
      until: shownMoment(until),
    });

  const lockOut = async (req: Request, res: Response, until: Date): Promise<void> => {
    const { pendingSignUp } = req.session;
    if (pendingSignUp) {
      await challenges.end(pendingSignUp.challengeId);
      await forgetSignUp(req, pendingSignUp, { text: null, correct: false });
    }
    await ageLock.lock(req, res, until);
    return tooYoung(res, 422, until);
  };

  router.get('/sign-up', visitorsOnly, (req, res) => {
    const lockedUntil = ageLock.until(req);
    if (lockedUntil) return tooYoung(res, 403, lockedUntil);
    tellIfBegunElsewhere(req, signUpBegunElsewhere);
    const draft = req.session.signUpDraft;
    delete req.session.signUpDraft;
    return res.render('auth/sign-up', draft ? page(req, draft) : firstPage(req));
  });

  router.post(
    '/sign-up',
    visitorsOnly,
    limitByAddress(limits, 'sign-up', addressLimits.signUpForms),
    async (req, res) => {
      const names = namesFor(req);
      const typed = withLanguageCodes(withMonthNumber(bodyOf(req), names.locale), names);
      const input = readForm(signUpShape, SignUpForm, typed);
      const refuse = (errors: FormError[]) =>
        res.status(422).render('auth/sign-up', page(req, input.values, errors));
      const lockedUntil = ageLock.until(req);
      if (lockedUntil) return tooYoung(res, 422, lockedUntil);
      if (!input.ok) {
        // The age too, so that all mistakes show at once.
        const born = birthDateIn(input.values);
        const age = born && signUp.judgeAge(born);
        if (age && 'until' in age) return lockOut(req, res, age.until);
        return refuse([...input.errors, ...(age ? [{ name: 'dateOfBirth', text: age.slip }] : [])]);
      }

      const before = req.session.pendingSignUp;
      const draft = withoutSecrets(signUpShape, input.values);
      const started = await signUp.start(input.data, draft, perAddress('sends', req, addressLimits.sends), {
        deviceCookie: clients.deviceCookie(req),
        barredId: barredIdOf(req),
      });
      if (started.ok) {
        await keepPending(req, 'pendingSignUp', started.pending);
        await challenges.dispatch(started.challenge, req.words.locale);
        if (before) await challenges.end(before.challengeId);
        return res.redirect(303, '/sign-up/code');
      }
      switch (started.reason) {
        case 'invalid':
          return refuse(started.faults);
        case 'too-young':
          return lockOut(req, res, started.until);
        case 'too-often': {
          const { channel } = input.data.contact;
          const wait = setRetryAfter(res, started.waitMs);
          const text = message('auth.signUp.contact.error.tooOften', { channel, wait });
          return res.render('auth/sign-up', page(req, input.values, [{ name: channel, text }]));
        }
      }
    },
  );

  router.all('/sign-up', onlyMethods('GET', 'POST'));

  const shownAgain = shownAgainToVisitors((req, res, why) => {
    const lockedUntil = ageLock.until(req);
    if (lockedUntil) return tooYoung(res, res.statusCode, lockedUntil);
    const values = takeFields(signUpShape, withLanguageCodes(bodyOf(req), namesFor(req)));
    return res.render('auth/sign-up', page(req, values, [{ name: '', text: why }]));
  });
  return { routes: router, forms: { '/sign-up': { leadsTo: '/sign-up', shownAgain } } };
}
