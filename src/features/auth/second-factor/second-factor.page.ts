import encodeQR from 'qr';
import { message, type Message, shownDay, shownMoment } from '../../../kernel/message.ts';
import { type FormError, type FormShape, formView, type FormValues } from '../../../web/forms/forms.ts';
import { confirmShape } from '../password/password.forms.ts';
import { recoveryCodePolicy } from '../policy.ts';
import { keyInGroups } from './app-code.ts';
import { recoveryCodeInGroups } from './recovery-codes.ts';
import type { Offer } from './second-factor.service.ts';
import type { FactorState } from './second-factor.store.ts';

export const setUpShape: FormShape = {
  texts: ['code', 'currentPassword'],
  secrets: ['code', 'currentPassword'],
};

/** Of the dark squares, as an SVG draws them; four squares of quiet around (ISO/IEC 18004, 6.3.8). */
function pictureOf(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { border: 4 });
  const squares = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: squares.join('') };
}

/** Fewer than this, and the page says that it is time for new ones. */
const FEW = 3;

/** The model of `settings/second-factor-set-up`. */
export function setUpPage(
  { key, address }: Offer,
  { values = {}, errors = [] }: { values?: FormValues; errors?: readonly FormError[] } = {},
) {
  return {
    title: message('auth.secondFactor.title'),
    picture: pictureOf(address),
    key: keyInGroups(key),
    address,
    form: formView(setUpShape, values, errors),
  };
}

/** The model of `settings/second-factor`. `codes`: new ones, shown this once. */
export function secondFactorPage({ setUpAt, codesLeft, isStaff, lost }: FactorState, codes: string[] | null) {
  return {
    title: message('auth.secondFactor.title'),
    since: shownDay(setUpAt),
    codesLeft,
    isStaff,
    isLow: codesLeft < FEW,
    lost: lost && { since: shownDay(lost.since), opensAt: shownMoment(lost.opensAt) },
    codes: codes?.map(recoveryCodeInGroups) ?? null,
  };
}

interface Asked {
  title: Message;
  lead: Message;
  action: string;
  button: Message;
}

/** What asks for the password first. */
export const asked = {
  recovery: {
    title: message('auth.secondFactor.renew.title'),
    lead: message('auth.secondFactor.renew.lead', { count: recoveryCodePolicy.count }),
    action: '/settings/second-factor/recovery',
    button: message('auth.secondFactor.renew.button'),
  },
  remove: {
    title: message('auth.secondFactor.remove.title'),
    lead: message('auth.secondFactor.remove.lead'),
    action: '/settings/second-factor/remove',
    button: message('auth.secondFactor.remove.button'),
  },
} as const satisfies Record<string, Asked>;

/** The model of `settings/second-factor-change`. */
export function changePage(change: Asked, errors: readonly FormError[] = []) {
  return { ...change, form: formView(confirmShape, {}, errors) };
}
