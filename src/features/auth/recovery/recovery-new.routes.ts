import { type Request, type Response, Router } from 'express';
import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import type { Channel } from '../../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import {
  type FormError,
  type FormShape,
  type FormValues,
  formView,
  readForm,
} from '../../../web/forms/forms.ts';
import { leftOpenAgain, tellLeftOpen } from '../../../web/forms/expired-forms.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { perAddress, tooManyFromNetwork } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { neverCompressed } from '../../../web/send-text.ts';
import { renewSession, saveSession } from '../../../web/session/session.ts';
import { leadToStart } from '../codes/begun-elsewhere.session.ts';
import type { Clients } from '../devices/client.ts';
import type { AfterNewPassword } from '../password/new-password.session.ts';
import { passwordPair } from '../password/password.forms.ts';
import type { PasswordService } from '../password/password.service.ts';
import { addressLimits, passwordPolicy, resetGrantLifetime } from '../policy.ts';
import { resetBegunElsewhere } from './recovery.routes.ts';
import type { Recovery, ResetGrant } from './recovery.service.ts';
import { grantInto } from './recovery.session.ts';

const shape: FormShape = {
  texts: ['password', 'passwordConfirmation'],
  secrets: ['password', 'passwordConfirmation'],
};

/** `added`: new contacts, of which one may be a thief's. */
function isSet([first, second]: readonly Channel[]): Message {
  return first
    ? message('auth.recovery.new.doneCheckContacts', { added: second ? 'both' : first })
    : message('auth.recovery.new.done');
}

const tookTooLong = message('auth.recovery.new.late', { time: durationOf(resetGrantLifetime / 1000) });
/** The account was recovered, or has left the contact: not said which. */
const endedGrantText = message('auth.recovery.new.changed');

interface RecoveryNewRoutesDeps {
  recovery: Recovery;
  passwords: PasswordService;
  clients: Clients;
  afterNewPassword: AfterNewPassword;
  limits: Limits;
}

export function recoveryNewRoutes({
  recovery,
  passwords,
  clients,
  afterNewPassword,
  limits,
}: RecoveryNewRoutesDeps): FormRoutes {
  const router = Router();

  const startOver = async (req: Request, res: Response, text: Message) => {
    delete req.session.resetGrant;
    req.session.flash = { kind: 'error', text };
    await saveSession(req);
    res.redirect(303, '/password/forgot');
  };
  /** A second press leads on, in the browser where the first one opened it. */
  const deadLink = async (req: Request, res: Response) =>
    (await recovery.standingOf(req.session.resetGrant)) === 'good'
      ? res.redirect(303, '/password/new')
      : startOver(req, res, message('auth.recovery.link.dead'));

  router.get('/password/link/:token', async (req, res) => {
    const token = String(req.params.token);
    if (!(await recovery.isLinkLive(token))) return deadLink(req, res);
    tellLeftOpen(req);
    return neverCompressed(res).render('auth/reset-link', {
      title: message('auth.recovery.link.title'),
      action: `/password/link/${token}`,
    });
  });
  router.post('/password/link/:token', async (req, res) => {
    const grant = await recovery.useLink(String(req.params.token));
    if (!grant) return deadLink(req, res);
    await grantInto(req, grant);
    return res.redirect(303, '/password/new');
  });
  router.all('/password/link/:token', onlyMethods('GET', 'POST'));

  /** Null: the visitor has been sent to the start. */
  const grantOrLeave = async (
    req: Request,
    res: Response,
    isClockEnough = false,
  ): Promise<ResetGrant | null> => {
    const grant = req.session.resetGrant;
    switch (isClockEnough ? recovery.byTheClock(grant) : await recovery.standingOf(grant)) {
      case 'good':
        return grant!;
      case 'changed':
        await startOver(req, res, endedGrantText);
        return null;
      case 'late':
        await startOver(req, res, tookTooLong);
        return null;
      case 'none':
        await leadToStart(req, res, '/password/forgot', resetBegunElsewhere);
        return null;
    }
  };
  const page = (username: string, errors: FormError[] = [], values: FormValues = {}) => ({
    title: message('auth.recovery.new.title'),
    username,
    form: formView(shape, values, errors),
    passwordMin: passwordPolicy.min,
  });

  router.get('/password/new', async (req, res) => {
    const grant = await grantOrLeave(req, res);
    if (grant) res.render('auth/new-password', page(grant.username));
  });

  router.post('/password/new', async (req, res) => {
    const input = readForm(shape, passwordPair, bodyOf(req));
    // Setting a password asks about the account itself.
    const grant = await grantOrLeave(req, res, input.ok);
    if (!grant) return;
    const refuse = (errors: FormError[], status = 422) =>
      res.status(status).render('auth/new-password', page(grant.username, errors, input.values));
    const allowed = await limits.take([perAddress('new-passwords', req, addressLimits.newPasswords)]);
    if (!allowed.ok) {
      res.set('Retry-After', String(Math.ceil(allowed.waitMs / 1000)));
      return refuse([{ name: '', text: tooManyFromNetwork(allowed.waitMs) }], 429);
    }
    if (!input.ok) return refuse(input.errors);

    const set = await passwords.reset(grant, input.data.password, clients.infoOf(req));
    if (!set.ok && set.reason === 'unfit')
      return refuse([{ name: 'password', text: message(`auth.password.fault.${set.why}`) }]);
    if (!set.ok) return startOver(req, res, endedGrantText);
    await afterNewPassword(req, res, { id: grant.id, securityVersion: set.value.securityVersion });
    await renewSession(req, (session) => {
      session.knownAs = grant.username;
      session.flash = { kind: 'success', text: isSet(set.value.newContacts) };
      if (set.value.newContacts.length > 0) session.afterSignIn = '/settings/contact';
    });
    return res.redirect(303, '/login');
  });
  router.all('/password/new', onlyMethods('GET', 'POST'));

  return { routes: router, forms: { '/password/link/:token': { leadsTo: leftOpenAgain } } };
}
