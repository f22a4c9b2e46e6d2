import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

/** One pixel. */
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwADfQG/3v5mGwAAAABJRU5ErkJggg==';

/** A drawing that is part of the site stands where a picture would. */
export function picture(width: number, height: number, alt: string) {
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

function avatar(name: string, given: object, errors: Record<string, string> = {}): CataloguePage {
  return {
    name: `avatar-${name}`,
    view: 'settings/avatar',
    model: {
      title: 'Your picture',
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
    label: alt || `Photo ${n + 1}`,
    described: alt !== '',
    refusal: null as string | null,
    picture: picture(512, 384, alt || `Your photo ${n + 1}`) as ReturnType<typeof picture> | null,
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
  refusal: 'The picture is damaged or incomplete. Please choose another one, or save it again.',
};

const described = {
  ...photo(1, 'A boat'),
  form: form({ alt: 'ä'.repeat(201) }, { alt: "Use at most 200 characters. You've used 201." }),
};

function photos(
  name: string,
  list: object[],
  given: object = {},
  errors: Record<string, string> = {},
  alt = '',
): CataloguePage {
  return {
    name: `photos-${name}`,
    view: 'settings/photos',
    model: {
      title: 'Your photos',
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
  notice: { kind: 'waiting', text: "We're processing your new picture. It'll appear here in a moment." },
};
const refusedNote = {
  busy: false,
  notice: {
    kind: 'error',
    text: "We couldn't use your last picture. The picture takes too long to open. Please save it as a JPEG and try that.",
  },
};

export const picturePages: CataloguePage[] = [
  avatar('none', {}),
  avatar('shown', { current, hasAny: true }),
  avatar('being-made', { current, hasAny: true, note: waiting, ...refreshing }),
  avatar('refused', { hasAny: true, note: refusedNote }),
  avatar('with-error', {}, { avatar: "Animated pictures don't work here. Please choose a still one." }),
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
      errors: [{ name: described.altId, text: "Use at most 200 characters. You've used 201." }],
    },
  }),
  photos(
    'with-errors',
    [photo(0, 'سفينة')],
    {},
    { photo: 'Choose a picture.', alt: "Use at most 200 characters. You've used 201." },
    'ä'.repeat(201),
  ),
];
