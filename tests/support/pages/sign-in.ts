import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const empty = { identifier: '', password: '', remember: '', next: '' };

const page = (
  name: string,
  {
    values = {},
    errors = {},
    wait = null as string | null,
    next = '',
    ...site
  }: Partial<{
    values: Partial<typeof empty>;
    errors: Record<string, string>;
    wait: string | null;
    next: string;
  }> &
    CataloguePage['site'] = {},
): CataloguePage => ({
  name,
  view: 'auth/login',
  model: { title: 'Sign in', form: form({ ...empty, next, ...values }, errors), wait, next },
  site: { path: '/login', ...site },
});

const wrong = 'This username, email or number does not go with this password.';

export const signInPages: CataloguePage[] = [
  page('login'),
  page('login-for-a-page', {
    next: '/people/mateo',
    flash: { kind: 'info', text: 'Please sign in to see this page.' },
  }),
  page('login-without-mobile', { mobileOffered: false }),
  page('login-wrong', { values: { identifier: 'lena.m', remember: 'on' }, errors: { identifier: wrong } }),
  page('login-empty', {
    errors: {
      identifier: 'Please enter your username, email or number.',
      password: 'Please enter your password.',
    },
  }),
  page('login-throttled', { values: { identifier: 'lena.m' }, wait: '5 minutes' }),
  page('login-throttled-with-error', {
    values: { identifier: 'lena.m' },
    errors: { '': 'There were too many tries. Please wait 5 minutes, then try again.' },
    wait: '5 minutes',
  }),
];
