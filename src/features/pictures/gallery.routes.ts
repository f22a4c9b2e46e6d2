import { type Request, type Response, Router } from 'express';
import { message } from '../../kernel/message.ts';
import { refused } from '../../kernel/outcome.ts';
import { callerOf, problemOf, readInput } from '../../web/act.ts';
import { onlyPost } from '../../web/request/methods.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { picturePaths } from './picture-answers.routes.ts';
import { photoId } from './pictures.page.ts';
import type { PictureRoutesDeps } from './pictures.routes.ts';

/** `/settings/photos/:id`: what becomes of a photo that one has. */
export function galleryRoutes({ pictures, acts, answers, signedInOnly }: PictureRoutesDeps): Router {
  const router = Router();
  const gallery = picturePaths.photo;

  router.post('/settings/photos/:id', signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.describe, req);
    if (!input.ok) {
      // Somebody else's is not there either, whatever is written about it.
      const { pictures: mine } = await pictures.of(viewerOf(req));
      const id = String(req.params.id);
      if (!mine.some((p) => p.id === id && p.kind === 'photo'))
        throw problemOf(acts.describe, refused('not-there'));
      const { errors } = input;
      const values = { alt: input.values.alt ?? '' };
      return answers.refuse(req, res, 'photo', { errors: [], edited: { id, values, errors } });
    }
    const described = await acts.describe.run(viewerOf(req), input.data, callerOf(req));
    if (!described.ok) throw problemOf(acts.describe, described);
    return answers.goOn(req, res, gallery, message('pictures.photo.described'));
  });

  router.post('/settings/photos/:id/move', signedInOnly, async (req: Request, res: Response) => {
    const input = await readInput(acts.move, req);
    const moved = input.ok && (await acts.move.run(viewerOf(req), input.data, callerOf(req)));
    if (moved && !moved.ok) throw problemOf(acts.move, moved);
    return answers.goOn(req, res, `${gallery}#${photoId(String(req.params.id))}`, null);
  });

  router.post('/settings/photos/:id/remove', signedInOnly, async (req: Request, res: Response) => {
    const id = String(req.params.id);
    const removed = await acts.removePhoto.run(viewerOf(req), { id }, callerOf(req));
    if (!removed.ok) throw problemOf(acts.removePhoto, removed);
    return answers.goOn(req, res, gallery, message('pictures.photo.removed'));
  });

  router.all(
    ['/settings/photos/:id', '/settings/photos/:id/move', '/settings/photos/:id/remove'],
    onlyPost(gallery),
  );
  return router;
}
