import { type Request, type Response, Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { bodyOf } from '../../web/forms/body.ts';
import { readForm } from '../../web/forms/forms.ts';
import { onlyPost } from '../../web/request/methods.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { picturePaths } from './picture-answers.routes.ts';
import { AltForm, altShape, MoveForm, moveShape } from './pictures.forms.ts';
import { photoId } from './pictures.page.ts';
import type { PictureRoutesDeps } from './pictures.routes.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function notThere() {
  return new AppError(404, 'This photo is no longer here.');
}

/** The photo that an address names; AppError 404 for what names none. */
function idOf(req: Request): string {
  const id = String(req.params.id);
  if (!uuid.test(id)) throw notThere();
  return id;
}

/** `/settings/photos/:id`: what becomes of a photo that one has. */
export function galleryRoutes({ pictures, answers, signedInOnly }: PictureRoutesDeps): Router {
  const router = Router();
  const gallery = picturePaths.photo;

  router.post('/settings/photos/:id', signedInOnly, async (req: Request, res: Response) => {
    const id = idOf(req);
    const input = readForm(altShape, AltForm, bodyOf(req));
    if (!input.ok) {
      // Somebody else's is not there either, whatever is written about it.
      const mine = await pictures.of(viewerOf(req));
      if (!mine?.pictures.some((p) => p.id === id && p.kind === 'photo')) throw notThere();
      const { errors } = input;
      return answers.refuse(req, res, 'photo', { errors: [], edited: { id, values: input.values, errors } });
    }
    if (!(await pictures.describe(viewerOf(req), id, input.data.alt))) throw notThere();
    return answers.goOn(req, res, gallery, 'The description has been saved.');
  });

  router.post('/settings/photos/:id/move', signedInOnly, async (req: Request, res: Response) => {
    const id = idOf(req);
    const input = readForm(moveShape, MoveForm, bodyOf(req));
    if (!input.ok)
      throw new AppError(400, 'A photo can be moved earlier or later. Please go back and try again.');
    if (!(await pictures.move(viewerOf(req), id, input.data.to))) throw notThere();
    return answers.goOn(req, res, `${gallery}#${photoId(id)}`, null);
  });

  router.post('/settings/photos/:id/remove', signedInOnly, async (req: Request, res: Response) => {
    if (!(await pictures.takeAway(viewerOf(req), 'photo', idOf(req)))) throw notThere();
    return answers.goOn(req, res, gallery, 'The photo has been removed.');
  });

  router.all(
    ['/settings/photos/:id', '/settings/photos/:id/move', '/settings/photos/:id/remove'],
    onlyPost(gallery),
  );
  return router;
}
