import { form } from './form.ts';
import { dialOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

type Errors = Record<string, string>;
interface Given {
  email?: { shown: string | null; value?: string; errors?: Errors };
  mobile?: { shown: string | null; value?: string; errors?: Errors };
  verified?: boolean;
  mobileOffered?: boolean;
}

const contact = (
  name: string,
  { email, mobile, verified = true, mobileOffered = true }: Given,
  site: CataloguePage['site'] = {},
): CataloguePage => {
  const part = (channel: 'email' | 'mobile', values: object, given: Given['email']) => ({
    shown: given?.shown ?? null,
    verified,
    passwordId: `${channel}-currentPassword`,
    form: form({ ...values, [channel]: given?.value ?? '', currentPassword: '' }, given?.errors),
  });
  const errors = { ...email?.errors, ...mobile?.errors };
  const idOf = (field: string) => (field === 'currentPassword' ? 'email-currentPassword' : field);
  return {
    name: `contact-${name}`,
    view: 'settings/contact',
    model: {
      title: 'Contact',
      email: part('email', {}, email),
      mobile: part('mobile', { mobileCountry: 'DE' }, mobile),
      form: { errors: Object.entries(errors).map(([field, text]) => ({ name: idOf(field), text })) },
      undoHours: 72,
      mobileOffered,
      dialCountries: mobileOffered ? dialOptions : [],
      namesLang: 'en',
    },
    signedIn: true,
    site: { path: '/settings/contact', ...site },
  };
};

const code = (name: string, given: object, error?: string): CataloguePage => ({
  name: `contact-code-${name}`,
  view: 'auth/code',
  model: {
    title: 'Enter your code',
    path: '/settings/contact/code',
    purpose: 'contact',
    channel: 'email',
    destination: 'l••••@example.com',
    reference: 'KFR',
    triesLeft: 5,
    triesText: '5 tries left',
    delivery: { state: 'sent', text: 'Your email has been sent.', retry: false },
    expired: false,
    resend: { state: 'ready', seconds: 0, text: 'When you send another code, the one before stops working.' },
    expiresText: 'The code works for 10 minutes.',
    form: form({ code: '' }, error ? { code: error } : {}),
    ...given,
  },
  signedIn: true,
  site: { path: '/settings/contact/code', outbox: true },
});

const undo = (name: string, given: object, error?: string): CataloguePage => ({
  name: `contact-undo-${name}`,
  view: 'auth/contact-undo',
  model: {
    title: 'Undo a change of contact',
    action: '/contact/undo/abcdefghijklmnopqrstuvwxyz012345',
    username: 'lena.m',
    what: 'email address',
    old: 'l••••@example.com',
    form: { errors: error ? [{ name: '', text: error }] : [] },
    ...given,
  },
  site: { path: '/contact/undo/abcdefghijklmnopqrstuvwxyz012345' },
});

const lena = { shown: 'l••••@example.com' };

export const contactPages: CataloguePage[] = [
  contact('email-only', { email: lena }),
  contact(
    'both',
    { email: lena, mobile: { shown: '+49 ••• ••• 78' } },
    { flash: { kind: 'success', text: 'Your mobile number is added.' } },
  ),
  contact('not-verified', { email: lena, verified: false }),
  contact('without-mobile', { email: lena, mobileOffered: false }),
  contact('number-without-mobile', { mobile: { shown: '+49 ••• ••• 78' }, mobileOffered: false }),
  contact('errors', {
    email: {
      ...lena,
      value: 'lena.example.com',
      errors: {
        email: 'Enter an email address like name@example.com.',
        currentPassword: 'This is not your password.',
      },
    },
  }),
  contact('too-often', {
    email: lena,
    mobile: {
      shown: null,
      value: '0151 23456789',
      errors: {
        mobile:
          'Too many codes were sent to this mobile number, for your account or from your network. Please try again in 1 hour.',
      },
    },
  }),
  contact('throttled', {
    email: { ...lena, errors: { '': 'There were too many tries. Please wait 5 minutes.' } },
  }),
  code('email', {}),
  code('mobile', { channel: 'mobile', destination: '+49 ••• ••• 78' }),
  code('wrong', { triesLeft: 4, triesText: '4 tries left' }, 'This is not the code we sent for KFR.'),
  undo('changed', {}),
  undo('added', { what: 'mobile number', old: null }),
  undo(
    'taken',
    {},
    'Meanwhile your old email address belongs to another account, so we could not put it back. Nothing was changed.',
  ),
];
