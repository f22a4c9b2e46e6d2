import { maskEmail } from '../../kernel/email-address.ts';
import { message } from '../../kernel/message.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import { say, settingsRow, type SettingsRow } from '../../web/views/slots.ts';
import { contactsQuestion, type Contacts } from './accounts/contacts.sql.ts';
import { secondFactorQuestion } from './second-factor/second-factor.sql.ts';

export function authSettings(mobileOffered: boolean): readonly SettingsRow[] {
  return [
    settingsRow<Contacts>({
      group: 'sign-in',
      order: 10,
      path: '/settings/contact',
      label: message('auth.settingsRows.contact.label', { mobile: mobileOffered ? 'yes' : 'no' }),
      icon: 'contact',
      ask: contactsQuestion,
      value: ({ email, phone }) =>
        say(...(email ? [maskEmail(email)] : []), ...(phone ? [maskPhone(phone)] : [])),
    }),
    {
      group: 'sign-in',
      order: 20,
      path: '/settings/password',
      label: message('auth.settingsRows.password.label'),
      icon: 'key',
      value: () => say(message('auth.settingsRows.password.value')),
    },
    {
      group: 'sign-in',
      order: 30,
      path: '/settings/security',
      label: message('auth.settingsRows.security.label'),
      icon: 'shield',
      value: () => say(message('auth.settingsRows.security.value')),
    },
    settingsRow<boolean>({
      group: 'sign-in',
      order: 25,
      path: '/settings/second-factor',
      label: message('auth.settingsRows.secondFactor.label'),
      icon: 'lock',
      ask: secondFactorQuestion,
      value: (isOn) => say(message('auth.settingsRows.secondFactor.value', { on: isOn ? 'yes' : 'no' })),
    }),
  ];
}
