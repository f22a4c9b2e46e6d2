import { type Request, type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { issue, message } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import {
  type FormError,
  type FormShape,
  type FormValues,
  formView,
  readForm,
  takeFields,
} from '../../../web/forms/forms.ts';
import { shownAgainToVisitors, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { limitByAddress, perAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { lets } from '../../../web/routes.ts';
import { mayBeSomebody, readIdentifier } from '../accounts/identifier.ts';
import type { Challenges } from '../codes/challenge.service.ts';
import { tellIfBegunElsewhere } from '../codes/begun-elsewhere.session.ts';
import { keepPending } from '../codes/pending.session.ts';
import type { Clients } from '../devices/client.ts';
import { addressLimits } from '../policy.ts';
import { rememberTyped } from '../sessions/next-sign-in.session.ts';
import type { Recovery } from './recovery.service.ts';

const shape: FormShape = { texts: ['identifier'] };

const ForgotForm = z.object({
  identifier: z
    .string()
    .refine((typed) => typed.trim() !== '', {
      error: issue('auth.recovery.identifier.empty'),
      abort: true,
    })
    .refine((typed) => mayBeSomebody(readIdentifier(typed)), issue('auth.recovery.identifier.nobody')),
});

export const resetBegunElsewhere = message('auth.recovery.code.elsewhere');

export const signedOutOnly: RequestHandler = lets('visitor', (req, res, next) => {
  if (!req.session.userId) return next();
  req.session.flash = { kind: 'info', text: message('auth.recovery.signedIn') };
  res.redirect(303, '/settings/password');
});

interface RecoveryRoutesDeps {
  recovery: Recovery;
  challenges: Challenges;
  clients: Clients;
  limits: Limits;
}

/** The next page is the same for everybody. */
export function recoveryRoutes({ recovery, challenges, clients, limits }: RecoveryRoutesDeps): FormRoutes {
  const router = Router();
  const page = (values: FormValues = {}, errors: FormError[] = []) => ({
    title: message('auth.recovery.title'),
    form: formView(shape, values, errors),
  });

  router.get('/password/forgot', signedOutOnly, (req: Request, res) => {
    tellIfBegunElsewhere(req, resetBegunElsewhere);
    res.render('auth/forgot', page({ identifier: req.session.knownAs ?? '' }));
  });

  router.post(
    '/password/forgot',
    signedOutOnly,
    limitByAddress(limits, 'password-forgot', addressLimits.resetForms),
    async (req: Request, res) => {
      const input = readForm(shape, ForgotForm, bodyOf(req));
      if (!input.ok) return res.status(422).render('auth/forgot', page(input.values, input.errors));

      rememberTyped(req, input.data.identifier);
      const before = req.session.pendingReset;
      const started = await recovery.start(
        input.data.identifier,
        perAddress('sends', req, addressLimits.sends),
        clients.infoOf(req),
      );
      if (!started.ok) {
        const wait = setRetryAfter(res, started.waitMs);
        const text = message('auth.recovery.identifier.tooOften', { wait });
        return res.render('auth/forgot', page(input.values, [{ name: 'identifier', text }]));
      }
      await keepPending(req, 'pendingReset', started.pending);
      await challenges.dispatch(started.challenge, req.words.locale);
      if (before) await challenges.end(before.challengeId);
      return res.redirect(303, '/password/code');
    },
  );
  router.all('/password/forgot', onlyMethods('GET', 'POST'));

  const shownAgain = shownAgainToVisitors((req, res, why) =>
    res.render('auth/forgot', page(takeFields(shape, bodyOf(req)), [{ name: '', text: why }])),
  );
  return { routes: router, forms: { '/password/forgot': { leadsTo: '/password/forgot', shownAgain } } };
}
