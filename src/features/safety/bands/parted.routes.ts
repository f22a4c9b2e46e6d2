import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { settingsForm } from '../../auth/index.ts';
import { type PartedActs, partedPath } from './parted.acts.ts';

interface PartedRoutesDeps {
  acts: PartedActs;
  signedInOnly: RequestHandler[];
}

/** Where it is read that a partner's band changed, on a page of its own and on those that include `safety/parted`. */
export function partedRoutes({ acts, signedInOnly }: PartedRoutesDeps): FormRoutes {
  const router = Router();
  const readPath = `${partedPath}/read`;

  router.get(partedPath, signedInOnly, async (req: Request, res: Response) => {
    const { value: parted } = await acts.list.run(viewerOf(req), {}, callerOf(req));
    res.render('safety/parted-page', { title: message('safety.parted.title'), parted });
  });
  router.all(partedPath, onlyMethods('GET'));

  router.post(readPath, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.read, req);
    if (!input.ok) return res.redirect(303, partedPath);
    const read = await acts.read.run(viewerOf(req), input.data, callerOf(req));
    if (!read.ok) throw problemOf(acts.read, read);
    return res.redirect(303, input.data.next ?? partedPath);
  });
  router.all(readPath, onlyPost(partedPath));

  return { routes: router, forms: { [readPath]: settingsForm(partedPath) } };
}
