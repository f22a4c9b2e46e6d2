import { durationOf } from '../../../src/kernel/duration.ts';
import { message, type Message } from '../../../src/kernel/message.ts';
import { type Errors, form } from './form.ts';
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
    errors: Errors;
    next: string;
    notice: { kind: 'success' | 'info'; text: Message } | null;
  }> &
    CataloguePage['site'] = {},
): CataloguePage {
  return {
    name,
    view: 'auth/login',
    model: {
      title: message('auth.signIn.title'),
      form: form({ ...empty, next, ...values }, errors),
      next,
      notice,
    },
    site: { path: '/login', ...site },
  };
}

const wrong = message('auth.signIn.wrong');

export const signInPages: CataloguePage[] = [
  page('login'),
  page('login-for-a-page', {
    next: '/people/mateo',
    notice: { kind: 'info', text: message('auth.signIn.notice.forPage') },
  }),
  page('login-to-go-on', {
    next: '/settings/profile',
    notice: { kind: 'info', text: message('web.session.signedOut') },
  }),
  page('login-ended-elsewhere', {
    next: '/settings/profile',
    notice: { kind: 'info', text: message('auth.signIn.notice.forPage') },
    flash: { kind: 'info', text: message('web.session.signedOut') },
  }),
  page('login-after-leaving', { notice: { kind: 'success', text: message('auth.signIn.notice.left') } }),
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
      identifier: message('auth.signIn.identifier.empty'),
      password: message('auth.signIn.password.empty'),
    },
  }),
  page('login-throttled', {
    values: { identifier: 'lena.m' },
    errors: { '': message('auth.signIn.tooOften', { wait: durationOf(300) }) },
  }),
];
