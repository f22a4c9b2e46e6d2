import { type Request, type Response, Router } from 'express';
import type { Limits } from '../../platform/limits.ts';
import { bodyOf } from '../../web/body.ts';
import { type FormError, type FormShape, formView, readForm } from '../../web/forms.ts';
import { limitByAddress } from '../../web/limit.ts';
import { onlyMethods } from '../../web/methods.ts';
import { renewSession, saveSession } from '../../web/session.ts';
import { grantInto } from './auth.session.ts';
import type { Clients } from './client.session.ts';
import type { AfterNewPassword } from './new-password.session.ts';
import { passwordPair } from './password.forms.ts';
import type { PasswordService } from './password.service.ts';
import { addressLimits, passwordPolicy } from './policy.ts';
import type { Recovery, ResetGrant } from './recovery.service.ts';

const shape: FormShape = {
  texts: ['password', 'passwordConfirmation'],
  secrets: ['password', 'passwordConfirmation'],
};

const changedMeanwhile = 'This password was changed meanwhile. Please ask for another code.';

export interface RecoveryNewRoutesDeps {
  recovery: Recovery;
  passwords: PasswordService;
  clients: Clients;
  afterNewPassword: AfterNewPassword;
  limits: Limits;
}

/** `/password/link/:token`, the owner's lane, and `/password/new`, where both lanes end. */
export const recoveryNewRoutes = ({
  recovery,
  passwords,
  clients,
  afterNewPassword,
  limits,
}: RecoveryNewRoutesDeps): Router => {
  const router = Router();

  const startOver = async (req: Request, res: Response, text: string) => {
    delete req.session.resetGrant;
    req.session.flash = { kind: 'error', text };
    await saveSession(req);
    res.redirect(303, '/password/forgot');
  };
  /** A link that leads nowhere; its second press, in the browser where the first one opened it, leads on. */
  const deadLink = async (req: Request, res: Response) =>
    (await recovery.standingOf(req.session.resetGrant)) === 'good'
      ? res.redirect(303, '/password/new')
      : startOver(req, res, 'This link has been used or has run out. Please ask for a code.');

  router.get('/password/link/:token', async (req, res) => {
    const token = String(req.params.token);
    if (!(await recovery.isLinkLive(token))) return deadLink(req, res);
    return res.render('auth/reset-link', { title: 'Set a new password', action: `/password/link/${token}` });
  });
  router.post('/password/link/:token', async (req, res) => {
    const grant = await recovery.useLink(String(req.params.token));
    if (!grant) return deadLink(req, res);
    await grantInto(req, grant);
    return res.redirect(303, '/password/new');
  });
  router.all('/password/link/:token', onlyMethods('GET', 'POST'));

  /** The grant of this session; where there is none, the visitor has been sent to the start. */
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
        await startOver(req, res, changedMeanwhile);
        return null;
      case 'late':
        await startOver(req, res, 'That took more than ten minutes. Please ask for another code.');
        return null;
      case 'none':
        res.redirect(303, '/password/forgot');
        return null;
    }
  };
  const page = (username: string, errors: FormError[] = []) => ({
    title: 'Choose a new password',
    username,
    form: formView(shape, {}, errors),
    passwordMin: passwordPolicy.min,
  });

  router.get('/password/new', async (req, res) => {
    const grant = await grantOrLeave(req, res);
    if (grant) res.render('auth/new-password', page(grant.username));
  });

  const limited = limitByAddress(limits, 'new-passwords', addressLimits.newPasswords);
  router.post('/password/new', limited, async (req, res) => {
    const input = readForm(shape, passwordPair, bodyOf(req));
    // Setting a password asks about the account itself.
    const grant = await grantOrLeave(req, res, input.ok);
    if (!grant) return;
    const refuse = (errors: FormError[]) =>
      res.status(422).render('auth/new-password', page(grant.username, errors));
    if (!input.ok) return refuse(input.errors);

    const set = await passwords.set(grant, input.data.password, 'password_reset', clients.whence(req));
    if (!set.ok && set.reason === 'unfit') return refuse([{ name: 'password', text: set.text }]);
    if (!set.ok) return startOver(req, res, changedMeanwhile);
    await afterNewPassword(req, res, { id: grant.id, securityVersion: set.securityVersion });
    await renewSession(req, (session) => {
      session.knownAs = grant.username;
      session.flash = { kind: 'success', text: 'Your new password is set. Sign in with it.' };
    });
    return res.redirect(303, '/login');
  });
  router.all('/password/new', onlyMethods('GET', 'POST'));

  return router;
};
