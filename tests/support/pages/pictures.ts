import { message, type Message } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

/** One pixel. */
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwADfQG/3v5mGwAAAABJRU5ErkJggg==';

/** A drawing that is part of the site stands where a picture would. */
export function picture(width: number, height: number, alt: Message | string) {
  return {
    src: pixel,
    srcset: `${pixel} ${width}w`,
    width,
    height,
    widthInSquares: Math.max(1, width / height),
    alt,
    placeholder: pixel,
    full: '/media/AAAAAAAAAAAAAAAAAAAAAA.photo-1600.webp',
  };
}

const rules = {
  types: 'image/jpeg,image/png,image/webp,image/avif',
  megabytes: 10,
  megapixels: 64,
  alt: 200,
  altUnits: 3000,
};
const refreshing = { busy: true, refreshSeconds: 3 };

function avatar(name: string, given: object, errors: Record<string, Message> = {}): CataloguePage {
  return {
    name: `avatar-${name}`,
    view: 'settings/avatar',
    model: {
      title: message('pictures.avatar.title'),
      form: form({ avatar: '' }, errors),
      current: null,
      busy: false,
      note: null,
      hasAny: false,
      letter: { initial: 'L', hue: 4 },
      mark: '',
      rules,
      ...given,
    },
    signedIn: true,
    site: { path: '/settings/avatar' },
  };
}

function photo(n: number, alt: string) {
  return {
    state: 'ready',
    label: alt || message('pictures.photo.number', { number: n + 1 }),
    described: alt !== '',
    refusal: null as Message | null,
    picture: picture(512, 384, alt || message('pictures.photo.yours', { number: n + 1 })) as ReturnType<
      typeof picture
    > | null,
    path: `/settings/photos/00000000-0000-7000-8000-00000000000${n}`,
    isFirst: n === 0,
    isLast: n === 8,
    id: `photo-00000000-0000-7000-8000-00000000000${n}`,
    altId: `alt-00000000-0000-7000-8000-00000000000${n}`,
    form: form({ alt }),
  };
}
const making = { ...photo(1, 'A boat yard in the evening'), state: 'processing', picture: null };
const refused = {
  ...photo(2, ''),
  state: 'refused',
  picture: null,
  refusal: message('pictures.fault.broken'),
};

const tooLong = message('web.text.tooLongBy', { most: 200, count: 201 });
const described = {
  ...photo(1, 'A boat'),
  form: form({ alt: 'ä'.repeat(201) }, { alt: tooLong }),
};

function photos(
  name: string,
  list: object[],
  given: object = {},
  errors: Record<string, Message> = {},
  alt = '',
): CataloguePage {
  return {
    name: `photos-${name}`,
    view: 'settings/photos',
    model: {
      title: message('pictures.photos.title'),
      form: form({ photo: '', alt }, errors),
      photos: list,
      taken: list.length,
      max: 9,
      isFull: list.length >= 9,
      busy: false,
      mark: '',
      rules,
      ...given,
    },
    signedIn: true,
    site: { path: '/settings/photos' },
  };
}

const current = picture(256, 256, '');
const waiting = {
  busy: true,
  notice: { kind: 'waiting', text: message('pictures.avatar.note.processing') },
};
const refusedNote = {
  busy: false,
  notice: {
    kind: 'error',
    text: message('pictures.avatar.note.refused', { why: message('pictures.fault.too-slow') }),
  },
};

export const picturePages: CataloguePage[] = [
  avatar('none', {}),
  avatar('shown', { current, hasAny: true }),
  avatar('being-made', { current, hasAny: true, note: waiting, ...refreshing }),
  avatar('refused', { hasAny: true, note: refusedNote }),
  avatar('with-error', {}, { avatar: message('pictures.fault.animated') }),
  photos('none', []),
  photos(
    'some',
    [photo(0, 'Two knitted hats, one blue and one red'), making, refused, photo(3, '')],
    refreshing,
  ),
  photos(
    'full',
    Array.from({ length: 9 }, (_, n) => photo(n, n % 2 ? '' : 'W'.repeat(200))),
  ),
  photos('description-with-error', [photo(0, 'A boat'), described, { ...photo(2, ''), isLast: true }], {
    form: {
      ...form({ photo: '', alt: '' }),
      errors: [{ name: described.altId, text: tooLong }],
    },
  }),
  photos(
    'with-errors',
    [photo(0, 'سفينة')],
    {},
    { photo: message('pictures.upload.none'), alt: tooLong },
    'ä'.repeat(201),
  ),
];
