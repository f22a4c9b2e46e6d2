import { type Clock, later } from '../../kernel/clock.ts';
import { variantKey } from '../../platform/media/media-keys.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { ImageProcessor } from '../../platform/pictures/image-processor.ts';
import type { JobHandler } from '../../platform/queue/worker.ts';
import type { PictureStore } from './pictures.store.ts';
import { keysOf, type PictureJob, type PictureRow, REMOVED } from './pictures.ts';
import { picturePolicy } from './policy.ts';

interface PictureJobsDeps {
  store: PictureStore;
  media: MediaStore;
  imageProcessor: ImageProcessor;
  clock: Clock;
}

/** Every step may be repeated after a crash. */
export function createPictureJobs({ store, media, imageProcessor, clock }: PictureJobsDeps) {
  const eraseFiles = async (picture: PictureRow): Promise<void> => {
    for (const key of keysOf(picture)) await media.delete(key);
  };

  const tidy = async (picture: PictureRow): Promise<void> => {
    if (picture.refusal === REMOVED) {
      await eraseFiles(picture);
      await store.forget(picture.id);
    } else if (picture.incoming) {
      // A refused one may have variants of a try that broke off.
      await (picture.state === 'refused' ? eraseFiles(picture) : media.delete(picture.incoming));
      await store.uploadGone(picture.id);
    }
  };

  const tidyById = async (id: string): Promise<void> => {
    const picture = await store.row(id);
    if (picture && picture.state !== 'processing') await tidy(picture);
  };

  const make = async (picture: PictureRow): Promise<void> => {
    const { id, kind, name } = picture;
    const upload = picture.incoming && (await media.get(picture.incoming));
    if (!upload) return store.refuse(id, 'unfinished');
    const made = await imageProcessor.make(upload.bytes, kind);
    if (!made.ok) return store.refuse(id, made.reason);
    for (const variant of made.variants) await media.put(variantKey(name, variant.name), variant.bytes);
    const replaced = await store.ready(id, made);
    // Removed while it was being made.
    if (!replaced) return eraseFiles(picture);
    for (const old of replaced) await tidyById(old);
  };

  const tidyAll = async (userId: string | null = null): Promise<void> => {
    for (;;) {
      const batch = await store.leftOver(userId);
      for (const picture of batch) await tidy(picture);
      if (batch.length < picturePolicy.sweepBatch) return;
    }
  };

  const handler: JobHandler<PictureJob> = {
    async run({ pictureId }) {
      const picture = await store.row(pictureId);
      if (picture?.state === 'processing') await make(picture);
      await tidyById(pictureId);
    },
    givenUp: ({ pictureId }) => store.refuse(pictureId, 'unfinished'),
  };

  return {
    handler,
    /** Also gives up what nobody works on any more. */
    sweep: async (): Promise<void> => {
      await store.giveUp(later(clock.now(), -picturePolicy.stuckAfter));
      await tidyAll();
    },
    eraseAllOf: async (userId: string): Promise<void> => {
      for (const kind of ['avatar', 'photo'] as const) await store.takeAway(userId, kind, null);
      await tidyAll(userId);
    },
  };
}
