import type { RequestHandler } from 'express';
import { message } from '../../kernel/message.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import { callerOf, readInput } from '../../web/act.ts';
import type { FileForm } from '../../web/forms/file-forms.ts';
import type { Forms } from '../../web/forms/form-rules.ts';
import { signedOut, viewerOf } from '../../web/session/guards.ts';
import { type SitePaths, sitePathsOf } from '../../web/session/site-paths.ts';
import { settingsForm } from '../auth/index.ts';
import { createPictureAnswers, picturePaths } from './picture-answers.routes.ts';
import type { PictureService } from './pictures.service.ts';
import { type PictureAct, type UploadActs, whyNot } from './uploads.acts.ts';

interface PictureFormsDeps {
  pictures: PictureService;
  acts: UploadActs;
  signedInOnly: RequestHandler[];
}

/** Where one goes on, with which word. The profile says by itself that the picture is being made. */
const sent = {
  avatar: { next: ({ own }: SitePaths) => own, text: null },
  photo: { next: () => picturePaths.photo, text: message('pictures.photos.added') },
} as const;

/** The forms that send a picture. */
export function pictureForms({ pictures, acts, signedInOnly }: PictureFormsDeps): Forms {
  const answers = createPictureAnswers(pictures);

  const formOf = <Input>(kind: PictureKind, act: PictureAct<Input>): FileForm => ({
    guard: signedInOnly,
    takes: act.input.files!,
    showTooLarge: (req, res, text) =>
      answers.refuse(req, res, kind, { errors: [{ name: kind, text }] }, res.statusCode),
    answer: async (req, res) => {
      const input = await readInput(act, req);
      if (!input.ok) return answers.refuse(req, res, kind, input);
      const taken = await act.run(viewerOf(req), input.data, callerOf(req));
      if (taken.ok) return answers.goOn(req, res, sent[kind].next(sitePathsOf(req)), sent[kind].text);
      if (taken.reason === 'signed-out') return res.redirect(303, await signedOut(req));
      const name = taken.reason === 'full' ? '' : kind;
      const errors = [{ name, text: whyNot(taken) }];
      return answers.refuse(req, res, kind, { values: input.values, errors });
    },
  });
  return {
    [picturePaths.avatar]: settingsForm(picturePaths.avatar, { files: formOf('avatar', acts.avatar) }),
    [picturePaths.photo]: settingsForm(picturePaths.photo, { files: formOf('photo', acts.photo) }),
  };
}
