import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import { waitInWords } from '../../kernel/clock.ts';
import { bodyOf } from '../../web/body.ts';
import { type FormError, type FormShape, formView, readForm } from '../../web/forms.ts';
import { me, signedOut } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import { signInto } from './auth.session.ts';
import type { Clients } from './client.session.ts';
import type { AfterNewPassword } from './new-password.session.ts';
import { currentPassword, passwordPair } from './password.forms.ts';
import type { PasswordService, Proved } from './password.service.ts';
import { passwordPolicy, sessionPolicy } from './policy.ts';
import { handleOf, type WantedRevocation } from './sessions.service.ts';

const confirmShape: FormShape = { texts: ['currentPassword'], secrets: ['currentPassword'] };
const changeShape: FormShape = {
  texts: ['currentPassword', 'password', 'passwordConfirmation'],
  secrets: ['currentPassword', 'password', 'passwordConfirmation'],
};
const ChangeForm = currentPassword.and(passwordPair);

export interface PasswordRoutesDeps {
  passwords: PasswordService;
  clients: Clients;
  signedInOnly: RequestHandler[];
  afterNewPassword: AfterNewPassword;
  carryOut: (req: Request, res: Response, wanted: WantedRevocation) => Promise<void>;
  clock: Clock;
}

/** `/settings/password`, and `/settings/confirm`, which asks for the password once more. */
export const passwordRoutes = ({
  passwords,
  clients,
  signedInOnly,
  afterNewPassword,
  carryOut,
  clock,
}: PasswordRoutesDeps): Router => {
  const router = Router();
  const changePage = (errors: FormError[] = []) => ({
    title: 'Change your password',
    form: formView(changeShape, {}, errors),
    passwordMin: passwordPolicy.min,
  });
  const confirmPage = (errors: FormError[] = []) => ({
    title: 'Confirm that it is you',
    form: formView(confirmShape, {}, errors),
  });

  /** Answers a password that was not right; `show` renders the page that asked. */
  const notProved = async (
    req: Request,
    res: Response,
    proved: Exclude<Proved, { ok: true }>,
    show: (error: FormError) => void,
  ) => {
    switch (proved.reason) {
      case 'gone':
        return res.redirect(303, await signedOut(req));
      case 'wrong':
        res.status(422);
        return show({ name: 'currentPassword', text: 'This is not your password.' });
      case 'too-often': {
        const wait = Math.ceil(proved.waitMs / 1000);
        res.status(429).set('Retry-After', String(wait));
        return show({ name: '', text: `There were too many tries. Please wait ${waitInWords(wait)}.` });
      }
    }
  };
  const prove = (req: Request, password: string) =>
    passwords.prove(me(req), password, handleOf(req.sessionID), clients.whence(req));

  router.get('/settings/password', signedInOnly, (_req: Request, res: Response) =>
    res.render('settings/password', changePage()),
  );
  router.post('/settings/password', signedInOnly, async (req: Request, res: Response) => {
    const show = (errors: FormError[]) => res.render('settings/password', changePage(errors));
    const input = readForm(changeShape, ChangeForm, bodyOf(req));
    if (!input.ok) {
      res.status(422);
      return show(input.errors);
    }
    const proved = await prove(req, input.data.currentPassword);
    if (!proved.ok) return notProved(req, res, proved, (error) => show([error]));

    const whence = clients.whence(req);
    const set = await passwords.set(proved.member, input.data.password, 'password_changed', whence);
    if (!set.ok && set.reason === 'unfit') {
      res.status(422);
      return show([{ name: 'password', text: set.text }]);
    }
    if (!set.ok) return res.redirect(303, await signedOut(req));
    const account = { ...proved.member, securityVersion: set.securityVersion };
    const remembered = req.session.remember ? { ms: sessionPolicy.remembered.absolute } : null;
    await afterNewPassword(req, res, account);
    await signInto(req, account, { device: whence.device, now: clock.now(), remember: remembered });
    req.session.flash = {
      kind: 'success',
      text: 'Your password is changed, and all other devices are signed out.',
    };
    await saveSession(req);
    return res.redirect(303, '/settings/security');
  });
  router.all('/settings/password', onlyMethods('GET', 'POST'));

  router.get('/settings/confirm', signedInOnly, (req: Request, res: Response) =>
    req.session.wanted
      ? res.render('settings/confirm', confirmPage())
      : res.redirect(303, '/settings/security'),
  );
  router.post('/settings/confirm', signedInOnly, async (req: Request, res: Response) => {
    const show = (errors: FormError[]) => res.render('settings/confirm', confirmPage(errors));
    const { wanted } = req.session;
    if (!wanted) return res.redirect(303, '/settings/security');
    const input = readForm(confirmShape, currentPassword, bodyOf(req));
    if (!input.ok) {
      res.status(422);
      return show(input.errors);
    }
    const proved = await prove(req, input.data.currentPassword);
    if (!proved.ok) return notProved(req, res, proved, (error) => show([error]));
    req.session.provedAt = clock.now().getTime();
    delete req.session.wanted;
    return carryOut(req, res, wanted);
  });
  router.all('/settings/confirm', onlyMethods('GET', 'POST'));

  return router;
};
