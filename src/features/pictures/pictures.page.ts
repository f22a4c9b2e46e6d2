import { message } from '../../kernel/message.ts';
import { pictureTypes } from '../../platform/pictures/picture-format.ts';
import { pictureLimits } from '../../platform/pictures/picture-rules.ts';
import { type FormError, type FormValues, formView } from '../../web/forms/forms.ts';
import { letterOf } from './letter.ts';
import { avatarView, photoView } from './picture-views.ts';
import { altShape, avatarShape, photoShape } from './pictures.forms.ts';
import type { PictureOwner, OwnPicture } from './pictures.store.ts';
import { refusalText, type ShownPicture } from './pictures.ts';
import { altLimits, picturePolicy } from './policy.ts';

export interface AltState {
  id: string;
  values: FormValues;
  errors: readonly FormError[];
}

/** Unique in the page. */
function altId(id: string) {
  return `alt-${id}`;
}
export function photoId(id: string) {
  return `photo-${id}`;
}

function ownView(picture: OwnPicture, n: number, all: readonly OwnPicture[], edited?: AltState) {
  return {
    state: picture.state,
    label: picture.alt || message('pictures.photo.number', { number: n + 1 }),
    described: picture.alt !== '',
    refusal: picture.refusal === null ? null : refusalText(picture.refusal),
    picture:
      picture.state !== 'ready'
        ? null
        : picture.kind === 'avatar'
          ? avatarView(picture as ShownPicture)
          : photoView(picture as ShownPicture, n, null),
    id: photoId(picture.id),
    path: `/settings/photos/${picture.id}`,
    isFirst: n === 0,
    isLast: n === all.length - 1,
    altId: altId(picture.id),
    form:
      edited?.id === picture.id
        ? formView(altShape, edited.values, edited.errors)
        : formView(altShape, { alt: picture.alt }),
  };
}

/** For a script that watches for changes. */
export function pictureStatus(pictures: readonly OwnPicture[]) {
  return {
    busy: pictures.some((p) => p.state === 'processing'),
    mark: pictures.map((p) => `${p.id}:${p.state}`).join(' '),
  };
}

/** For pages without scripts. */
function refresh(busy: boolean) {
  return busy ? { refreshSeconds: 3 } : {};
}

const rules = {
  types: [...pictureTypes, '.heic', '.heif'].join(','), // Windows knows no media type for HEIC
  ...pictureLimits,
  alt: altLimits.graphemes,
  altUnits: altLimits.units,
};

/** Of an avatar that isn't shown yet; null: nothing to say. */
function noteOf(mine: readonly OwnPicture[]) {
  const latest = mine.findLast((p) => p.state !== 'ready');
  if (!latest) return null;
  const busy = latest.state === 'processing';
  const notice = busy
    ? { kind: 'waiting', text: message('pictures.avatar.note.processing') }
    : {
        kind: 'error',
        text: message('pictures.avatar.note.refused', { why: refusalText(latest.refusal ?? '') }),
      };
  return { busy, notice };
}

export function avatarNote(all: readonly OwnPicture[]) {
  const mine = all.filter((p) => p.kind === 'avatar');
  const note = noteOf(mine);
  return {
    pictureNote: note && { ...note, mark: pictureStatus(mine).mark },
    ...refresh(note?.busy ?? false),
  };
}

/** For partials/picture-upload: the field `avatar`. */
export function avatarUpload(errors: readonly FormError[] = []) {
  return { form: formView(avatarShape, {}, errors), rules };
}

export interface PictureFormState {
  values?: FormValues;
  errors?: readonly FormError[];
  edited?: AltState;
}

/** For `settings/avatar`. */
export function avatarPage(
  all: readonly OwnPicture[],
  owner: PictureOwner,
  { values, errors }: PictureFormState = {},
) {
  const mine = all.filter((p) => p.kind === 'avatar');
  const ready = mine.find((p) => p.state === 'ready');
  const status = pictureStatus(mine);
  return {
    title: message('pictures.avatar.title'),
    form: formView(avatarShape, values, errors),
    letter: letterOf(owner),
    current: ready ? avatarView(ready as ShownPicture) : null,
    busy: status.busy,
    note: noteOf(mine),
    hasAny: mine.length > 0,
    mark: status.mark,
    rules,
    ...refresh(status.busy && !errors?.length),
  };
}

/** For `settings/photos`. */
export function photosPage(all: readonly OwnPicture[], { values, errors, edited }: PictureFormState = {}) {
  const mine = all.filter((p) => p.kind === 'photo');
  const form = formView(photoShape, values, errors);
  const status = pictureStatus(mine);
  const taken = mine.filter((p) => p.state !== 'refused').length;
  return {
    title: message('pictures.photos.title'),
    // All errors of the page whose fields are still there.
    form: edited ? { ...form, errors: edited.errors.map((e) => ({ ...e, name: altId(edited.id) })) } : form,
    photos: mine.map((photo, n) => ownView(photo, n, mine, edited)),
    taken,
    max: picturePolicy.photosMax,
    isFull: taken >= picturePolicy.photosMax,
    busy: status.busy,
    mark: status.mark,
    rules,
    ...refresh(status.busy && !errors?.length && !edited),
  };
}
