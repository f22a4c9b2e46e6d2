import { type Request, type Response, Router } from 'express';
import { callerOf } from '../../../web/act.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { signedInByQuery, signedOut, viewerOf } from '../../../web/session/guards.ts';
import { namesFor } from '../../../web/words/names.ts';
import type { Summaries } from '../../profile/index.ts';
import type { Parted } from '../../safety/index.ts';
import { chatsPage, requestsPage, type RowsList } from './chats.page.ts';
import type { ConversationActs } from './conversations.acts.ts';

interface ChatsRoutesDeps {
  acts: Pick<ConversationActs, 'chats' | 'requests' | 'archived'>;
  summaries: Summaries;
  parted: Pick<Parted, 'partedPartners'>;
}

function placeOf({ query }: Request): { after: string } {
  return { after: typeof query.after === 'string' ? query.after : '' };
}

/** `/chats`, `/chats/archived` and `/chats/requests`. */
export function chatsRoutes({ acts, summaries, parted }: ChatsRoutesDeps): Router {
  const router = Router();

  const rows = (list: RowsList) => async (req: Request, res: Response) => {
    const viewer = viewerOf(req);
    const found = await acts[list].run(viewer, placeOf(req), callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const told = list === 'chats' ? await parted.partedPartners(viewer) : [];
    return res.render('chat/chats', chatsPage(list, found.value, { parted: told, now: viewer.now }));
  };
  router.get('/chats', signedInByQuery, rows('chats'));
  router.get('/chats/archived', signedInByQuery, rows('archived'));

  router.get('/chats/requests', signedInByQuery, async (req: Request, res: Response) => {
    const viewer = viewerOf(req);
    const found = await acts.requests.run(viewer, placeOf(req), callerOf(req));
    if (!found.ok) return res.redirect(303, await signedOut(req));
    const asking = found.value.items.flatMap(({ person }) => person?.username ?? []);
    const known = await summaries.of(viewer, asking);
    return res.render('chat/requests', requestsPage(found.value, known, namesFor(req)));
  });

  router.all(['/chats', '/chats/requests', '/chats/archived'], onlyMethods('GET'));
  return router;
}
