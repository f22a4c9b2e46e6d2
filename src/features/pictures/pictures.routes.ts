import { type Request, type RequestHandler, type Response, Router } from 'express';
import { pictureFaults } from '../../platform/pictures/picture-faults.ts';
import { bodyOf } from '../../web/forms/body.ts';
import { filesOf } from '../../web/forms/uploads.ts';
import { onlyMethods, onlyPost } from '../../web/request/methods.ts';
import { viewerOf, signedInByQuery, signedOut } from '../../web/session/guards.ts';
import { type PictureAnswers, picturePaths } from './picture-answers.routes.ts';
import { avatarShape, photoShape, readPicture } from './pictures.forms.ts';
import { pictureStatus } from './pictures.page.ts';
import type { PictureService } from './pictures.service.ts';
import { picturePolicy } from './policy.ts';

/** What each form is, and where one goes from there. */
const forms = {
  // The profile says by itself that the picture is being made.
  avatar: { shape: avatarShape, next: '/profile', sentText: null },
  photo: { shape: photoShape, next: picturePaths.photo, sentText: 'Photo added.' },
} as const;

const fullText = `You have ${picturePolicy.photosMax} photos, the maximum. Remove one to add another.`;

export interface PictureRoutesDeps {
  pictures: PictureService;
  answers: PictureAnswers;
  signedInOnly: RequestHandler[];
}

/** `/settings/avatar` and `/settings/photos`. The files of their forms are read before (uploads.routes.ts). */
export function pictureRoutes({ pictures, answers, signedInOnly }: PictureRoutesDeps): Router {
  const router = Router();

  for (const kind of ['avatar', 'photo'] as const) {
    const path = picturePaths[kind];
    const { shape, next, sentText } = forms[kind];
    router.get(path, signedInByQuery, (req: Request, res: Response) => answers.show(req, res, kind));

    router.post(path, signedInOnly, async (req: Request, res: Response) => {
      const read = readPicture(shape, bodyOf(req), filesOf(req));
      if (!read.ok) return answers.refuse(req, res, kind, read);
      const { file, alt } = read;
      const taken = await pictures.offer(viewerOf(req), { kind, bytes: file.bytes, alt });
      if (!taken) return res.redirect(303, await signedOut(req));
      if (taken.ok) return answers.goOn(req, res, next, sentText);
      const text = taken.reason === 'full' ? fullText : pictureFaults[taken.fault];
      const name = taken.reason === 'full' ? '' : kind;
      const state = {
        values: { [kind]: '', ...(kind === 'photo' ? { alt } : {}) },
        errors: [{ name, text }],
      };
      return answers.refuse(req, res, kind, state);
    });
    router.all(path, onlyMethods('GET', 'POST'));
  }

  router.post('/settings/avatar/remove', signedInOnly, async (req: Request, res: Response) => {
    await pictures.takeAway(viewerOf(req), 'avatar');
    return answers.goOn(req, res, forms.avatar.next, 'Your picture has been removed.');
  });

  router.get('/settings/pictures/status', signedInByQuery, async (req: Request, res: Response) => {
    const { of } = req.query;
    const mine = await pictures.of(viewerOf(req));
    if (!mine) return res.redirect(303, await signedOut(req));
    return res.json(pictureStatus(mine.pictures.filter((p) => p.kind === of)));
  });

  router.all('/settings/avatar/remove', onlyPost(picturePaths.avatar));
  router.all('/settings/pictures/status', onlyMethods('GET'));
  return router;
}
