import { durationOf } from '../../../src/kernel/duration.ts';
import { type Message, message } from '../../../src/kernel/message.ts';
import { type Errors, form } from './form.ts';
import type { CataloguePage } from './types.ts';

function forgot(
  name: string,
  identifier = '',
  errors: Errors = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `forgot-${name}`,
    view: 'auth/forgot',
    model: { title: message('auth.recovery.title'), form: form({ identifier }, errors) },
    site: { path: '/password/forgot', ...site },
  };
}

function code(name: string, given: object = {}, error?: Message): CataloguePage {
  return {
    name: `reset-code-${name}`,
    view: 'auth/code',
    model: {
      title: message('auth.code.title'),
      path: '/password/code',
      purpose: 'reset',
      channel: 'email',
      destination: 'l•••@example.com',
      didYouMean: null,
      reference: 'KFR',
      triesLeft: 5,
      delivery: { state: 'queued', text: message('auth.code.delivery.maybe.queued'), retry: false },
      isSpent: false,
      expired: false,
      expiresInSeconds: 600,
      resend: { state: 'ready', seconds: 0, text: message('auth.code.resend.ready') },
      works: durationOf(600),
      form: form({ code: '' }, error ? { code: error } : {}),
      ...given,
    },
    site: { path: '/password/code', outbox: '/dev/outbox' },
  };
}

function password(name: string, errors: Errors = {}, site: CataloguePage['site'] = {}): CataloguePage {
  return {
    name: `new-password-${name}`,
    view: 'auth/new-password',
    model: {
      title: message('auth.password.new.title'),
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
  forgot('error', '', { identifier: message('auth.recovery.identifier.empty') }),
  forgot('too-often', 'lena.m', {
    identifier: message('auth.recovery.identifier.tooOften', { wait: durationOf(3600) }),
  }),
  forgot('link-expired', '', {}, { flash: { kind: 'error', text: message('auth.recovery.link.dead') } }),
  code('email'),
  code('mobile', { channel: 'mobile', destination: '+49 ••• ••• 78' }),
  code('username', { channel: null, destination: 'lena.m' }),
  code('failed', {
    delivery: {
      state: 'failed',
      text: message('auth.code.delivery.maybe.failed'),
      retry: true,
    },
  }),
  code('wrong', { triesLeft: 4 }, message('auth.code.error.wrong', { reference: 'KFR' })),
  code('spent', { isSpent: true }, message('auth.recovery.code.spent', { wait: durationOf(3600) })),
  {
    name: 'reset-link',
    view: 'auth/reset-link',
    model: {
      title: message('auth.recovery.link.title'),
      action: '/password/link/abcdefghijklmnopqrstuvwxyz012345',
    },
    site: { path: '/password/link/abcdefghijklmnopqrstuvwxyz012345' },
  },
  password('empty'),
  password(
    'after-undo',
    {},
    {
      flash: {
        kind: 'success',
        text: message('auth.contactUndo.done'),
      },
    },
  ),
  password('errors', {
    password: message('auth.password.fault.current'),
    passwordConfirmation: message('auth.password.error.mismatch'),
  }),
];
