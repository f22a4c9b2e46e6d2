import { durationOf } from '../../../src/kernel/duration.ts';
import { message, type Message, shownMoment } from '../../../src/kernel/message.ts';
import { deviceWords } from '../../../src/web/request/device-name.ts';
import { type Errors, form } from './form.ts';
import type { CataloguePage } from './types.ts';

const here = {
  device: deviceWords('Firefox on Windows'),
  isThisOne: true,
  signedIn: message('auth.sessions.signedIn', { ago: message('web.ago.hours', { count: 3 }) }),
  seen: message('auth.sessions.active'),
  revokePath: '/settings/sessions/aaaaaaaaaaaaaaaaaaaaaa/revoke',
};
const there = {
  device: deviceWords('Safari on iPhone'),
  isThisOne: false,
  signedIn: message('auth.sessions.signedIn', { ago: message('web.ago.days', { count: 12 }) }),
  seen: message('auth.sessions.seen', { ago: message('web.ago.minutes', { count: 5 }) }),
  revokePath: '/settings/sessions/bbbbbbbbbbbbbbbbbbbbbb/revoke',
};
const event = {
  text: message('auth.history.done.signedInNewDevice'),
  isRefusal: false,
  times: 1,
  at: shownMoment(new Date('2026-11-25T14:03:00.000Z')),
  where: message('auth.history.where', { device: deviceWords('Safari on iPhone'), network: 'other' }),
};
const refusal = {
  ...event,
  text: message('auth.history.wrongPassword'),
  isRefusal: true,
  times: 12,
};

function list(
  name: string,
  given: Record<string, object[]> = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `settings-${name}`,
    view: 'settings/index',
    model: { title: message('profile.settings.title'), values: { ...present, ...given } },
    signedIn: true,
    site: { path: '/settings', ...site },
  };
}

function part(text: Message | string, lang: string | null = null) {
  return { text, lang };
}
const present = {
  '/settings/profile': [part('Lena Marie Sørensen')],
  '/settings/avatar': [part(message('pictures.row.avatar.added'))],
  '/settings/photos': [part(message('pictures.row.photos.added', { taken: 2, max: 9 }))],
  '/settings/languages': [part('German'), part('Spanish')],
  '/settings/contact': [part('l•••@e••••••.com')],
  '/settings/password': [part(message('auth.settingsRows.password.value'))],
  '/settings/second-factor': [part(message('auth.settingsRows.secondFactor.value', { on: 'no' }))],
  '/settings/security': [part(message('auth.settingsRows.security.value'))],
  '/settings/privacy': [part(message('safety.privacy.members'))],
  '/settings/privacy#whoMayWrite-choice': [part(message('safety.privacy.matches'))],
  '/settings/blocked': [part(message('safety.row.blocked.count', { count: 2 }))],
  '/settings/account': [part(message('privacy.row.account.does'))],
};
const longest = {
  '/settings/profile': [part('﷽'.repeat(50)), part(message('profile.row.profile.hidden'))],
  '/settings/languages': ['ألمانية', 'إسبانية', 'السلافية الكنسية القديمة', 'يابانية'].map((name) =>
    part(name, 'ar'),
  ),
  '/settings/contact': [part(`w${'•'.repeat(30)}@${'e'.repeat(40)}.example`), part('+49 ••• ••••• 89')],
};

function security(name: string, given: object, site: CataloguePage['site'] = {}): CataloguePage {
  return {
    name: `security-${name}`,
    view: 'settings/security',
    model: {
      title: message('auth.security.title'),
      sessions: [here],
      hasOthers: false,
      events: [event],
      keptDays: 90,
      ...given,
    },
    signedIn: true,
    site: { path: '/settings/security', ...site },
  };
}

function password(name: string, errors: Errors = {}): CataloguePage {
  return {
    name: `change-password-${name}`,
    view: 'settings/password',
    model: {
      title: message('auth.password.change.title'),
      passwordMin: 8,
      form: form({ currentPassword: '', password: '', passwordConfirmation: '' }, errors),
    },
    signedIn: true,
    site: { path: '/settings/password' },
  };
}

function confirm(name: string, errors: Errors = {}, given: object = {}): CataloguePage {
  return {
    name: `confirm-${name}`,
    view: 'settings/confirm',
    model: {
      title: message('auth.password.confirm.title'),
      lead: message('auth.security.confirm.lead'),
      back: { path: '/settings/security', text: message('auth.security.confirm.back') },
      form: form({ currentPassword: '' }, errors),
      ...given,
    },
    signedIn: true,
    site: { path: '/settings/confirm' },
  };
}

export const settingsPages: CataloguePage[] = [
  list('list'),
  list('list-long', longest),
  security('one-device', { events: [] }),
  security(
    'several-devices',
    { sessions: [here, there, there], hasOthers: true, events: [event, refusal, event] },
    { flash: { kind: 'success', text: message('auth.sessions.ended') } },
  ),
  password('empty'),
  password('errors', {
    currentPassword: message('auth.password.current.wrong'),
    password: message('auth.password.fault.guessed'),
    passwordConfirmation: message('auth.password.error.mismatch'),
  }),
  password('throttled', { '': message('auth.password.current.tooOften', { wait: durationOf(300) }) }),
  confirm('empty'),
  confirm(
    'export',
    {},
    {
      lead: message('privacy.confirm.export'),
      back: { path: '/settings/account', text: message('privacy.confirm.back') },
    },
  ),
  confirm('wrong', { currentPassword: message('auth.password.current.wrong') }),
];
