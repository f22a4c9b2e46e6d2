import { createSemaphore } from '../limits/semaphore.ts';
import { createWorkerPool } from './image-workers.ts';
import { pictureIn } from './picture-ends.ts';
import type { PictureFault } from './picture-faults.ts';
import { kindOf } from './picture-kind.ts';
import { type Purpose, pictureRules as rules } from './picture-rules.ts';
import type { Picture } from './image-processor.ts';

export type MadePicture = ({ ok: true } & Picture) | { ok: false; reason: PictureFault };

export interface Pictures {
  /** What speaks against the bytes that can be told without decoding them; null: nothing. */
  look(bytes: Buffer): Promise<PictureFault | null>;
  /**
   * Makes the variants of a picture that somebody sent, or says why not (in words: `pictureFaults`). Throws AppError 503
   * when too many pictures stand in line.
   */
  make(bytes: Buffer, purpose: Purpose): Promise<MadePicture>;
  /** Being made and waiting now. */
  load(): { running: number; waiting: number };
}

const sorry = 'A lot of pictures are being sent right now. Please try again in a moment.';

/** What can be told without decoding, cheapest first: the picture itself, or what speaks against it. */
async function judged(bytes: Buffer): Promise<{ picture: Buffer; pixels: number } | { fault: PictureFault }> {
  if (bytes.length === 0) return { fault: 'empty' };
  if (bytes.length > rules.maxBytes) return { fault: 'too-large' };
  const kind = await kindOf(bytes);
  const found = typeof kind === 'string' ? await pictureIn(bytes, kind) : kind;
  return 'pixels' in found && found.pixels > rules.maxPixels ? { fault: 'too-many-pixels' } : found;
}

function refused(reason: PictureFault) {
  return { ok: false, reason } as const;
}

/**
 * Pictures from untrusted bytes. Only their structure is walked here, in JavaScript; every decoder, and what reads headers
 * for one, is in other processes. Those wait for their turn: at most `concurrency` at once (cores: more would only add
 * memory), and together no more than `pixelsAtOnce` unless one picture alone has more, so that memory is bounded whatever
 * is sent and however many cores there are. `waiting` uploads may stand in line.
 */
export function createPictures({ concurrency, waiting }: { concurrency: number; waiting: number }): Pictures {
  const workers = createWorkerPool();
  const turns = createSemaphore({ room: rules.pixelsAtOnce, waiting }, sorry, 5);
  const lightest = Math.floor(rules.pixelsAtOnce / concurrency);

  return {
    look: async (bytes) => {
      const found = await judged(bytes);
      return 'fault' in found ? found.fault : null;
    },
    make: async (bytes, purpose) => {
      const found = await judged(bytes);
      if ('fault' in found) return refused(found.fault);
      const { picture, pixels } = found;
      const made = await turns.take(Math.max(pixels, lightest), () => workers.make(picture, purpose));
      return 'fault' in made ? refused(made.fault) : { ok: true, ...made };
    },
    load: () => turns.load(),
  };
}
