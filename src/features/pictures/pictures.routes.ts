import { type Request, type RequestHandler, type Response, Router } from 'express';
import { message } from '../../kernel/message.ts';
import { callerOf } from '../../web/act.ts';
import { onlyMethods, onlyPost } from '../../web/request/methods.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { sitePathsOf } from '../../web/session/site-paths.ts';
import { type PictureAnswers, picturePaths } from './picture-answers.routes.ts';
import { pictureStatus } from './pictures.page.ts';
import type { PictureActs } from './pictures.acts.ts';
import type { PictureService } from './pictures.service.ts';

export interface PictureRoutesDeps {
  pictures: PictureService;
  acts: PictureActs;
  answers: PictureAnswers;
  signedInOnly: RequestHandler[];
}

/** `/settings/avatar` and `/settings/photos`. What sends a picture there is declared in uploads.routes.ts. */
export function pictureRoutes({ pictures, acts, answers, signedInOnly }: PictureRoutesDeps): Router {
  const router = Router();

  for (const kind of ['avatar', 'photo'] as const) {
    const path = picturePaths[kind];
    router.get(path, signedInOnly, (req: Request, res: Response) => answers.show(req, res, kind));

    router.all(path, onlyMethods('GET', 'POST'));
  }

  router.post('/settings/avatar/remove', signedInOnly, async (req: Request, res: Response) => {
    await acts.removeAvatar.run(viewerOf(req), {}, callerOf(req));
    return answers.goOn(req, res, sitePathsOf(req).own, message('pictures.avatar.removed'));
  });

  router.get('/settings/pictures/status', signedInOnly, async (req: Request, res: Response) => {
    const { of } = req.query;
    const mine = await pictures.of(viewerOf(req));
    return res.json(pictureStatus(mine.pictures.filter((p) => p.kind === of)));
  });

  router.all('/settings/avatar/remove', onlyPost(picturePaths.avatar));
  router.all('/settings/pictures/status', onlyMethods('GET'));
  return router;
}
