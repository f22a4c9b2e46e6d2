import { message } from '../../kernel/message.ts';
import type { PictureKind } from '../generated/prisma/enums.ts';
import { createSemaphore } from '../limits/semaphore.ts';
import { createWorkerPool } from './image-workers.ts';
import type { Picture } from './make-picture.ts';
import { pictureIn } from './picture-extent.ts';
import type { PictureFault } from './picture-faults.ts';
import { formatOf } from './picture-format.ts';
import { pictureRules as rules } from './picture-rules.ts';

export type MadePicture = ({ ok: true } & Picture) | { ok: false; reason: PictureFault };

export interface ImageProcessor {
  look(bytes: Buffer): Promise<PictureFault | null>; // without decoding. Null: nothing is wrong.
  make(bytes: Buffer, kind: PictureKind): Promise<MadePicture>; // throws AppError 503 when too many pictures wait
  load(): { running: number; waiting: number };
}

const sorry = message('pictures.upload.busy');

async function judged(bytes: Buffer): Promise<{ picture: Buffer; pixels: number } | { fault: PictureFault }> {
  if (bytes.length === 0) return { fault: 'empty' };
  if (bytes.length > rules.maxBytes) return { fault: 'too-large' };
  const format = await formatOf(bytes);
  const found = typeof format === 'string' ? await pictureIn(bytes, format) : format;
  return 'pixels' in found && found.pixels > rules.maxPixels ? { fault: 'too-many-pixels' } : found;
}

function refused(reason: PictureFault) {
  return { ok: false, reason } as const;
}

/** Decoders run in other processes, at most `concurrency` (cores) and `pixelsAtOnce` (memory); `waiting` may queue. */
export function createImageProcessor({
  concurrency,
  waiting,
}: {
  concurrency: number;
  waiting: number;
}): ImageProcessor {
  const workers = createWorkerPool();
  const turns = createSemaphore({ room: rules.pixelsAtOnce, waiting }, sorry, 5);
  const lightest = Math.floor(rules.pixelsAtOnce / concurrency);

  return {
    look: async (bytes) => {
      const found = await judged(bytes);
      return 'fault' in found ? found.fault : null;
    },
    make: async (bytes, kind) => {
      const found = await judged(bytes);
      if ('fault' in found) return refused(found.fault);
      const { picture, pixels } = found;
      const made = await turns.take(Math.max(pixels, lightest), () => workers.make(picture, kind));
      return 'fault' in made ? refused(made.fault) : { ok: true, ...made };
    },
    load: () => turns.load(),
  };
}
