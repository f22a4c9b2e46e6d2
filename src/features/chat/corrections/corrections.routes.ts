import { type Request, type Response, Router } from 'express';
import { callerOf, readInput } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { correctionsAct } from './corrections.acts.ts';
import { correctionsPage } from './corrections.page.ts';

/** `/profile/corrections`: the corrections that one got, and the messages that one keeps. */
export function correctionsRoutes(act: ReturnType<typeof correctionsAct>): Router {
  const router = Router();
  const path = '/profile/corrections';

  router.get(path, signedInByQuery, async (req: Request, res: Response) => {
    const input = await readInput(act, req);
    const asked = input.ok ? input.data : { language: '', after: '' };
    const found = await act.run(viewerOf(req), asked, callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const shown = { names: namesFor(req), now: viewerOf(req).now, language: asked.language };
    return res.render('chat/corrections', correctionsPage(found.value, shown));
  });
  router.all(path, onlyMethods('GET'));
  return router;
}
