import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const base = {
  title: 'Enter your code',
  path: '/sign-up/code',
  purpose: 'sign-up',
  channel: 'email',
  destination: 'lena.with.a.rather.long.name@example.com',
  didYouMean: null as string | null,
  reference: 'KFR',
  triesLeft: 5,
  triesText: '5 tries left',
  delivery: {
    state: 'sent',
    text: "Your email has been sent. If you don't see it, check your spam folder.",
    retry: false,
  },
  isSpent: false,
  expired: false,
  expiresInSeconds: 600,
  resend: { state: 'ready', seconds: 0, text: 'A new code replaces the old one.' },
  expiresText: 'The code works for 10 minutes.',
};

function page(
  name: string,
  given: Partial<typeof base> = {},
  { error, ...site }: CataloguePage['site'] & { error?: string } = {},
): CataloguePage {
  return {
    name: `sign-up-code-${name}`,
    view: 'auth/code',
    model: { ...base, form: form({ code: '' }, error ? { code: error } : {}), ...given },
    site: { path: '/sign-up/code', ...site },
  };
}

const waiting = { state: 'waiting', seconds: 42, text: 'You can ask for another code in 42 seconds.' };
const spent = {
  state: 'spent',
  seconds: 0,
  text: "You've used all your codes. Start over to try again.",
};

export const signUpCodePages: CataloguePage[] = [
  page('mistyped', { destination: 'lena@gmial.con', didYouMean: 'gmail.com' }),
  page(
    'queued',
    { delivery: { state: 'queued', text: 'Your email is on its way.', retry: false } },
    { outbox: '/dev/outbox' },
  ),
  page('sent'),
  page('failed', {
    delivery: {
      state: 'failed',
      text: "We couldn't deliver the email. Check the address, then try again.",
      retry: true,
    },
  }),
  page('failed-mobile', {
    channel: 'mobile',
    destination: '+49 1512 3456789',
    delivery: {
      state: 'failed',
      text: "We couldn't deliver the text message. Check the number, then try again.",
      retry: true,
    },
    resend: waiting,
  }),
  page('asked-to-wait', {
    delivery: {
      state: 'queued',
      text: "The mail server at the other end has asked us to wait. We'll keep trying for up to 10 minutes.",
      retry: false,
    },
  }),
  page('failed-ours', {
    delivery: {
      state: 'failed',
      text: "We can't send emails right now. That's our fault, not your address's. Please try again in a few minutes. The code before it still works.",
      retry: true,
    },
  }),
  page('opted-out', {
    channel: 'mobile',
    destination: '+49 ••• ••••• 89',
    delivery: {
      state: 'failed',
      text: 'This number has opted out of our texts. Text START to the number they come from, then try again, or use your email address.',
      retry: true,
    },
  }),
  page(
    'waiting',
    { resend: waiting },
    {
      flash: { kind: 'success', text: "We've sent a new code in message KFR. The old one no longer works." },
    },
  ),
  page('spent', { resend: spent }),
  page('expired', { expired: true, expiresInSeconds: 0, expiresText: 'This code has expired.' }),
  page('expired-and-spent', {
    expired: true,
    expiresInSeconds: 0,
    expiresText: 'This code has expired.',
    resend: spent,
  }),
  page(
    'wrong',
    { triesLeft: 3, triesText: '3 tries left' },
    { error: "That's not the code in message KFR." },
  ),
  page(
    'last-try',
    { triesLeft: 1, triesText: '1 try left', resend: spent },
    { error: "That's not the code in message KFR." },
  ),
  page(
    'too-often',
    { resend: waiting },
    { flash: { kind: 'error', text: 'You can ask for another code in 42 seconds.' } },
  ),
];
