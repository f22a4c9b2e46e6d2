import type { Request, RequestHandler, Response } from 'express';
import { message } from '../../kernel/message.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { callerOf, readInput } from '../../web/act.ts';
import type { FileForm } from '../../web/forms/file-forms.ts';
import type { Forms } from '../../web/forms/form-rules.ts';
import type { FormError } from '../../web/forms/forms.ts';
import { signedOut, viewerOf } from '../../web/session/guards.ts';
import { type SitePaths, sitePathsOf } from '../../web/session/site-paths.ts';
import { settingsForm } from '../auth/index.ts';
import { createPictureAnswers, errorsJson, isScript, picturePaths } from './picture-answers.routes.ts';
import type { PictureService } from './pictures.service.ts';
import { type PictureAct, type UploadActs, whyNot } from './uploads.acts.ts';

interface PictureFormsDeps {
  pictures: PictureService;
  acts: UploadActs;
  signedInOnly: RequestHandler[];
}

/** A page with the form of the avatar: where one goes on once the picture was taken, and how it shows what is wrong. */
export interface AvatarPlace {
  next: (req: Request) => Promise<string>;
  show: (req: Request, res: Response, errors: readonly FormError[]) => unknown;
}

/** Where one goes on, with which word. The profile says by itself that the picture is being made. */
const sent = {
  avatar: { next: ({ own }: SitePaths) => own, text: null },
  photo: { next: () => picturePaths.photo, text: message('pictures.photos.added') },
} as const;

type Answers = ReturnType<typeof createPictureAnswers>;
type Refused = Parameters<Answers['refuse']>[3];

interface Place {
  goOn: (req: Request, res: Response) => unknown;
  refuse: (req: Request, res: Response, state: Refused, status?: number) => unknown;
}

/** The forms that send a picture. */
export function pictureForms({ pictures, acts, signedInOnly }: PictureFormsDeps) {
  const answers = createPictureAnswers(pictures);

  const formOf = <Input>(kind: PictureKind, act: PictureAct<Input>, { goOn, refuse }: Place): FileForm => ({
    guard: signedInOnly,
    takes: act.input.files!,
    showTooLarge: (req, res, text) => refuse(req, res, { errors: [{ name: kind, text }] }, res.statusCode),
    answer: async (req, res) => {
      const input = await readInput(act, req);
      if (!input.ok) return refuse(req, res, input);
      const taken = await act.run(viewerOf(req), input.data, callerOf(req));
      if (taken.ok) return goOn(req, res);
      if (taken.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      const name = taken.reason === 'full' ? '' : kind;
      return refuse(req, res, { values: input.values, errors: [{ name, text: whyNot(taken) }] });
    },
  });
  const inSettings = (kind: PictureKind): Place => ({
    goOn: (req, res) => answers.goOn(req, res, sent[kind].next(sitePathsOf(req)), sent[kind].text),
    refuse: (req, res, state, status) => answers.refuse(req, res, kind, state, status),
  });
  const [avatar, photo] = [picturePaths.avatar, picturePaths.photo];
  const forms: Forms = {
    [avatar]: settingsForm(avatar, { files: formOf('avatar', acts.avatar, inSettings('avatar')) }),
    [photo]: settingsForm(photo, { files: formOf('photo', acts.photo, inSettings('photo')) }),
  };

  return {
    forms,
    /** The form of the avatar on a page of a later feature. */
    avatarOn: ({ next, show }: AvatarPlace): FileForm =>
      formOf('avatar', acts.avatar, {
        goOn: async (req, res) => answers.goOn(req, res, await next(req), null),
        refuse: (req, res, { errors }, status = 422) => {
          res.status(status);
          return isScript(req) ? res.json(errorsJson(req, errors)) : show(req, res, errors);
        },
      }),
  };
}
