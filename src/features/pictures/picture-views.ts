import { message, type Message } from '../../kernel/message.ts';
import { variantKey } from '../../platform/media/media-keys.ts';
import { shapes, sizeOf, variantName } from '../../platform/pictures/picture-rules.ts';
import { mediaPath } from '../../web/media.ts';
import type { ShownPicture } from './pictures.ts';

export interface PictureView {
  src: string;
  srcset: string;
  width: number;
  height: number;
  widthInSquares: number; // when it covers a square: 1 for a portrait
  alt: Message | string; // '' where the text beside it says the same
  placeholder: string; // a data URI
  full: string; // the largest variant, to open by itself
}

/** Largest first. */
function variantsIn({ kind, name, width, height }: ShownPicture) {
  return shapes[kind].sizes.map((variant) => ({
    path: mediaPath(variantKey(name, variantName(kind, variant))),
    ...sizeOf(kind, variant, width, height),
  }));
}

/** A small original gives several variants of one size. */
export function differentSizes(picture: ShownPicture) {
  return variantsIn(picture).filter((one, n, all) => one.width !== all[n - 1]?.width);
}

const WITHOUT_SRCSET = 1; // for browsers that don't read it: the second largest variant

function viewOf(picture: ShownPicture, alt: PictureView['alt']): PictureView {
  const variants = variantsIn(picture);
  const srcset = differentSizes(picture)
    .map((one) => `${one.path} ${one.width}w`)
    .join(', ');
  const { path, ...size } = variants[WITHOUT_SRCSET]!;
  const widthInSquares = Math.max(1, Math.round((size.width / size.height) * 100) / 100);
  return {
    src: path,
    srcset,
    ...size,
    widthInSquares,
    alt,
    placeholder: picture.placeholder,
    full: variants[0]!.path,
  };
}

/** Beside the person's name, so its alt is empty. */
export function avatarView(picture: ShownPicture): PictureView {
  return viewOf(picture, '');
}

/** Without a description it is called by its number. `person`: null for the owner. */
export function photoView(picture: ShownPicture, index: number, person: string | null): PictureView {
  const number = index + 1;
  const called =
    person === null
      ? message('pictures.photo.yours', { number })
      : message('pictures.photo.ofPerson', { number, person });
  return viewOf(picture, picture.alt || called);
}

export function picturesOf(pictures: readonly ShownPicture[], person: string) {
  const avatar = pictures.find((p) => p.kind === 'avatar');
  const photos = pictures.filter((p) => p.kind === 'photo');
  return {
    avatar: avatar ? avatarView(avatar) : null,
    photos: photos.map((photo, index) => photoView(photo, index, person)),
  };
}
