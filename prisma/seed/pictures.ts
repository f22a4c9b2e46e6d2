import { availableParallelism } from 'node:os';
import sharp from 'sharp';
import { createPictureJobs } from '../../src/features/pictures/pictures.jobs.ts';
import { createPictureService } from '../../src/features/pictures/pictures.service.ts';
import { createPictureStore } from '../../src/features/pictures/pictures.store.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import { isMediaDown, type MediaStore } from '../../src/platform/media/media-store.ts';
import { createImageProcessor } from '../../src/platform/pictures/image-processor.ts';
import type { Db } from '../../src/platform/stores/db.ts';

/** Draws, and hands what was drawn to the site's own pipeline, whose jobs run at once. */
export function createPainter(db: Db, media: MediaStore) {
  const store = createPictureStore(db);
  const concurrency = availableParallelism();
  const imageProcessor = createImageProcessor({ concurrency, waiting: 100 });
  const { handler } = createPictureJobs({ store, media, imageProcessor, clock: systemClock });
  const pictures = createPictureService({
    store,
    media,
    imageProcessor,
    jobs: {
      name: 'pictures',
      add: (_id, job) => handler.run(job, { isLast: true }),
      close: async () => {},
    },
    clock: systemClock,
    random: systemRandom,
  });
  /** Somebody with a picture keeps it. Without a place for pictures there is none, and the person is there all the same. */
  return async (id: string, svg: string): Promise<void> => {
    const viewer = { id, securityVersion: 0, now: systemClock.now() };
    if ((await pictures.of(viewer)).pictures.length > 0) return;
    const bytes = await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
    await pictures.offer(viewer, { kind: 'avatar', bytes, alt: '' }).catch((err: unknown) => {
      if (!isMediaDown(err)) throw err;
    });
  };
}
