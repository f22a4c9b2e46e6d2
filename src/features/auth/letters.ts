import { type Clock, minutes, momentInWords } from '../../kernel/clock.ts';
import type { Views } from '../../web/views.ts';
import { type Challenge, codeMinutes, type Purpose } from './challenge.ts';
import { resetLinkPolicy } from './policy.ts';

/** What a letter is about. `device`: in words of ours. */
export type Letter =
  | { kind: Purpose; challenge: Challenge; code: string }
  | { kind: 'account-exists'; challenge: Challenge }
  | { kind: 'reset-link'; token: string }
  | { kind: 'new-device' | 'password-changed'; username: string; at: Date; device: string };

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
  'account-exists': 'account-exists',
  'reset-link': 'reset-link',
  'new-device': 'new-device',
  'password-changed': 'password-changed',
};

/** What ChatLink writes to people. Links are made from PUBLIC_URL, never from a request. */
export const createLetters = (views: Views, publicUrl: URL, clock: Clock): Letters => {
  const link = (path: string): string => new URL(path, publicUrl).href;
  const site = 'ChatLink';

  const modelOf = (letter: Letter): object => {
    switch (letter.kind) {
      case 'registration':
      case 'passwordReset':
        return {
          code: letter.code,
          reference: letter.challenge.reference,
          minutes: codeMinutes(letter.challenge, clock.now()),
          url: link(letter.kind === 'registration' ? '/sign-up/code' : '/password/code'),
          host: publicUrl.hostname,
        };
      case 'account-exists':
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
