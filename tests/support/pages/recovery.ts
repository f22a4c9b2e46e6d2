import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const forgot = (
  name: string,
  identifier = '',
  errors: Record<string, string> = {},
  site: CataloguePage['site'] = {},
): CataloguePage => ({
  name: `forgot-${name}`,
  view: 'auth/forgot',
  model: { title: 'Forgot your password?', form: form({ identifier }, errors) },
  site: { path: '/password/forgot', ...site },
});

const code = (name: string, given: object = {}, error?: string): CataloguePage => ({
  name: `reset-code-${name}`,
  view: 'auth/code',
  model: {
    title: 'Enter your code',
    path: '/password/code',
    purpose: 'reset',
    channel: 'email',
    destination: 'l•••@example.com',
    reference: 'KFR',
    triesLeft: 5,
    triesText: '5 tries left',
    delivery: { state: 'queued', text: 'If there is such an account, the code is on its way.', retry: false },
    expired: false,
    resend: { state: 'ready', seconds: 0, text: 'When you send another code, the one before stops working.' },
    expiresText: 'The code works for 10 minutes.',
    form: form({ code: '' }, error ? { code: error } : {}),
    ...given,
  },
  site: { path: '/password/code', outbox: true },
});

const password = (name: string, errors: Record<string, string> = {}): CataloguePage => ({
  name: `new-password-${name}`,
  view: 'auth/new-password',
  model: {
    title: 'Choose a new password',
    username: 'lena.m',
    passwordMin: 8,
    form: form({ password: '', passwordConfirmation: '' }, errors),
  },
  site: { path: '/password/new' },
});

export const recoveryPages: CataloguePage[] = [
  forgot('empty'),
  forgot('without-mobile', '', {}, { mobileOffered: false }),
  forgot('error', '', { identifier: 'Enter your username, email or mobile number.' }),
  forgot('too-often', 'lena.m', {
    identifier:
      'Too many codes were asked for this, or from your network. If it belongs to an account, look for our message with a link; or try again in 1 hour.',
  }),
  forgot('run-out', '', {}, { flash: { kind: 'error', text: 'This link has been used or has run out.' } }),
  code('email'),
  code('mobile', { channel: 'mobile', destination: '+49 ••• ••• 78' }),
  code('username', { channel: null, destination: 'lena.m' }),
  code('failed', {
    delivery: { state: 'failed', text: 'We cannot send messages just now.', retry: true },
  }),
  code('wrong', { triesLeft: 4, triesText: '4 tries left' }, 'This is not the code we sent for KFR.'),
  {
    name: 'reset-link',
    view: 'auth/reset-link',
    model: { title: 'Set a new password', action: '/password/link/abcdefghijklmnopqrstuvwxyz012345' },
    site: { path: '/password/link/abcdefghijklmnopqrstuvwxyz012345' },
  },
  password('empty'),
  password('errors', {
    password: 'This is your old password. Please choose another.',
    passwordConfirmation: 'The two passwords are not the same.',
  }),
];
