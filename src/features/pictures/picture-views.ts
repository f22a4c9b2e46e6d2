import { mediaKey } from '../../platform/media/media-keys.ts';
import { nameOf, shapes, sizeOf } from '../../platform/pictures/picture-rules.ts';
import type { ShownPicture } from './pictures.ts';

export interface PictureView {
  src: string;
  srcset: string;
  width: number;
  height: number;
  spread: number; // how much wider it is than its square
  alt: string; // '' where the text beside it says the same
  placeholder: string; // a data URI
  full: string; // the largest variant, to open by itself
}

/** Largest first. */
function variantsIn({ kind, name, width, height }: ShownPicture) {
  return shapes[kind].sizes.map((variety) => ({
    path: `/media/${mediaKey(name, nameOf(kind, variety))}`,
    ...sizeOf(kind, variety, width, height),
  }));
}

/** A small original gives several variants of one size. */
export function differentSizes(picture: ShownPicture) {
  return variantsIn(picture).filter((one, n, all) => one.width !== all[n - 1]?.width);
}

/** `usual`: which variant is shown where a browser knows none of the others. */
function viewOf(picture: ShownPicture, alt: string, usual: number): PictureView {
  const variants = variantsIn(picture);
  const srcset = differentSizes(picture)
    .map((one) => `${one.path} ${one.width}w`)
    .join(', ');
  const { path, ...size } = variants[usual]!;
  const spread = Math.max(1, Math.round((size.width / size.height) * 100) / 100);
  return {
    src: path,
    srcset,
    ...size,
    spread,
    alt,
    placeholder: picture.placeholder,
    full: variants[0]!.path,
  };
}

/** Beside the person's name, so its alt is empty. */
export function avatarView(picture: ShownPicture): PictureView {
  return viewOf(picture, '', 1);
}

/** From 0; so called without a description. `person`: null for the owner. */
export function photoView(picture: ShownPicture, n: number, person: string | null): PictureView {
  return viewOf(
    picture,
    picture.alt || (person === null ? `Your photo ${n + 1}` : `Photo ${n + 1} by ${person}`),
    1,
  );
}

export function picturesOf(pictures: readonly ShownPicture[], person: string) {
  const avatar = pictures.find((p) => p.kind === 'avatar');
  const photos = pictures.filter((p) => p.kind === 'photo');
  return {
    avatar: avatar ? avatarView(avatar) : null,
    photos: photos.map((photo, n) => photoView(photo, n, person)),
  };
}
