import type { Request, RequestHandler, Response } from 'express';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import { pictureFaults } from '../../platform/pictures/picture-faults.ts';
import { pictureRules } from '../../platform/pictures/picture-rules.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import type { FormRules } from '../../web/feature.ts';
import { bodyOf } from '../../web/forms/body.ts';
import type { FileForm } from '../../web/forms/file-forms.ts';
import { type FileRules, filesOf } from '../../web/forms/uploads.ts';
import { signedOut, viewerOf } from '../../web/session/guards.ts';
import { createPictureAnswers, picturePaths } from './picture-answers.routes.ts';
import { avatarShape, photoShape, readPicture } from './pictures.forms.ts';
import type { PictureService } from './pictures.service.ts';
import { picturePolicy } from './policy.ts';

interface PictureFilesDeps {
  limits: Limits;
  uploadTurns: UploadTurns;
}

/** A picture in the field that has its kind's name, as forms and acts take it. */
export function pictureFile(kind: PictureKind, { limits, uploadTurns }: PictureFilesDeps): FileRules {
  return {
    field: kind,
    maxBytes: pictureRules.maxBytes,
    tooLarge: pictureFaults['too-large'],
    turns: uploadTurns,
    patience: picturePolicy.patience,
    count: {
      limits,
      name: 'uploads',
      rules: picturePolicy.uploads,
      tooOften: "You've sent a lot of pictures recently.",
    },
  };
}

interface PictureFormsDeps extends PictureFilesDeps {
  pictures: PictureService;
  signedInOnly: RequestHandler[];
}

/** What each form is, and where one goes from there. */
const sent = {
  // The profile says by itself that the picture is being made.
  avatar: { shape: avatarShape, next: '/profile', text: null },
  photo: { shape: photoShape, next: picturePaths.photo, text: 'Photo added.' },
} as const;

const fullText = `You have ${picturePolicy.photosMax} photos, the maximum. Remove one to add another.`;

/** The forms that send a picture. */
export function pictureForms(deps: PictureFormsDeps): Record<string, FormRules> {
  const { pictures, signedInOnly } = deps;
  const answers = createPictureAnswers(pictures);

  const formOf = (kind: PictureKind): FileForm => ({
    guard: signedInOnly,
    takes: pictureFile(kind, deps),
    showTooLarge: (req, res, text) =>
      answers.refuse(req, res, kind, { errors: [{ name: kind, text }] }, res.statusCode),
    answer: async (req: Request, res: Response) => {
      const { shape, next, text } = sent[kind];
      const read = readPicture(shape, bodyOf(req), filesOf(req, kind));
      if (!read.ok) return answers.refuse(req, res, kind, read);
      const { file, alt } = read;
      const taken = await pictures.offer(viewerOf(req), { kind, bytes: file.bytes, alt });
      if (!taken) return res.redirect(303, await signedOut(req));
      if (taken.ok) return answers.goOn(req, res, next, text);
      const error =
        taken.reason === 'full'
          ? { name: '', text: fullText }
          : { name: kind, text: pictureFaults[taken.fault] };
      const values = { [kind]: '', ...(kind === 'photo' ? { alt } : {}) };
      return answers.refuse(req, res, kind, { values, errors: [error] });
    },
  });
  return {
    [picturePaths.avatar]: { files: formOf('avatar') },
    [picturePaths.photo]: { files: formOf('photo') },
  };
}
