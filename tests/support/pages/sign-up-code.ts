import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const base = {
  title: 'Enter your code',
  path: '/sign-up/code',
  purpose: 'sign-up',
  channel: 'email',
  destination: 'l•••@e••••••.com',
  reference: 'KFR',
  triesLeft: 5,
  triesText: '5 tries left',
  delivery: { state: 'sent', text: 'Your message has been handed to the mail service.', retry: false },
  expired: false,
  resend: { state: 'ready', seconds: 0, text: 'You can ask for a new code now.' },
  expiresText: 'The code works for 10 minutes.',
};

const page = (
  name: string,
  given: Partial<typeof base> = {},
  { error, ...site }: CataloguePage['site'] & { error?: string } = {},
): CataloguePage => ({
  name: `sign-up-code-${name}`,
  view: 'auth/code',
  model: { ...base, form: form({ code: '' }, error ? { code: error } : {}), ...given },
  site: { path: '/sign-up/code', ...site },
});

const waiting = { state: 'waiting', seconds: 42, text: 'You can ask for a new code in 42 seconds.' };
const spent = {
  state: 'spent',
  seconds: 0,
  text: 'No more codes can be sent for this try. You can start over.',
};

export const signUpCodePages: CataloguePage[] = [
  page(
    'queued',
    { delivery: { state: 'queued', text: 'Your message is on its way.', retry: false } },
    { outbox: true },
  ),
  page('sent'),
  page('failed', {
    delivery: { state: 'failed', text: 'The message could not be delivered to this address.', retry: true },
  }),
  page('failed-mobile', {
    channel: 'mobile',
    destination: '+49 ••• ••••• 89',
    delivery: { state: 'failed', text: 'The message could not be delivered to this number.', retry: true },
    resend: waiting,
  }),
  page(
    'waiting',
    { resend: waiting },
    { flash: { kind: 'success', text: 'A new code is on its way. The old one no longer works.' } },
  ),
  page('spent', { resend: spent }),
  page('expired', { expired: true, expiresText: 'This code has expired.' }),
  page('expired-and-spent', { expired: true, expiresText: 'This code has expired.', resend: spent }),
  page(
    'wrong',
    { triesLeft: 3, triesText: '3 tries left' },
    { error: 'That is not the code for KFR. Please check the six digits.' },
  ),
  page(
    'last-try',
    { triesLeft: 1, triesText: 'One try left', resend: spent },
    { error: 'That is not the code for KFR.' },
  ),
  page(
    'too-often',
    { resend: waiting },
    { flash: { kind: 'error', text: 'Please wait 42 seconds before you ask again.' } },
  ),
];
