import { type Clock, later, minutes, momentInWords } from '../../../kernel/clock.ts';
import type { Views } from '../../../web/views/views.ts';
import { type Challenge, minutesFromNow, type Purpose } from '../codes/challenge.ts';
import { leavingPolicy, resetLinkPolicy } from '../policy.ts';
import { type ContactLetter, contactModel } from './contact.letters.ts';

/** What a letter is about. `device`: in words of ours. */
export type Letter =
  | { kind: Purpose; challenge: Challenge; code: string }
  | { kind: 'account-exists' | 'contact-taken'; challenge: Challenge }
  | { kind: 'reset-link'; token: string }
  | { kind: 'new-device' | 'password-changed' | 'leaving'; username: string; at: Date; device: string }
  | ContactLetter;

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

/** Every letter has a mail and a text message. */
export interface Letters {
  mail(letter: Letter): WrittenMail;
  sms(letter: Letter): string;
}

const templates: Record<Letter['kind'], string> = {
  registration: 'sign-up-code',
  passwordReset: 'reset-code',
  contactChange: 'contact-code',
  'contact-taken': 'contact-taken',
  'contact-changed': 'contact-changed',
  'contact-undone': 'contact-undone',
  'account-exists': 'account-exists',
  'reset-link': 'reset-link',
  'new-device': 'new-device',
  'password-changed': 'password-changed',
  leaving: 'leaving',
};

/** Where each code is typed in. */
const codePages: Record<Purpose, string> = {
  registration: '/sign-up/code',
  passwordReset: '/password/code',
  contactChange: '/settings/contact/code',
};

/** What ChatLink writes to people. Links are made from PUBLIC_URL, never from a request. */
export const createLetters = (views: Views, publicUrl: URL, clock: Clock): Letters => {
  const link = (path: string): string => new URL(path, publicUrl).href;
  const site = 'ChatLink';

  const modelOf = (letter: Letter): object => {
    switch (letter.kind) {
      case 'registration':
      case 'passwordReset':
      case 'contactChange':
        return {
          code: letter.code,
          reference: letter.challenge.reference,
          minutes: minutesFromNow(letter.challenge, letter.kind, clock.now()),
          url: link(codePages[letter.kind]),
          host: publicUrl.hostname,
        };
      case 'account-exists':
      case 'contact-taken':
        return { reference: letter.challenge.reference, loginUrl: link('/login') };
      case 'reset-link':
        return {
          url: link(`/password/link/${letter.token}`),
          minutes: resetLinkPolicy.lifetime / minutes(1),
        };
      case 'new-device':
      case 'password-changed':
        return {
          username: letter.username,
          when: momentInWords(letter.at),
          device: letter.device,
          forgotUrl: link('/password/forgot'),
          securityUrl: link('/settings/security'),
        };
      case 'leaving':
        return {
          username: letter.username,
          when: momentInWords(letter.at),
          device: letter.device,
          until: momentInWords(later(letter.at, leavingPolicy.grace)),
          loginUrl: link('/login'),
          forgotUrl: link('/password/forgot'),
        };
      case 'contact-changed':
      case 'contact-undone':
        return contactModel(letter, link);
    }
  };

  return {
    mail(letter) {
      const [name, model] = [templates[letter.kind], { site, ...modelOf(letter) }];
      return {
        subject: views.render(`mail/${name}.subject`, model),
        text: views.render(`mail/${name}.text`, model),
        html: views.render(`mail/${name}.html`, model),
      };
    },
    sms: (letter) => views.render(`sms/${templates[letter.kind]}.text`, { site, ...modelOf(letter) }),
  };
};
