import { z } from 'zod';
import { message } from '../../kernel/message.ts';
import { refused } from '../../kernel/outcome.ts';
import { act, noInput } from '../../web/act.ts';
import { changesLimit } from '../auth/index.ts';
import { OwnPictureJson, ownPicturesJson } from './picture-json.ts';
import { AltForm, altShape, OnePhoto } from './pictures.forms.ts';
import type { PictureService } from './pictures.service.ts';
import { directions } from './pictures.ts';
import { picturePolicy } from './policy.ts';

const nothing = z.object({});
const photoIn = { shape: { texts: ['id'] }, schema: OnePhoto };
const notThereText = message('pictures.photo.gone');

/** Pictures of oneself; uploads.acts.ts has how they come. */
export function pictureActs(pictures: PictureService) {
  const read = { access: 'member', scope: 'pictures:read', input: noInput, refusals: {} } as const;
  const write = { access: 'member', scope: 'pictures:write', limits: [changesLimit] } as const;
  const ofMine = { ...write, output: nothing, answer: () => ({}), tell: () => notThereText } as const;

  return {
    avatar: act({
      ...read,
      name: 'pictures.readAvatar',
      route: 'GET /settings/avatar',
      /** The one that is shown, and one that is to replace it. */
      output: z.object({ items: z.array(OwnPictureJson) }),
      run: async (viewer) => ({ ok: true, value: await pictures.of(viewer) }) as const,
      answer: (mine) => ({ items: ownPicturesJson(mine.pictures, 'avatar') }),
    }),

    photos: act({
      ...read,
      name: 'pictures.readPhotos',
      route: 'GET /settings/photos',
      output: z.object({ items: z.array(OwnPictureJson), max: z.int() }),
      run: async (viewer) => ({ ok: true, value: await pictures.of(viewer) }) as const,
      answer: (mine) => ({ items: ownPicturesJson(mine.pictures, 'photo'), max: picturePolicy.photosMax }),
    }),

    removeAvatar: act({
      ...ofMine,
      name: 'pictures.removeAvatar',
      route: 'POST /settings/avatar/remove',
      input: noInput,
      refusals: {},
      run: (viewer) => pictures.removeAvatar(viewer),
    }),

    describe: act({
      ...ofMine,
      name: 'pictures.describe',
      route: 'POST /settings/photos/:id',
      input: {
        shape: { texts: ['id', ...altShape.texts] },
        schema: OnePhoto.extend(AltForm.shape),
      },
      refusals: { 'not-there': 404 },
      run: (viewer, { id, alt }) => pictures.describe(viewer, id, alt),
    }),

    move: act({
      ...ofMine,
      name: 'pictures.move',
      route: 'POST /settings/photos/:id/move',
      input: { shape: { texts: ['id', 'to'] }, schema: OnePhoto.extend({ to: z.string() }) },
      refusals: { 'not-there': 404, 'no-direction': 400 },
      async run(viewer, { id, to }) {
        const direction = directions.find((known) => known === to);
        return direction ? pictures.move(viewer, id, direction) : refused('no-direction');
      },
      tell: ({ reason }) => (reason === 'not-there' ? notThereText : message('pictures.photo.move.unknown')),
    }),

    removePhoto: act({
      ...ofMine,
      name: 'pictures.removePhoto',
      route: 'POST /settings/photos/:id/remove',
      input: photoIn,
      refusals: { 'not-there': 404 },
      run: (viewer, { id }) => pictures.removePhoto(viewer, id),
    }),
  };
}

export type PictureActs = ReturnType<typeof pictureActs>;
