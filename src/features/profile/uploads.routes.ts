import { type Request, type RequestHandler, Router } from 'express';
import { tooOften } from '../../kernel/errors.ts';
import type { Limits } from '../../platform/limits.ts';
import { pictureFaults } from '../../platform/picture-faults.ts';
import { pictureRules } from '../../platform/picture-rules.ts';
import type { UploadTurns } from '../../platform/upload-turns.ts';
import { me } from '../../web/guards.ts';
import { readUpload } from '../../web/uploads.ts';
import { picturePolicy } from './policy.ts';

export interface UploadRoutesDeps {
  limits: Limits;
  /** Bounds the memory that uploads take, in bytes. */
  uploadTurns: UploadTurns;
  signedInOnly: RequestHandler[];
}

/**
 * Reads the files of the forms that have one. Nothing of an upload is read for whoever is not signed in, or has sent
 * very many; every try counts, refused ones too.
 */
export const uploadRoutes = ({ limits, uploadTurns, signedInOnly }: UploadRoutesDeps): Router => {
  const count: RequestHandler = async (req: Request, _res, next) => {
    const taken = await limits.take([{ key: `uploads:${me(req).id}`, rules: picturePolicy.uploads }]);
    if (!taken.ok) throw tooOften('You have sent very many pictures lately.', taken.waitMs / 1000);
    next();
  };
  const read = readUpload({
    maxBytes: pictureRules.maxBytes,
    tooLarge: pictureFaults['too-large'],
    turns: uploadTurns,
    pace: picturePolicy.pace,
    senderOf: (req) => me(req).id,
  });
  return Router().post(['/settings/avatar', '/settings/photos'], signedInOnly, count, read);
};
