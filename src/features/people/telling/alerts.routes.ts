import { type Request, type Response, Router } from 'express';
import { message, named } from '../../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyPost } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import type { AlertActs } from './alerts.acts.ts';

const page = '/people';

/** `/people/tell-me` and `/people/tell-me/withdraw`: buttons of `/people`. */
export function alertsRoutes({ tellMe, withdraw }: AlertActs): FormRoutes {
  const router = Router();
  for (const act of [tellMe, withdraw]) {
    const path = act.route.slice('POST '.length);
    router.post(path, signedInByQuery, async (req: Request, res: Response) => {
      const input = await readInput(act, req);
      if (!input.ok) return res.redirect(303, page);
      const given = await act.run(viewerOf(req), input.data, callerOf(req));
      if (!given.ok && given.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      const { learn } = input.data;
      const text = given.ok
        ? message(act === tellMe ? 'people.tell.done' : 'people.tell.withdrawn', {
            language: named('language', learn),
          })
        : problemOf(tellMe, given).said;
      req.session.flash = { kind: given.ok ? 'success' : 'error', text };
      await saveSession(req);
      return res.redirect(303, `${page}?learn=${learn}`);
    });
    router.all(
      path,
      onlyPost(() => page),
    );
  }
  return {
    routes: router,
    forms: { '/people/tell-me': settingsForm(page), '/people/tell-me/withdraw': settingsForm(page) },
  };
}
