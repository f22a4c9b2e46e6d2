import { type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { pictureFaults } from '../../platform/picture-faults.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { bodyOf } from '../../web/body.ts';
import type { FormError } from '../../web/forms.ts';
import { me, signedOut } from '../../web/guards.ts';
import { onlyMethods } from '../../web/methods.ts';
import { saveSession } from '../../web/session.ts';
import { filesOf } from '../../web/uploads.ts';
import { avatarShape, photoShape, readPicture } from './pictures.forms.ts';
import { avatarPage, photosPage, type PictureFormState, pictureStatus } from './pictures.page.ts';
import type { PictureService } from './pictures.service.ts';
import { picturePolicy } from './policy.ts';

/** The page of each kind: where its form is, and where one goes from there. */
const pages = {
  avatar: {
    path: '/settings/avatar',
    shape: avatarShape,
    view: 'settings/avatar',
    model: avatarPage,
    next: '/profile',
    sentText: 'We have your picture. It shows here in a moment.',
    removedText: 'Your picture is removed.',
  },
  photo: {
    path: '/settings/photos',
    shape: photoShape,
    view: 'settings/photos',
    model: photosPage,
    next: '/settings/photos',
    sentText: 'We have your photo. It shows here in a moment.',
    removedText: 'The photo is removed.',
  },
} as const;

const fullText = `You have ${picturePolicy.photosMax} photos, which is as many as there can be. Remove one to add another.`;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The page's script shows progress, and goes on or shows the errors by itself. */
const isScript = (req: Request): boolean => req.accepts(['html', 'json']) === 'json';

export interface PictureRoutesDeps {
  pictures: PictureService;
  signedInOnly: RequestHandler[];
}

/** `/settings/avatar` and `/settings/photos`. The files of their forms are read before (uploads.routes.ts). */
export const pictureRoutes = ({ pictures, signedInOnly }: PictureRoutesDeps): Router => {
  const router = Router();

  const show = async (req: Request, res: Response, kind: PictureKind, state: PictureFormState = {}) => {
    const { shape, view, model } = pages[kind];
    res.render(view, model(await pictures.of(me(req)), shape, state));
  };

  const goOn = async (req: Request, res: Response, to: string, text: string) => {
    req.session.flash = { kind: 'success', text };
    await saveSession(req);
    return isScript(req) ? res.json({ to }) : res.redirect(303, to);
  };

  const refuse = (req: Request, res: Response, kind: PictureKind, state: { errors: FormError[] }) => {
    res.status(422);
    return isScript(req) ? res.json({ errors: state.errors }) : show(req, res, kind, state);
  };

  for (const kind of ['avatar', 'photo'] as const) {
    const { path, shape, next, sentText } = pages[kind];
    router.get(path, signedInOnly, (req: Request, res: Response) => show(req, res, kind));

    router.post(path, signedInOnly, async (req: Request, res: Response) => {
      const read = readPicture(shape, bodyOf(req), filesOf(req));
      if (!read.ok) return refuse(req, res, kind, read);
      const { file, alt } = read;
      const taken = await pictures.offer(me(req), { kind, bytes: file.bytes, type: file.type, alt });
      if (!taken) return res.redirect(303, await signedOut(req));
      if (taken.ok) return goOn(req, res, next, sentText);
      const text = taken.reason === 'full' ? fullText : pictureFaults[taken.fault];
      const name = taken.reason === 'full' ? '' : kind;
      const state = {
        values: { [kind]: '', ...(kind === 'photo' ? { alt } : {}) },
        errors: [{ name, text }],
      };
      return refuse(req, res, kind, state);
    });
    router.all(path, onlyMethods('GET', 'POST'));
  }

  router.post('/settings/avatar/remove', signedInOnly, async (req: Request, res: Response) => {
    await pictures.takeAway(me(req), 'avatar');
    return goOn(req, res, pages.avatar.next, pages.avatar.removedText);
  });

  router.post('/settings/photos/:id/remove', signedInOnly, async (req: Request, res: Response) => {
    const id = String(req.params.id);
    if (!uuid.test(id) || !(await pictures.takeAway(me(req), 'photo', id)))
      throw new AppError(404, 'This photo is not there any more.');
    return goOn(req, res, pages.photo.next, pages.photo.removedText);
  });

  router.get('/settings/pictures/status', signedInOnly, async (req: Request, res: Response) => {
    const { of } = req.query;
    const all = await pictures.of(me(req));
    res.json(pictureStatus(all.filter((p) => p.kind === of)));
  });

  router.all(['/settings/avatar/remove', '/settings/photos/:id/remove'], onlyMethods('POST'));
  router.all('/settings/pictures/status', onlyMethods('GET'));
  return router;
};
