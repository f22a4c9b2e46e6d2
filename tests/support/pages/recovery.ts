import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

function forgot(
  name: string,
  identifier = '',
  errors: Record<string, string> = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `forgot-${name}`,
    view: 'auth/forgot',
    model: { title: 'Forgot your password?', form: form({ identifier }, errors) },
    site: { path: '/password/forgot', ...site },
  };
}

function code(name: string, given: object = {}, error?: string): CataloguePage {
  return {
    name: `reset-code-${name}`,
    view: 'auth/code',
    model: {
      title: 'Enter your code',
      path: '/password/code',
      purpose: 'reset',
      channel: 'email',
      destination: 'l•••@example.com',
      didYouMean: null,
      reference: 'KFR',
      triesLeft: 5,
      triesText: '5 tries left',
      delivery: { state: 'queued', text: 'If that account exists, a message is on its way.', retry: false },
      isSpent: false,
      expired: false,
      expiresInSeconds: 600,
      resend: { state: 'ready', seconds: 0, text: 'A new code replaces the old one.' },
      expiresText: 'The code works for 10 minutes.',
      form: form({ code: '' }, error ? { code: error } : {}),
      ...given,
    },
    site: { path: '/password/code', outbox: '/dev/outbox' },
  };
}

function password(
  name: string,
  errors: Record<string, string> = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `new-password-${name}`,
    view: 'auth/new-password',
    model: {
      title: 'Set a new password',
      username: 'lena.m',
      passwordMin: 8,
      form: form({ password: '', passwordConfirmation: '' }, errors),
    },
    site: { path: '/password/new', ...site },
  };
}

export const recoveryPages: CataloguePage[] = [
  forgot('empty'),
  forgot('without-mobile', '', {}, { mobileOffered: false }),
  forgot('error', '', { identifier: 'Enter your username, email or mobile number.' }),
  forgot('too-often', 'lena.m', {
    identifier:
      "Too many codes were requested for this account or from your network. If there's an account, look for our message with a link, or try again in 1 hour.",
  }),
  forgot(
    'link-expired',
    '',
    {},
    { flash: { kind: 'error', text: 'This link has expired or has already been used.' } },
  ),
  code('email'),
  code('mobile', { channel: 'mobile', destination: '+49 ••• ••• 78' }),
  code('username', { channel: null, destination: 'lena.m' }),
  code('failed', {
    delivery: {
      state: 'failed',
      text: "We can't send messages right now. Please try again in a moment.",
      retry: true,
    },
  }),
  code('wrong', { triesLeft: 4, triesText: '4 tries left' }, "That's not the code in message KFR."),
  code(
    'spent',
    { isSpent: true },
    "Too many wrong codes. If there's an account, look for our message with a link, or try again in 1 hour.",
  ),
  {
    name: 'reset-link',
    view: 'auth/reset-link',
    model: { title: 'Set a new password', action: '/password/link/abcdefghijklmnopqrstuvwxyz012345' },
    site: { path: '/password/link/abcdefghijklmnopqrstuvwxyz012345' },
  },
  password('empty'),
  password(
    'after-undo',
    {},
    {
      flash: {
        kind: 'success',
        text: "We've put your contacts back and signed out every device. The old password no longer works, since someone may know it. Please set a new one now.",
      },
    },
  ),
  password('errors', {
    password: "That's your current password. Please choose another.",
    passwordConfirmation: "The two passwords don't match.",
  }),
];
