import { form } from './form.ts';
import type { CataloguePage } from './types.ts';

const here = {
  device: 'Firefox on Windows',
  isThisOne: true,
  signedInText: 'Signed in 3 hours ago',
  seenText: 'In use now',
  revokePath: '/settings/sessions/aaaaaaaaaaaaaaaaaaaaaa/revoke',
};
const there = {
  device: 'Safari on iPhone',
  isThisOne: false,
  signedInText: 'Signed in 12 days ago',
  seenText: 'Last seen 5 minutes ago',
  revokePath: '/settings/sessions/bbbbbbbbbbbbbbbbbbbbbb/revoke',
};
const event = {
  text: 'Signed in on a new device',
  isRefusal: false,
  timesText: null as string | null,
  at: { iso: '2026-11-25T14:03:00.000Z', text: '25 Nov 2026, 14:03 UTC', shape: 'moment' },
  where: 'Safari on iPhone, from another network',
};
const refusal = {
  ...event,
  text: 'Sign-in with a wrong password',
  isRefusal: true,
  timesText: '12 times that day',
};

const security = (name: string, given: object, site: CataloguePage['site'] = {}): CataloguePage => ({
  name: `security-${name}`,
  view: 'settings/security',
  model: { title: 'Security', sessions: [here], hasOthers: false, events: [event], ...given },
  signedIn: true,
  site: { path: '/settings/security', ...site },
});

const password = (name: string, errors: Record<string, string> = {}): CataloguePage => ({
  name: `change-password-${name}`,
  view: 'settings/password',
  model: {
    title: 'Change your password',
    passwordMin: 8,
    form: form({ currentPassword: '', password: '', passwordConfirmation: '' }, errors),
  },
  signedIn: true,
  site: { path: '/settings/password' },
});

const confirm = (name: string, errors: Record<string, string> = {}, given: object = {}): CataloguePage => ({
  name: `confirm-${name}`,
  view: 'settings/confirm',
  model: {
    title: 'Confirm that it is you',
    before: 'devices are signed out',
    back: { path: '/settings/security', text: 'Back to security' },
    form: form({ currentPassword: '' }, errors),
    ...given,
  },
  signedIn: true,
  site: { path: '/settings/confirm' },
});

export const settingsPages: CataloguePage[] = [
  security('one-device', { events: [] }),
  security(
    'several-devices',
    { sessions: [here, there, there], hasOthers: true, events: [event, refusal, event] },
    { flash: { kind: 'success', text: 'That device is signed out.' } },
  ),
  password('empty'),
  password('errors', {
    currentPassword: 'This is not your password.',
    password: 'This password is easy to guess.',
    passwordConfirmation: 'The two passwords are not the same.',
  }),
  password('throttled', { '': 'There were too many tries. Please wait 5 minutes.' }),
  confirm('empty'),
  confirm(
    'export',
    {},
    { before: 'we pack your data', back: { path: '/settings/account', text: 'Back to your account' } },
  ),
  confirm('wrong', { currentPassword: 'This is not your password.' }),
];
