import { type Request, type Response, Router } from 'express';
import { callerOf } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { Summaries } from '../../profile/index.ts';
import type { Parted } from '../../safety/index.ts';
import { chatsPage, requestsPage } from './chats.page.ts';
import type { ConversationActs } from './conversations.acts.ts';

interface ChatsRoutesDeps {
  acts: Pick<ConversationActs, 'chats' | 'requests'>;
  summaries: Summaries;
  parted: Pick<Parted, 'partedPartners'>;
}

function placeOf({ query }: Request): { after: string } {
  return { after: typeof query.after === 'string' ? query.after : '' };
}

/** `/chats` and `/chats/requests`. */
export function chatsRoutes({ acts, summaries, parted }: ChatsRoutesDeps): Router {
  const router = Router();

  router.get('/chats', signedInByQuery, async (req: Request, res: Response) => {
    const viewer = viewerOf(req);
    const found = await acts.chats.run(viewer, placeOf(req), callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    return res.render('chat/chats', chatsPage(found.value, await parted.partedPartners(viewer)));
  });

  router.get('/chats/requests', signedInByQuery, async (req: Request, res: Response) => {
    const viewer = viewerOf(req);
    const found = await acts.requests.run(viewer, placeOf(req), callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const asking = found.value.items.flatMap(({ person }) => person?.username ?? []);
    const known = await summaries.of(viewer, asking);
    return res.render('chat/requests', requestsPage(found.value, known, namesFor(req)));
  });

  router.all(['/chats', '/chats/requests'], onlyMethods('GET'));
  return router;
}
