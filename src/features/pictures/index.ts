import { Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { ImageProcessor } from '../../platform/pictures/image-processor.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import type { OpenQueue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import { gaugeTurns } from '../../platform/watching/gauge-turns.ts';
import type { Feature } from '../../web/feature.ts';
import type { FileForm } from '../../web/forms/file-forms.ts';
import { type AuthFeature, settingsForm } from '../auth/index.ts';
import { galleryRoutes } from './gallery.routes.ts';
import { kept } from './kept.ts';
import { createPictureAnswers, picturePaths } from './picture-answers.routes.ts';
import { createPictureJobs } from './pictures.jobs.ts';
import { pictureActs } from './pictures.acts.ts';
import { pictureRoutes } from './pictures.routes.ts';
import { createPictureService } from './pictures.service.ts';
import { createPictureStore } from './pictures.store.ts';
import type { PictureJob } from './pictures.ts';
import { picturePolicy } from './policy.ts';
import { createPictureRemoval } from './removal.store.ts';
import { pictureSettings } from './settings-rows.ts';
import { uploadActs } from './uploads.acts.ts';
import { type AvatarPlace, pictureForms } from './uploads.routes.ts';

export { type ExportedFile, exportedPictures } from './data-export.store.ts';
export { letterOf } from './letter.ts';
export { PictureJson, picturesJson } from './picture-json.ts';
export { picturesOf } from './picture-views.ts';
export { avatarNote, avatarUpload } from './pictures.page.ts';
export type { OwnPicture } from './pictures.store.ts';
export { largestKey, REMOVED, type ShownPicture } from './pictures.ts';
export { picturePolicy } from './policy.ts';

interface PicturesDeps {
  db: Db;
  media: MediaStore;
  limits: Limits;
  openQueue: OpenQueue;
  imageProcessor: ImageProcessor;
  /** Bounds the memory that uploads take, in bytes. */
  uploadTurns: UploadTurns;
  /** Pictures made at once. */
  cores: number;
  clock: Clock;
  random: Random;
  auth: Pick<AuthFeature, 'signedInOnly'>;
}

export interface PicturesFeature extends Feature {
  /** The form of the avatar, for a page of a later feature. */
  avatarOn: (place: AvatarPlace) => FileForm;
}

/** `/settings/avatar` and `/settings/photos`, for signed-in people only. */
export function picturesFeature(deps: PicturesDeps): PicturesFeature {
  const { media, limits, imageProcessor, uploadTurns, clock, random } = deps;
  const { signedInOnly } = deps.auth;
  const queue = deps.openQueue<PictureJob>('pictures', picturePolicy);
  const store = createPictureStore(deps.db);
  const pictures = createPictureService({ store, media, imageProcessor, jobs: queue, clock, random });
  const work = createPictureJobs({ store, media, imageProcessor, clock });
  const [acts, uploads] = [pictureActs(pictures), uploadActs({ limits, uploadTurns, pictures })];
  const answers = createPictureAnswers(pictures);
  const { forms, avatarOn } = pictureForms({ pictures, acts: uploads, signedInOnly });
  const [avatar, photos] = [picturePaths.avatar, picturePaths.photo];
  return {
    name: 'pictures',
    avatarOn,
    pages: Router()
      .use(pictureRoutes({ pictures, acts, answers, signedInOnly }))
      .use(galleryRoutes({ pictures, acts, answers, signedInOnly })),
    slots: { 'settings.rows': pictureSettings },
    profileRemoval: createPictureRemoval(deps.db),
    media: {
      avatar: (viewer, name) => pictures.mayFetch(viewer, name, 'avatar'),
      photo: (viewer, name) => pictures.mayFetch(viewer, name, 'photo'),
    },
    forms: {
      ...forms,
      [`${avatar}/remove`]: settingsForm(avatar),
      [`${photos}/:id`]: settingsForm(photos),
      [`${photos}/:id/move`]: settingsForm(photos),
      [`${photos}/:id/remove`]: settingsForm(photos),
    },
    acts: [...Object.values(acts), ...Object.values(uploads)],
    jobs: [{ queue, concurrency: deps.cores, handler: () => work.handler }],
    timers: [cleanup(work.sweep)],
    privacy: { kept, erase: work.eraseAllOf },
    metrics(m) {
      gaugeTurns(m, 'pictures', 'Pictures in the making', imageProcessor);
      gaugeTurns(m, 'uploads', 'Uploads held in memory', uploadTurns);
    },
  };
}
