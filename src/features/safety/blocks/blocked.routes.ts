import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import { refused } from '../../../kernel/outcome.ts';
import { callerOf, problemOf, readInput } from '../../../web/act.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import { settingsForm } from '../../auth/index.ts';
import type { BlockActs } from './blocks.acts.ts';
import { blockedPage, blockedPath, unblockPage } from './blocks.page.ts';
import type { Blocks } from './blocks.service.ts';

interface BlockedRoutesDeps {
  blocks: Blocks;
  acts: Pick<BlockActs, 'list' | 'unblock'>;
  signedInOnly: RequestHandler[];
}

/** `/settings/blocked`: whom a member has blocked, and the way back. */
export function blockedRoutes({ blocks, acts, signedInOnly }: BlockedRoutesDeps): FormRoutes {
  const { list, unblock } = acts;
  const router = Router();

  router.get(blockedPath, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(list, req);
    const { value } = await list.run(viewerOf(req), input.ok ? input.data : { after: null }, callerOf(req));
    return res.render('settings/blocked', blockedPage(value));
  });

  router.get(`${blockedPath}/:id/unblock`, signedInOnly, async (req: Request, res: Response) => {
    const found = await blocks.of(viewerOf(req), String(req.params.id));
    if (!found.ok) throw problemOf(unblock, found);
    return res.render('settings/unblock', unblockPage(found.value));
  });

  router.post(`${blockedPath}/:id/unblock`, signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(unblock, req);
    const gone = input.ok ? await unblock.run(viewerOf(req), input.data, callerOf(req)) : refused('nobody');
    if (!gone.ok) throw problemOf(unblock, gone);
    const { username } = gone.value;
    req.session.flash = { kind: 'success', text: message('safety.unblock.done', { username }) };
    await saveSession(req);
    return res.redirect(303, blockedPath);
  });

  router.all(blockedPath, onlyMethods('GET'));
  router.all(`${blockedPath}/:id/unblock`, onlyMethods('GET', 'POST'));
  return { routes: router, forms: { [`${blockedPath}/:id/unblock`]: settingsForm(blockedPath) } };
}
