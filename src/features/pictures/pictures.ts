import { message, type Message } from '../../kernel/message.ts';
import type { PictureKind, PictureState } from '../../platform/generated/prisma/enums.ts';
import { incomingKey, variantKey } from '../../platform/media/media-keys.ts';
import { type PictureFault, pictureFaults } from '../../platform/pictures/picture-faults.ts';
import { pictureLimits, shapes, variantName } from '../../platform/pictures/picture-rules.ts';

/** Holds nothing of a person, and does whatever is due when it runs. */
export interface PictureJob {
  pictureId: string;
}

/** By the desk, which may give it back: its files stay. */
export const TAKEN_DOWN = 'taken-down';

/** `unfinished`: we gave up, though the picture is fine. */
export type PictureRefusal = PictureFault | 'unfinished' | typeof TAKEN_DOWN;

/** In place of a refusal: hidden while its files are deleted, so that no file is ever without a row. */
export const REMOVED = 'removed';

export const directions = ['earlier', 'later'] as const;
export type Direction = (typeof directions)[number];

export function faultText(fault: PictureRefusal): Message {
  const { megabytes, megapixels } = pictureLimits;
  if (fault === 'too-large') return message('pictures.fault.too-large', { megabytes });
  if (fault === 'too-many-pixels') return message('pictures.fault.too-many-pixels', { megapixels });
  return message(`pictures.fault.${fault}`);
}

/** Of a row, which a later release may have written. */
export function refusalText(refusal: string): Message {
  const known = [...pictureFaults, TAKEN_DOWN] as const;
  return faultText(known.find((fault) => fault === refusal) ?? 'unfinished');
}

export interface PictureRow {
  id: string;
  kind: PictureKind;
  state: PictureState;
  refusal: string | null; // null unless refused
  name: string;
  incoming: string | null; // the upload's key, while it is there
}

export function variantsOf(kind: PictureKind): string[] {
  return shapes[kind].sizes.map((size) => variantName(kind, size));
}

/** The others are the same picture, smaller. */
export function largestKey({ name, kind }: Pick<PictureRow, 'name' | 'kind'>): string {
  return variantKey(name, variantsOf(kind)[0]!);
}

export function keysOf({ name, kind }: Pick<PictureRow, 'name' | 'kind'>): string[] {
  return [incomingKey(name), ...variantsOf(kind).map((variant) => variantKey(name, variant))];
}

export interface ShownPicture {
  id: string;
  kind: PictureKind;
  name: string;
  alt: string;
  width: number; // of the original, upright, in pixels
  height: number;
  placeholder: string; // a data URI
}
