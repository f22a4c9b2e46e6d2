import { mediaKey } from '../../platform/media-keys.ts';
import { shapes } from '../../platform/picture-rules.ts';
import type { ShownPicture } from './pictures.ts';

/** A picture as a page shows it. */
export interface PictureView {
  src: string;
  srcset: string;
  width: number;
  height: number;
  /** '' where the words beside it say the same. */
  alt: string;
  /** A data URI that stands there until it has come. */
  placeholder: string;
  /** The largest there is, to open by itself. */
  full: string;
}

interface Size {
  width: number;
  height: number;
}

/** How large the studio made a variant; it never enlarges. */
const sizeOf = ({ kind, width, height }: ShownPicture, side: number): Size => {
  if (kind === 'avatar') {
    const square = Math.min(side, width, height);
    return { width: square, height: square };
  }
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
};

const viewOf = (picture: ShownPicture, alt: string, usual: number): PictureView => {
  const { kind, name, placeholder } = picture;
  const path = (side: number) => `/media/${mediaKey(name, `${kind}-${side}`)}`;
  const { sides } = shapes[kind];
  const offered = sides.map((side) => `${path(side)} ${sizeOf(picture, side).width}w`);
  // A small original gives several variants of one size.
  const srcset = offered.filter((one, n) => one.split(' ')[1] !== offered[n - 1]?.split(' ')[1]).join(', ');
  return { src: path(usual), srcset, ...sizeOf(picture, usual), alt, placeholder, full: path(sides[0]) };
};

/** Beside its person's name, so it says nothing of its own. */
export const avatarView = (picture: ShownPicture): PictureView => viewOf(picture, '', 256);

/** The n-th photo of somebody, from 0; called so where its owner said nothing about it. */
export const photoView = (picture: ShownPicture, n: number, person: string): PictureView =>
  viewOf(picture, picture.alt || `Photo ${n + 1} of ${person}`, 512);

/** What a person's page shows of their pictures. */
export const picturesOf = (pictures: readonly ShownPicture[], person: string) => {
  const avatar = pictures.find((p) => p.kind === 'avatar');
  const photos = pictures.filter((p) => p.kind === 'photo');
  return {
    avatar: avatar ? avatarView(avatar) : null,
    photos: photos.map((photo, n) => photoView(photo, n, person)),
  };
};
