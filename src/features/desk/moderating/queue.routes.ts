import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../../kernel/message.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { onlyMethods, onlyPost } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import { saveSession } from '../../../web/session/session.ts';
import type { Cases } from '../cases/cases.service.ts';
import { filters } from '../cases/cases.ts';
import { queuePage } from './queue.page.ts';

interface QueueRoutesDeps {
  cases: Cases;
  staffOnly: RequestHandler[];
}

/** `/desk`: what waits, and the way to the next. */
export function queueRoutes({ cases, staffOnly }: QueueRoutesDeps): FormRoutes {
  const router = Router();
  router.get('/desk', staffOnly, async (req: Request, res: Response) => {
    const filter = filters.find((name) => name === req.query.show) ?? 'open';
    const viewer = viewerOf(req);
    const { value } = await cases.queue(viewer, filter);
    res.render('desk/queue', queuePage(value, filter, viewer.now));
  });
  router.all('/desk', staffOnly, onlyMethods('GET'));

  router.post('/desk/next', staffOnly, async (req: Request, res: Response) => {
    const taken = await cases.takeNext(viewerOf(req));
    if (taken.ok) return res.redirect(303, `/desk/cases/${taken.value}`);
    req.session.flash = { kind: 'info', text: message('desk.queue.noNext') };
    await saveSession(req);
    return res.redirect(303, '/desk');
  });
  router.all('/desk/next', staffOnly, onlyPost('/desk'));
  return { routes: router, forms: { '/desk/next': { page: '/desk' } } };
}
