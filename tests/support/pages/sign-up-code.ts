import { durationOf } from '../../../src/kernel/duration.ts';
import { message, type Message } from '../../../src/kernel/message.ts';
import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const base = {
  title: message('auth.code.title'),
  path: '/sign-up/code',
  purpose: 'sign-up',
  channel: 'email',
  destination: 'lena.with.a.rather.long.name@example.com',
  didYouMean: null as string | null,
  reference: 'KFR',
  triesLeft: 5,
  delivery: {
    state: 'sent',
    text: message('auth.code.delivery.sent', { channel: 'email' }),
    retry: false,
  },
  isSpent: false,
  expired: false,
  expiresInSeconds: 600,
  resend: { state: 'ready', seconds: 0, text: message('auth.code.resend.ready') },
  works: durationOf(600),
};

function page(
  name: string,
  given: Partial<typeof base> = {},
  { error, ...site }: CataloguePage['site'] & { error?: Message } = {},
): CataloguePage {
  return {
    name: `sign-up-code-${name}`,
    view: 'auth/code',
    model: { ...base, form: form({ code: '' }, error ? { code: error } : {}), ...given },
    site: { path: '/sign-up/code', ...site },
  };
}

const waiting = {
  state: 'waiting',
  seconds: 42,
  text: message('auth.code.resend.waiting', { wait: durationOf(42) }),
};
const spent = {
  state: 'spent',
  seconds: 0,
  text: message('auth.code.resend.spent'),
};

export const signUpCodePages: CataloguePage[] = [
  page('mistyped', { destination: 'lena@gmial.con', didYouMean: 'gmail.com' }),
  page(
    'queued',
    {
      delivery: {
        state: 'queued',
        text: message('auth.code.delivery.queued', { channel: 'email' }),
        retry: false,
      },
    },
    { outbox: '/dev/outbox' },
  ),
  page('sent'),
  page('failed', {
    delivery: {
      state: 'failed',
      text: message('auth.code.delivery.failed.refused', { channel: 'email' }),
      retry: true,
    },
  }),
  page('failed-mobile', {
    channel: 'mobile',
    destination: '+49 1512 3456789',
    delivery: {
      state: 'failed',
      text: message('auth.code.delivery.failed.refused', { channel: 'mobile' }),
      retry: true,
    },
    resend: waiting,
  }),
  page('asked-to-wait', {
    delivery: {
      state: 'queued',
      text: message('auth.code.delivery.askedToWait', { channel: 'email', wait: durationOf(600) }),
      retry: false,
    },
  }),
  page('failed-ours', {
    delivery: {
      state: 'failed',
      text: message('auth.code.delivery.andEarlier', {
        text: message('auth.code.delivery.failed.ours', { channel: 'email' }),
      }),
      retry: true,
    },
  }),
  page('opted-out', {
    channel: 'mobile',
    destination: '+49 ••• ••••• 89',
    delivery: {
      state: 'failed',
      text: message('auth.code.delivery.failed.optedOut'),
      retry: true,
    },
  }),
  page(
    'waiting',
    { resend: waiting },
    {
      flash: { kind: 'success', text: message('auth.code.resend.done', { reference: 'KFR' }) },
    },
  ),
  page('spent', { resend: spent }),
  page('expired', { expired: true, expiresInSeconds: 0 }),
  page('expired-and-spent', {
    expired: true,
    expiresInSeconds: 0,
    resend: spent,
  }),
  page('wrong', { triesLeft: 3 }, { error: message('auth.code.error.wrong', { reference: 'KFR' }) }),
  page(
    'last-try',
    { triesLeft: 1, resend: spent },
    { error: message('auth.code.error.wrong', { reference: 'KFR' }) },
  ),
  page('too-often', { resend: waiting }, { flash: { kind: 'error', text: waiting.text } }),
];
