import type { Request, Response } from 'express';
import type { Message } from '../../kernel/message.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import type { FormError } from '../../web/forms/forms.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { saveSession } from '../../web/session/session.ts';
import { avatarPage, type PictureFormState, photosPage } from './pictures.page.ts';
import type { PictureService } from './pictures.service.ts';

export const picturePaths = { avatar: '/settings/avatar', photo: '/settings/photos' } as const;

/** The page's script shows progress, and goes on or shows the errors by itself. */
export function isScript(req: Request): boolean {
  return req.accepts(['html', 'json']) === 'json';
}

/** For that script. */
export function errorsJson({ words }: Request, errors: readonly FormError[]) {
  return { errors: errors.map((error) => ({ ...error, text: words.say(error.text) })) };
}

/** What the forms of pictures answer: to a browser pages, and to the script of one of them JSON. */
export function createPictureAnswers(pictures: PictureService) {
  const show = async (req: Request, res: Response, kind: PictureKind, state: PictureFormState = {}) => {
    const mine = await pictures.of(viewerOf(req));
    if (kind === 'photo') return res.render('settings/photos', photosPage(mine.pictures, state));
    return res.render('settings/avatar', avatarPage(mine.pictures, mine, state));
  };

  return {
    show,

    /** `text`: said on the next page; null where that page says it by itself. */
    async goOn(req: Request, res: Response, to: string, text: Message | null) {
      if (text) {
        req.session.flash = { kind: 'success', text };
        await saveSession(req);
      }
      return isScript(req) ? res.json({ to }) : res.redirect(303, to);
    },

    refuse(
      req: Request,
      res: Response,
      kind: PictureKind,
      state: PictureFormState & Required<Pick<PictureFormState, 'errors'>>,
      status = 422,
    ) {
      res.status(status);
      if (!isScript(req)) return show(req, res, kind, state);
      return res.json(errorsJson(req, state.edited?.errors ?? state.errors));
    },
  };
}

export type PictureAnswers = ReturnType<typeof createPictureAnswers>;
