import { durationOf } from '../../../src/kernel/duration.ts';
import { message, shownMoment } from '../../../src/kernel/message.ts';
import { type Errors, form } from './form.ts';
import type { CataloguePage } from './types.ts';

const nothing = {
  making: false,
  failed: false,
  ready: null as object | null,
  nextAt: null as object | null,
};
const ready = {
  madeAt: shownMoment(new Date('2026-11-25T14:03:00.000Z')),
  until: shownMoment(new Date('2026-11-26T14:03:00.000Z')),
  size: message('privacy.copy.size.MB', { size: 1.2 }),
};
const nextAt = shownMoment(new Date('2026-11-26T11:20:00.000Z'));

function account(
  name: string,
  copies: Partial<typeof nothing>,
  errors: Errors = {},
  site: CataloguePage['site'] = {},
): CataloguePage {
  return {
    name: `account-${name}`,
    view: 'settings/account',
    model: {
      title: message('privacy.account.title'),
      copies: { ...nothing, ...copies },
      perDay: 3,
      lookAgainSeconds: 5,
      form: form({ messages: '', currentPassword: '' }, errors),
      messages: [
        { value: 'erase', label: message('privacy.leave.messages.erase'), chosen: true },
        { value: 'keep', label: message('privacy.leave.messages.keep'), chosen: false },
      ],
      graceDays: 14,
      quarantineDays: 90,
    },
    signedIn: true,
    site: { path: '/settings/account', ...site },
  };
}

export const accountPages: CataloguePage[] = [
  account('nothing-yet', {}),
  account(
    'packing',
    { making: true },
    {},
    {
      flash: { kind: 'success', text: message('privacy.copy.confirmed') },
    },
  ),
  account('ready', { ready }),
  account('ready-and-packing', { ready, making: true }),
  account('ready-enough-for-today', { ready, nextAt }),
  account('failed', { failed: true }),
  account('wrong-password', {}, { currentPassword: message('auth.password.current.wrong') }),
  account('throttled', {}, { '': message('auth.password.current.tooOften', { wait: durationOf(300) }) }),
];
