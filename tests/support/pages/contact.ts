import { durationOf } from '../../../src/kernel/duration.ts';
import { type Message, message } from '../../../src/kernel/message.ts';
import { type Errors, form } from './form.ts';
import { dialOptions } from './options.ts';
import type { CataloguePage } from './types.ts';

interface GivenContact {
  shown: string | null;
  value?: string;
  errors?: Errors;
  newSince?: Message;
  removing?: Errors;
}
interface Given {
  email?: GivenContact;
  mobile?: GivenContact;
  verified?: boolean;
  mobileOffered?: boolean;
}

function contact(
  name: string,
  { email, mobile, verified = true, mobileOffered = true }: Given,
  site: CataloguePage['site'] = {},
): CataloguePage {
  const part = (channel: 'email' | 'mobile', values: object, given: Given['email']) => ({
    shown: given?.shown ?? null,
    verified,
    passwordId: `${channel}-currentPassword`,
    newSince: given?.newSince ?? null,
    form: form({ ...values, [channel]: given?.value ?? '', currentPassword: '' }, given?.errors),
    removing:
      email?.shown && mobile?.shown && verified
        ? {
            passwordId: `${channel}-remove-currentPassword`,
            form: form({ currentPassword: '' }, given?.removing),
            isOpen: given?.removing !== undefined,
          }
        : null,
  });
  const errors = { ...email?.errors, ...mobile?.errors, ...email?.removing, ...mobile?.removing };
  const removed = mobile?.removing ? 'mobile-remove' : 'email';
  const idOf = (field: string) => (field === 'currentPassword' ? `${removed}-currentPassword` : field);
  return {
    name: `contact-${name}`,
    view: 'settings/contact',
    model: {
      title: message('auth.contact.title', { mobile: mobileOffered || mobile?.shown ? 'yes' : 'no' }),
      mobileCountry: 'DE',
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
}

function code(name: string, given: object, error?: Message): CataloguePage {
  return {
    name: `contact-code-${name}`,
    view: 'auth/code',
    model: {
      title: message('auth.code.title'),
      path: '/settings/contact/code',
      purpose: 'contact',
      channel: 'email',
      destination: 'lena.neu@example.com',
      didYouMean: null,
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
      form: form({ code: '' }, error ? { code: error } : {}),
      ...given,
    },
    signedIn: true,
    site: { path: '/settings/contact/code', outbox: '/dev/outbox' },
  };
}

function undo(name: string, given: object, error?: Message): CataloguePage {
  return {
    name: `contact-undo-${name}`,
    view: 'auth/contact-undo',
    model: {
      title: message('auth.contactUndo.title'),
      action: '/contact/undo/abcdefghijklmnopqrstuvwxyz012345',
      username: 'lena.m',
      channel: 'email',
      how: 'changed',
      old: 'l••••@example.com',
      toldBy: 'email',
      hours: 72,
      back: error ? [] : [{ channel: 'email', old: 'l••••@example.com' }],
      form: { errors: error ? [{ name: '', text: error }] : [] },
      ...given,
    },
    site: { path: '/contact/undo/abcdefghijklmnopqrstuvwxyz012345' },
  };
}

const lena = { shown: 'l••••@example.com' };

export const contactPages: CataloguePage[] = [
  contact('email-only', { email: lena }),
  contact(
    'both',
    { email: lena, mobile: { shown: '+49 ••• ••• 78' } },
    {
      flash: {
        kind: 'success',
        text: message('auth.contact.code.done', { channel: 'mobile', how: 'added', hours: 72 }),
      },
    },
  ),
  contact('new-number', {
    email: lena,
    mobile: { shown: '+49 ••• ••• 78', newSince: message('web.ago.days', { count: 2 }) },
  }),
  contact('remove-wrong-password', {
    email: lena,
    mobile: {
      shown: '+49 ••• ••• 78',
      newSince: message('web.ago.days', { count: 2 }),
      removing: { currentPassword: message('auth.password.current.wrong') },
    },
  }),
  contact('not-verified', { email: lena, verified: false }),
  contact('without-mobile', { email: lena, mobileOffered: false }),
  contact('number-without-mobile', { mobile: { shown: '+49 ••• ••• 78' }, mobileOffered: false }),
  contact('errors', {
    email: {
      ...lena,
      value: 'lena.example.com',
      errors: {
        email: message('auth.account.email.error.wrong'),
        currentPassword: message('auth.password.current.wrong'),
      },
    },
  }),
  contact('too-often', {
    email: lena,
    mobile: {
      shown: null,
      value: '0151 23456789',
      errors: {
        mobile: message('auth.contact.tooOften', { channel: 'mobile', wait: durationOf(3600) }),
      },
    },
  }),
  contact('throttled', {
    email: { ...lena, errors: { '': message('auth.password.current.tooOften', { wait: durationOf(300) }) } },
  }),
  code('email', {}),
  code('mobile', { channel: 'mobile', destination: '+49 ••• ••• 78' }),
  code('wrong', { triesLeft: 4 }, message('auth.code.error.wrong', { reference: 'KFR' })),
  undo('changed', {}),
  undo('added', { channel: 'mobile', how: 'added', old: null }),
  undo('removed', { how: 'removed' }),
  undo('taken', {}, message('auth.contactUndo.taken', { channel: 'email' })),
];
