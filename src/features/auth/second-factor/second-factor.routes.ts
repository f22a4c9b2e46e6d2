import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../../../kernel/clock.ts';
import { issue, message, type Message } from '../../../kernel/message.ts';
import type { Outcome, SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Sealed } from '../../../platform/sealing.ts';
import { bodyOf } from '../../../web/forms/body.ts';
import { readForm } from '../../../web/forms/forms.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../accounts/settings.forms.ts';
import type { Clients } from '../devices/client.ts';
import type { ClientInfo } from '../history/security-events.service.ts';
import { refuseReauthentication, reauthenticateByForm } from '../password/current-password.routes.ts';
import type { AfterNewPassword } from '../password/new-password.session.ts';
import { confirmShape, currentPassword } from '../password/password.forms.ts';
import type { PasswordService } from '../password/password.service.ts';
import { sessionPolicy } from '../policy.ts';
import { signInto } from '../sessions/sign-into.session.ts';
import { asked, changePage, secondFactorPage, setUpPage, setUpShape } from './second-factor.page.ts';
import type { SecondFactors } from './second-factor.service.ts';

const path = '/settings/second-factor';

declare module 'express-session' {
  interface SessionData {
    appKey: Sealed; // of a second factor that is being set up
    recoveryCodes: Sealed; // until their owner has seen them
  }
}

const SetUpForm = currentPassword.and(
  z.object({
    code: z.string().refine((typed) => typed.trim() !== '', issue('auth.secondFactor.code.empty')),
  }),
);

interface SecondFactorRoutesDeps {
  secondFactors: SecondFactors;
  passwords: PasswordService;
  clients: Clients;
  signedInOnly: RequestHandler[];
  afterNewPassword: AfterNewPassword;
  clock: Clock;
}

/** Setting up the second step of signing in, its recovery codes, and removing it. */
export function secondFactorRoutes(deps: SecondFactorRoutesDeps): FormRoutes {
  const { secondFactors, passwords, clients, signedInOnly, afterNewPassword, clock } = deps;
  const router = Router();
  const reauthenticate = reauthenticateByForm({ passwords, clients });

  const showSetUp = async (req: Request, res: Response, filled?: Parameters<typeof setUpPage>[1]) => {
    const { username = '' } = req.session;
    const owner = { ...viewerOf(req), username };
    let offer = req.session.appKey ? secondFactors.offer(owner, req.session.appKey) : null;
    if (!offer) {
      req.session.appKey = secondFactors.begin(owner);
      await saveSession(req);
      offer = secondFactors.offer(owner, req.session.appKey)!;
    }
    return res.render('settings/second-factor-set-up', setUpPage(offer, filled));
  };

  router.get(path, signedInOnly, async (req: Request, res: Response) => {
    const viewer = viewerOf(req);
    const state = await secondFactors.state(viewer);
    if (!state.ok) return res.redirect(303, await signedOut(req));
    if (!state.value) return showSetUp(req, res);
    const codes = req.session.recoveryCodes ? secondFactors.read(viewer, req.session.recoveryCodes) : null;
    delete req.session.recoveryCodes;
    return res.render('settings/second-factor', secondFactorPage(state.value, codes));
  });

  router.post(path, signedInOnly, async (req: Request, res: Response) => {
    const state = await secondFactors.state(viewerOf(req));
    if (!state.ok) return res.redirect(303, await signedOut(req));
    // Another tab, or the first of two presses.
    if (state.value) return res.redirect(303, path);
    const { appKey } = req.session;
    const input = readForm(setUpShape, SetUpForm, bodyOf(req));
    const refuse = (name: string, text: Message) =>
      showSetUp(req, res, { values: input.values, errors: [{ name, text }] });
    if (!input.ok) {
      res.status(422);
      return showSetUp(req, res, input);
    }
    const reauthenticated = await reauthenticate(req, input.data.currentPassword);
    if (!reauthenticated.ok)
      return refuseReauthentication(req, res, reauthenticated, ({ name, text }) => refuse(name, text));
    const client = clients.infoOf(req);
    const set = appKey
      ? await secondFactors.setUp(reauthenticated.value, appKey, input.data.code, client)
      : ({ ok: false, reason: 'wrong-code' } as const);
    if (!set.ok && set.reason === 'wrong-code') {
      res.status(422);
      return refuse('code', message('auth.secondFactor.code.wrong'));
    }
    if (!set.ok) return res.redirect(303, await signedOut(req));
    const { id, username } = reauthenticated.value;
    const account = { id, username, securityVersion: set.value.securityVersion };
    // Before the old sessions are cleared away, this one included.
    const isHere = await signInto(req, account, {
      device: client.device,
      now: clock.now(),
      remember: req.session.remember ? { ms: sessionPolicy.remembered.absolute } : null,
      flash: { kind: 'success', text: message('auth.secondFactor.done') },
      fill: (session) => {
        session.recoveryCodes = set.value.recoveryCodes;
      },
    });
    await afterNewPassword(req, res, account);
    return res.redirect(303, isHere ? path : '/login');
  });
  router.all(path, onlyMethods('GET', 'POST'));

  /** A page that asks for the password, and does it. */
  const change = (
    which: keyof typeof asked,
    run: (
      viewer: Viewer,
      client: ClientInfo,
    ) => Promise<Outcome<{ recoveryCodes: Sealed } | undefined, SignedOut | 'none'>>,
    done: Message,
  ) => {
    const { action } = asked[which];
    const show = (res: Response, errors?: Parameters<typeof changePage>[1]) =>
      res.render('settings/second-factor-change', changePage(asked[which], errors));
    router.get(action, signedInOnly, async (req: Request, res: Response) => {
      const state = await secondFactors.state(viewerOf(req));
      if (!state.ok) return res.redirect(303, await signedOut(req));
      return state.value && !state.value.isStaff ? show(res) : res.redirect(303, path);
    });
    router.post(action, signedInOnly, async (req: Request, res: Response) => {
      const input = readForm(confirmShape, currentPassword, bodyOf(req));
      if (!input.ok) {
        res.status(422);
        return show(res, input.errors);
      }
      const reauthenticated = await reauthenticate(req, input.data.currentPassword);
      if (!reauthenticated.ok)
        return refuseReauthentication(req, res, reauthenticated, (error) => show(res, [error]));
      const changed = await run(viewerOf(req), clients.infoOf(req));
      if (!changed.ok && changed.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      if (!changed.ok) return res.redirect(303, path);
      if (changed.value) req.session.recoveryCodes = changed.value.recoveryCodes;
      req.session.flash = { kind: 'success', text: done };
      await saveSession(req);
      return res.redirect(303, path);
    });
    router.all(action, onlyMethods('GET', 'POST'));
    return action;
  };
  const renew = change(
    'recovery',
    (...who) => secondFactors.renewCodes(...who),
    message('auth.secondFactor.renew.done'),
  );
  const remove = change(
    'remove',
    (...who) => secondFactors.remove(...who),
    message('auth.secondFactor.remove.done'),
  );

  return {
    routes: router,
    forms: {
      [path]: settingsForm(path, { leadsTo: path }),
      [renew]: settingsForm(path, { leadsTo: path }),
      [remove]: settingsForm(path, { leadsTo: path }),
    },
  };
}
