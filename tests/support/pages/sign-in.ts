import { message } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const empty = { identifier: '', password: '', remember: '', next: '' };

function page(
  name: string,
  {
    values = {},
    errors = {},
    next = '',
    notice = null,
    ...site
  }: Partial<{
    values: Partial<typeof empty>;
    errors: Record<string, string>;
    next: string;
    notice: { kind: 'success' | 'info'; text: string } | null;
  }> &
    CataloguePage['site'] = {},
): CataloguePage {
  return {
    name,
    view: 'auth/login',
    model: { title: 'Sign in', form: form({ ...empty, next, ...values }, errors), next, notice },
    site: { path: '/login', ...site },
  };
}

const wrong = "Those details don't match an account. Check both, and mind capital letters in your password.";

export const signInPages: CataloguePage[] = [
  page('login'),
  page('login-for-a-page', {
    next: '/people/mateo',
    notice: { kind: 'info', text: 'Sign in to see this page.' },
  }),
  page('login-to-go-on', {
    next: '/settings/profile',
    notice: { kind: 'info', text: "You've been signed out. Sign in to continue." },
  }),
  page('login-ended-elsewhere', {
    next: '/settings/profile',
    notice: { kind: 'info', text: 'Sign in to see this page.' },
    flash: { kind: 'info', text: message('web.session.signedOut') },
  }),
  page('login-after-leaving', { notice: { kind: 'success', text: "You're signed out." } }),
  page('login-after-reset-with-new-contact', {
    next: '/settings/contact',
    flash: {
      kind: 'success',
      text: message('auth.recovery.new.doneCheckContacts', { added: 'mobile' }),
    },
  }),
  page('login-without-mobile', { mobileOffered: false }),
  page('login-wrong', { values: { identifier: 'lena.m', remember: 'on' }, errors: { identifier: wrong } }),
  page('login-empty', {
    errors: {
      identifier: 'Enter your username, email or mobile number.',
      password: 'Enter your password.',
    },
  }),
  page('login-throttled', {
    values: { identifier: 'lena.m' },
    errors: { '': 'Too many tries. Please wait 5 minutes, then try again.' },
  }),
];
