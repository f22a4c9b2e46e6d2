import { type Request, type RequestHandler, type Response, Router } from 'express';
import { isUuid } from '../../../kernel/ids.ts';
import { message } from '../../../kernel/message.ts';
import type { FormRoutes } from '../../../web/forms/form-rules.ts';
import { mediaHeaders } from '../../../web/media.ts';
import { onlyMethods } from '../../../web/request/methods.ts';
import { viewerOf } from '../../../web/session/guards.ts';
import type { Cases } from '../cases/cases.service.ts';
import { nothingHere } from '../nothing-here.ts';

interface PicturesRoutesDeps {
  cases: Pick<Cases, 'picture'>;
  staffOnly: RequestHandler[];
}

const page = '/desk/cases/:id';

/** Pictures of a case, and where those are reported that nobody may have. */
export function picturesRoutes({ cases, staffOnly }: PicturesRoutesDeps): FormRoutes {
  const router = Router();

  router.get(`${page}/pictures/:report/:place`, staffOnly, async (req: Request, res: Response) => {
    const { id, report, place } = req.params;
    if (
      typeof id !== 'string' ||
      !isUuid(id) ||
      typeof report !== 'string' ||
      !isUuid(report) ||
      !/^\d{1,2}$/.test(String(place))
    )
      throw nothingHere();
    const picture = await cases.picture(viewerOf(req), id, report, Number(place));
    if (!picture.ok) throw nothingHere();
    res.set({ ...mediaHeaders, 'Cache-Control': 'no-store' });
    return res.type(picture.value.type).send(picture.value.bytes);
  });
  router.all(`${page}/pictures/:report/:place`, staffOnly, onlyMethods('GET'));

  router.get('/desk/children', staffOnly, (req: Request, res: Response) => {
    const { case: id } = req.query;
    const back = typeof id === 'string' && isUuid(id) ? `/desk/cases/${id}` : null;
    res.render('desk/children', { title: message('desk.children.title'), back });
  });
  router.all('/desk/children', staffOnly, onlyMethods('GET'));

  return { routes: router, forms: {} };
}
