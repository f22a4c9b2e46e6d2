import { z } from 'zod';
import { message, type Message } from '../../kernel/message.ts';
import type { RefusalOf } from '../../kernel/outcome.ts';
import type { PictureKind } from '../../platform/generated/prisma/enums.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import { pictureRules } from '../../platform/pictures/picture-rules.ts';
import type { UploadTurns } from '../../platform/pictures/upload-turns.ts';
import { type Act, act } from '../../web/act.ts';
import type { FileRules } from '../../web/forms/uploads.ts';
import { changesLimit } from '../auth/index.ts';
import { AvatarForm, avatarShape, PhotoForm, photoShape } from './pictures.forms.ts';
import type { Accepted, PictureService } from './pictures.service.ts';
import { faultText } from './pictures.ts';
import { picturePolicy } from './policy.ts';

export interface UploadsDeps {
  limits: Limits;
  uploadTurns: UploadTurns;
  pictures: PictureService;
}

/** The file of a picture, in the field that has its kind's name. */
function pictureFile(field: PictureKind, { limits, uploadTurns }: UploadsDeps): FileRules {
  return {
    field,
    maxBytes: pictureRules.maxBytes,
    tooLarge: faultText('too-large'),
    turns: uploadTurns,
    patience: picturePolicy.patience,
    count: {
      limits,
      name: 'uploads',
      rules: picturePolicy.uploads,
      tooOften: message('pictures.upload.tooOften'),
    },
  };
}

const fullText = message('pictures.photos.full', { max: picturePolicy.photosMax });

/** Why a picture was not taken, in a sentence. */
export function whyNot(refusal: RefusalOf<Accepted>): Message {
  return refusal.reason === 'unusable' ? faultText(refusal.fault) : fullText;
}

export type PictureAct<Input> = Act<Input, Accepted, { id: string }>;

/** What both acts have in common. */
const common = {
  access: 'member',
  scope: 'pictures:write',
  limits: [changesLimit],
  output: z.object({ id: z.uuid() }),
  refusals: { 'signed-out': 401, full: 422, unusable: 422 },
  answer: ({ id }: { id: string }) => ({ id }),
  tell: whyNot,
} as const;

/** Sending a picture. */
export function uploadActs(deps: UploadsDeps) {
  const { pictures } = deps;
  return {
    avatar: act({
      ...common,
      name: 'pictures.sendAvatar',
      route: 'POST /settings/avatar',
      input: { shape: avatarShape, schema: AvatarForm, files: pictureFile('avatar', deps) },
      run: (viewer, { avatar }) => pictures.offer(viewer, { kind: 'avatar', bytes: avatar, alt: '' }),
    }),
    photo: act({
      ...common,
      name: 'pictures.sendPhoto',
      route: 'POST /settings/photos',
      input: { shape: photoShape, schema: PhotoForm, files: pictureFile('photo', deps) },
      run: (viewer, { photo, alt }) => pictures.offer(viewer, { kind: 'photo', bytes: photo, alt }),
    }),
  };
}

export type UploadActs = ReturnType<typeof uploadActs>;
