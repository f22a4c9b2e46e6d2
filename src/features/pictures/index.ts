import { type RequestHandler, Router } from 'express';
import type { Db } from '../../platform/stores/db.ts';
import { galleryRoutes } from './gallery.routes.ts';
import { mediaRoutes } from './media.routes.ts';
import { createPictureAnswers } from './picture-answers.routes.ts';
import { createPictureJobs } from './pictures.jobs.ts';
import { pictureRoutes } from './pictures.routes.ts';
import { createPictureService, type PicturesDeps } from './pictures.service.ts';
import { createPictureStore } from './pictures.store.ts';

export { type ExportedFile, exportedPictures } from './data-export.store.ts';
export { letterOf } from './letter.ts';
export { PictureJson, picturesJson } from './picture-json.ts';
export { picturesOf } from './picture-views.ts';
export { avatarNote } from './pictures.page.ts';
export type { OwnPicture } from './pictures.store.ts';
export { type PictureJob, REMOVED, type ShownPicture } from './pictures.ts';
export { picturePolicy } from './policy.ts';
export { uploadActs } from './uploads.acts.ts';
export { pictureForms } from './uploads.routes.ts';

/** What the web process and the worker both need of pictures. */
export function createPictureCore({ db, ...deps }: Omit<PicturesDeps, 'store'> & { db: Db }) {
  const store = createPictureStore(db);
  return { ...createPictureService({ ...deps, store }), work: createPictureJobs({ ...deps, store }) };
}

export type PictureCore = ReturnType<typeof createPictureCore>;

/** `/settings/avatar`, `/settings/photos` and `/media`, for signed-in people only. */
export function picturePages(deps: { pictures: PictureCore; signedInOnly: RequestHandler[] }): Router {
  const { pictures } = deps;
  const shared = { ...deps, answers: createPictureAnswers(pictures) };
  return Router().use(pictureRoutes(shared)).use(galleryRoutes(shared)).use(mediaRoutes({ pictures }));
}
