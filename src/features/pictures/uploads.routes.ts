import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { tooOften } from '../../kernel/errors.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import { pictureFaults } from '../../platform/pictures/picture-faults.ts';
import { pictureRules } from '../../platform/pictures/picture-rules.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import { FileTooLarge } from '../../web/forms/multipart.ts';
import { readUpload } from '../../web/forms/uploads.ts';
import { viewerOf, signedOut } from '../../web/session/guards.ts';
import { isStillOpen } from '../../web/session/session.ts';
import { createPictureAnswers, picturePaths } from './picture-answers.routes.ts';
import type { PictureService } from './pictures.service.ts';
import { picturePolicy } from './policy.ts';

interface UploadRoutesDeps {
  limits: Limits;
  /** Bounds the memory that uploads take, in bytes. */
  uploadTurns: UploadTurns;
  pictures: PictureService;
  signedInOnly: RequestHandler[];
}

/**
 * Reads the files of the forms that have one. Nothing of an upload is read for whoever is not signed in, or has sent
 * very many; every try counts, refused ones too.
 */
export function uploadRoutes(deps: UploadRoutesDeps): Router {
  const { limits, uploadTurns, pictures, signedInOnly } = deps;
  const answers = createPictureAnswers(pictures);

  const count: RequestHandler = async (req: Request, _res, next) => {
    const taken = await limits.take([{ key: `uploads:${viewerOf(req).id}`, rules: picturePolicy.uploads }]);
    if (!taken.ok) throw tooOften("You've sent a lot of pictures recently.", taken.waitMs / 1000);
    next();
  };
  const read = readUpload({
    maxBytes: pictureRules.maxBytes,
    tooLarge: pictureFaults['too-large'],
    turns: uploadTurns,
    patience: picturePolicy.patience,
    senderOf: (req) => viewerOf(req).id,
  });

  /** Sending a file may take minutes, in which its sender may sign out elsewhere. */
  const stillSignedIn: RequestHandler = async (req, res, next) => {
    if (await isStillOpen(req)) return next();
    return res.redirect(303, await signedOut(req));
  };

  const router = Router();
  for (const kind of ['avatar', 'photo'] as const) {
    const path = picturePaths[kind];
    /** A file that is too large is a mistake in the form as any other, though most of the form was not read. */
    const showTooLarge: ErrorRequestHandler = async (err, req, res, next) => {
      if (!(err instanceof FileTooLarge)) return next(err);
      return answers.refuse(req, res, kind, { errors: [{ name: kind, text: err.message }] }, err.status);
    };
    router.post(path, signedInOnly, count, read, stillSignedIn);
    router.use(path, showTooLarge);
  }
  return router;
}
