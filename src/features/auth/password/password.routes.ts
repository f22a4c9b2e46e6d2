import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Clock } from '../../../kernel/clock.ts';
import { message } from '../../../kernel/message.ts';
import type { Limits } from '../../../platform/limits/limits.ts';
import { callerOf, readInput } from '../../../web/act.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import {
  type FormError,
  type FormShape,
  type FormValues,
  formView,
  readForm,
} from '../../../web/forms/forms.ts';
import { shownAgainToMembers, type FormRoutes } from '../../../web/forms/form-rules.ts';
import { limitByAddress, setRetryAfter } from '../../../web/request/limit.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedOut, viewerOf } from '../../../web/session/guards.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Clients } from '../devices/client.ts';
import { addressLimits, passwordPolicy, sessionPolicy } from '../policy.ts';
import { signInto } from '../sessions/sign-into.session.ts';
import type { AfterNewPassword } from './new-password.session.ts';
import type { Reauthentication, ReauthenticatedAct } from './reauthentication.routes.ts';
import type { PasswordActs } from './password.acts.ts';
import { confirmShape, currentPassword, passwordPair } from './password.forms.ts';
import type { PasswordService } from './password.service.ts';
import { refuseReauthentication, reauthenticateByForm } from './current-password.routes.ts';

const changeShape: FormShape = {
  texts: ['currentPassword', 'password', 'passwordConfirmation'],
  secrets: ['currentPassword', 'password', 'passwordConfirmation'],
};
const ChangeForm = currentPassword.and(passwordPair);

interface PasswordRoutesDeps {
  passwords: PasswordService;
  acts: PasswordActs;
  clients: Clients;
  signedInOnly: RequestHandler[];
  afterNewPassword: AfterNewPassword;
  reauthentication: Reauthentication;
  limits: Limits;
  clock: Clock;
}

export function passwordRoutes({
  passwords,
  acts,
  clients,
  signedInOnly,
  afterNewPassword,
  reauthentication,
  limits,
  clock,
}: PasswordRoutesDeps): FormRoutes {
  const router = Router();
  const changePage = (errors: FormError[] = [], values: FormValues = {}) => ({
    title: message('auth.password.change.title'),
    form: formView(changeShape, values, errors),
    passwordMin: passwordPolicy.min,
  });
  const confirmPage = ({ lead, back }: ReauthenticatedAct, errors: FormError[] = []) => ({
    title: message('auth.password.confirm.title'),
    lead,
    back,
    form: formView(confirmShape, {}, errors),
  });

  const reauthenticate = reauthenticateByForm({ passwords, clients });

  router.get('/settings/password', signedInOnly, (_req: Request, res: Response) =>
    res.render('settings/password', changePage()),
  );
  const limited = limitByAddress(limits, 'new-passwords', addressLimits.newPasswords);
  router.post('/settings/password', signedInOnly, limited, async (req: Request, res: Response) => {
    const input = readForm(changeShape, ChangeForm, bodyOf(req));
    const show = (errors: FormError[]) => res.render('settings/password', changePage(errors, input.values));
    if (!input.ok) {
      res.status(422);
      return show(input.errors);
    }
    const reauthenticated = await reauthenticate(req, input.data.currentPassword);
    if (!reauthenticated.ok)
      return refuseReauthentication(req, res, reauthenticated, (error) => show([error]));

    const client = clients.infoOf(req);
    const set = await passwords.change(reauthenticated.value, input.data.password, client);
    if (!set.ok && set.reason === 'unfit') {
      res.status(422);
      return show([{ name: 'password', text: message(`auth.password.fault.${set.why}`) }]);
    }
    if (!set.ok && set.reason === 'too-often') {
      const wait = setRetryAfter(res, set.retryInMs);
      const text = message('auth.password.change.tooOften', { wait });
      return show([{ name: '', text }]);
    }
    if (!set.ok) return res.redirect(303, await signedOut(req));
    const account = { ...reauthenticated.value, securityVersion: set.value.securityVersion };
    const remembered = req.session.remember ? { ms: sessionPolicy.remembered.absolute } : null;
    // Before `afterNewPassword` ends all old sessions, this one included.
    const signedIn = await signInto(req, account, {
      device: client.device,
      now: clock.now(),
      remember: remembered,
      flash: { kind: 'success', text: message('auth.password.change.done') },
    });
    await afterNewPassword(req, res, account);
    return res.redirect(303, signedIn ? '/settings/security' : '/login');
  });
  router.all('/settings/password', onlyMethods('GET', 'POST'));

  router.get('/settings/confirm', signedInOnly, (req: Request, res: Response) => {
    const wanted = reauthentication.wantedBy(req);
    if (!wanted) return res.redirect(303, '/settings/security');
    return res.render('settings/confirm', confirmPage(wanted));
  });
  router.post('/settings/confirm', signedInOnly, async (req: Request, res: Response) => {
    const wanted = reauthentication.wantedBy(req);
    if (!wanted) return res.redirect(303, '/settings/security');
    const show = (errors: FormError[]) => res.render('settings/confirm', confirmPage(wanted, errors));
    const input = await readInput(acts.confirm, req);
    if (!input.ok) {
      res.status(422);
      return show(input.errors);
    }
    const confirmed = await acts.confirm.run(viewerOf(req), input.data, callerOf(req));
    if (!confirmed.ok) return refuseReauthentication(req, res, confirmed, (error) => show([error]));
    return reauthentication.carryOut(req, res, wanted);
  });
  router.all('/settings/confirm', onlyMethods('GET', 'POST'));

  // Empty: passwords are never shown again.
  const shownAgain = shownAgainToMembers(signedInOnly, (_req, res, why) =>
    res.render('settings/password', changePage([{ name: '', text: why }])),
  );
  return {
    routes: router,
    forms: {
      '/settings/password': settingsForm('/settings/password', { leadsTo: '/settings/password', shownAgain }),
      '/settings/confirm': settingsForm('/settings/security', { leadsTo: '/settings/confirm' }),
    },
  };
}
