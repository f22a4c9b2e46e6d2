import type { PictureKind, PictureState } from '../../platform/generated/prisma/enums.ts';
import { incomingKey, mediaKey } from '../../platform/media/media-keys.ts';
import { type PictureFault, pictureFaults } from '../../platform/pictures/picture-faults.ts';
import { nameOf, shapes } from '../../platform/pictures/picture-rules.ts';

/** Everything else is in the row: a job holds nothing of a person, and is good for whatever is due when it runs. */
export interface PictureJob {
  pictureId: string;
}

/** `unfinished`: nothing is wrong with the picture, but we gave it up. */
export type Refusal = PictureFault | 'unfinished';

/**
 * Stands where a reason would, in rows of pictures that were taken away: nobody sees them, their files have to go, and
 * then they go themselves. So a file is never without a row that knows of it.
 */
export const REMOVED = 'removed';

const unfinishedText = "We couldn't process this picture. Please send it again.";

/** Where a photo may go in its gallery. */
export const directions = ['earlier', 'later'] as const;
export type Direction = (typeof directions)[number];

/** A row's reason in a sentence. */
export function refusalText(refusal: string): string {
  return refusal in pictureFaults ? pictureFaults[refusal as PictureFault] : unfinishedText;
}

/** A picture as its row has it. */
export interface PictureRow {
  id: string;
  kind: PictureKind;
  state: PictureState;
  /** Null unless refused. */
  refusal: string | null;
  /** Names its files in the media store. */
  name: string;
  /** Where the upload lies, as long as it does. */
  incoming: string | null;
}

export function variantsOf(kind: PictureKind): string[] {
  return shapes[kind].sizes.map((size) => nameOf(kind, size));
}

/** Every key under which something of a picture may lie. */
export function keysOf({ name, kind }: Pick<PictureRow, 'name' | 'kind'>): string[] {
  return [incomingKey(name), ...variantsOf(kind).map((variant) => mediaKey(name, variant))];
}

/** A picture that is ready, as pages need it. */
export interface ShownPicture {
  id: string;
  kind: PictureKind;
  name: string;
  alt: string;
  /** Of the original, upright, in pixels. */
  width: number;
  height: number;
  /** A data URI. */
  placeholder: string;
}
