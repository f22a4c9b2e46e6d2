import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import { say, settingsRow, type SettingsRow } from '../../web/views/slots.ts';
import { contactsQuestion, type Contacts } from './accounts/contacts.sql.ts';

export function authSettings(mobileOffered: boolean): readonly SettingsRow[] {
  return [
    settingsRow<Contacts>({
      group: 'sign-in',
      order: 10,
      path: '/settings/contact',
      label: mobileOffered ? 'Email and mobile' : 'Email',
      icon: 'contact',
      ask: contactsQuestion,
      value: ({ email, phone }) =>
        say(...(email ? [maskEmail(email)] : []), ...(phone ? [maskPhone(phone)] : [])),
    }),
    {
      group: 'sign-in',
      order: 20,
      path: '/settings/password',
      label: 'Password',
      icon: 'key',
      value: () => say('Change it'),
    },
    {
      group: 'sign-in',
      order: 30,
      path: '/settings/security',
      label: 'Security',
      icon: 'shield',
      value: () => say('Your devices and recent activity'),
    },
  ];
}
