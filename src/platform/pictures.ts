import { createMakers } from './picture-apart.ts';
import { faultOfExtent } from './picture-ends.ts';
import type { PictureFault } from './picture-faults.ts';
import { kindOf } from './picture-kind.ts';
import { type Purpose, pictureRules } from './picture-rules.ts';
import { lookAt, type Picture, prepareStudio } from './picture-studio.ts';
import { createTurns } from './turns.ts';

export type MadePicture = ({ ok: true } & Picture) | { ok: false; reason: PictureFault };

export interface Pictures {
  /** What speaks against the bytes that can be told without decoding them; null: nothing. */
  look(bytes: Buffer, declaredType?: string): Promise<PictureFault | null>;
  /**
   * Makes the variants of a picture that somebody sent, or says why not (in words: `pictureFaults`). `declaredType` is
   * the media type that came with the upload. Throws AppError 503 when too many pictures stand in line.
   */
  make(bytes: Buffer, purpose: Purpose, declaredType?: string): Promise<MadePicture>;
  /** Being made and waiting now. */
  load(): { running: number; waiting: number };
}

const sorry = 'Very many pictures are being sent right now. Please try again in a moment.';

/** What can be told without decoding, cheapest first; null when nothing speaks against the bytes. */
const faultOfBytes = async (bytes: Buffer, declaredType?: string): Promise<PictureFault | null> => {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > pictureRules.maxBytes) return 'too-large';
  const kind = await kindOf(bytes, declaredType);
  return typeof kind === 'string' ? faultOfExtent(bytes, kind) : kind.fault;
};

const refused = (reason: PictureFault) => ({ ok: false, reason }) as const;

/**
 * Pictures from untrusted bytes. Only headers are read here; decoding is done by other processes and waits for its turn:
 * at most `concurrency` at once (cores: more would only add memory), and together no more pixels than one picture may
 * have, so that memory is bounded whatever is sent and however many cores there are. `waiting` uploads may stand in line.
 */
export const createPictures = ({
  concurrency,
  waiting,
}: {
  concurrency: number;
  waiting: number;
}): Pictures => {
  prepareStudio();
  const makers = createMakers();
  const turns = createTurns({ room: pictureRules.maxPixels, waiting }, sorry, 5);
  const lightest = Math.floor(pictureRules.maxPixels / concurrency);

  return {
    look: async (bytes, declaredType) => {
      const fault = await faultOfBytes(bytes, declaredType);
      if (fault) return fault;
      const seen = await lookAt(bytes);
      return 'fault' in seen ? seen.fault : null;
    },
    make: async (bytes, purpose, declaredType) => {
      const fault = await faultOfBytes(bytes, declaredType);
      if (fault) return refused(fault);
      const seen = await lookAt(bytes);
      if ('fault' in seen) return refused(seen.fault);
      const made = await turns.take(Math.max(seen.pixels, lightest), () => makers.make(bytes, purpose));
      return 'fault' in made ? refused(made.fault) : { ok: true, ...made };
    },
    load: () => turns.load(),
  };
};
