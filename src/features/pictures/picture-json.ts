import { z } from 'zod';
import { differentSizes } from './picture-views.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import type { OwnPicture } from './pictures.store.ts';
import type { ShownPicture } from './pictures.ts';

/** A picture that is ready, as the API gives it. */
export const PictureJson = z.object({
  id: z.uuid(),
  /** '' where its owner said nothing about it. */
  alt: z.string(),
  /** A data URI. */
  placeholder: z.string(),
  /** The largest first. */
  sizes: z.array(z.object({ url: z.string(), width: z.int(), height: z.int() })),
});

function pictureJson(picture: ShownPicture): z.infer<typeof PictureJson> {
  const { id, alt, placeholder } = picture;
  const sizes = differentSizes(picture).map(({ path, width, height }) => ({ url: path, width, height }));
  return { id, alt, placeholder, sizes };
}

export function picturesJson(pictures: readonly ShownPicture[]) {
  const avatar = pictures.find(({ kind }) => kind === 'avatar');
  return {
    avatar: avatar ? pictureJson(avatar) : null,
    photos: pictures.filter(({ kind }) => kind === 'photo').map((photo) => pictureJson(photo)),
  };
}

/** One's own: `picture` is null until it has been made. */
export const OwnPictureJson = z.object({
  id: z.uuid(),
  state: z.enum(['processing', 'ready', 'refused']),
  /** Why it was refused, in a word. */
  refusal: z.string().nullable(),
  alt: z.string(),
  picture: PictureJson.nullable(),
});

export function ownPicturesJson(mine: readonly OwnPicture[], kind: PictureKind) {
  return mine
    .filter((picture) => picture.kind === kind)
    .map(({ id, state, refusal, alt, ...rest }) => ({
      id,
      state,
      refusal,
      alt,
      picture: state === 'ready' ? pictureJson({ id, alt, ...rest } as ShownPicture) : null,
    }));
}
