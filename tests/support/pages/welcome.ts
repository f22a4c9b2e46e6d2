import { message } from '../../../src/kernel/message.ts';
import { welcomePage } from '../../../src/features/people/welcome/welcome.page.ts';
import type { OwnProfile, Step } from '../../../src/features/profile/index.ts';
import { namesIn } from '../../../src/web/words/names.ts';
import type { CataloguePage } from './types.ts';

const names = namesIn('en');
const lena = {
  username: 'lena.m',
  bio: '',
  languages: [
    { code: 'de', role: 'native', level: null },
    { code: 'es', role: 'learning', level: null },
    { code: 'cu', role: 'learning', level: 'A1' },
  ],
} as unknown as OwnProfile;

function page(
  name: string,
  at: Step | null,
  missing: readonly Step[],
  sent: Parameters<typeof welcomePage>[4] = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `welcome-${name}`,
    view: 'people/welcome',
    model: welcomePage(at, lena, missing, names, sent),
    signedIn: true,
    site: { path: '/welcome', ...site },
  };
}

const greeting = { kind: 'success', text: message('auth.signUp.welcome', { username: 'lena.m' }) } as const;

export const welcomePages: CataloguePage[] = [
  page('picture', 'picture', ['picture', 'words', 'levels'], {}, { flash: greeting }),
  page('picture-refused', 'picture', ['picture', 'words', 'levels'], {
    errors: [{ name: 'avatar', text: message('pictures.upload.none') }],
  }),
  page('words', 'words', ['picture', 'words', 'levels']),
  page('words-refused', 'words', ['words', 'levels'], {
    values: { bio: ' ' },
    errors: [{ name: 'bio', text: message('people.welcome.words.error.empty') }],
  }),
  page('levels', 'levels', ['words', 'levels']),
  page('levels-refused', 'levels', ['levels'], {
    errors: [{ name: '', text: message('profile.languages.changedMeanwhile') }],
  }),
  page('end', null, ['picture']),
];
