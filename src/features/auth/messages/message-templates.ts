import { type Clock, minutes } from '../../../kernel/clock.ts';
import { deviceWords } from '../../../web/request/device-name.ts';
import type { Views } from '../../../web/views/views.ts';
import type { Catalogues } from '../../../web/words/catalogues.ts';
import { type Challenge, minutesFromNow, type Purpose } from '../codes/challenge.ts';
import { deviceFirst } from '../devices/device-first.ts';
import { resetLinkPolicy } from '../policy.ts';
import { type ContactMessage, contactModel } from './contact.messages.ts';
import { type DeletionMessage, deletionModel } from './deletion.messages.ts';
import { type SecondFactorMessage, secondFactorModel } from './second-factor.messages.ts';

/** `device` is from our own list of names. */
export type Message =
  | { kind: Purpose; challenge: Challenge; code: string }
  | { kind: 'account-exists' | 'contact-taken'; challenge: Challenge }
  | { kind: 'reset-link'; token: string }
  | {
      kind: 'new-device' | 'password-changed';
      username: string;
      at: Date;
      device: string;
    }
  | DeletionMessage
  | ContactMessage
  | SecondFactorMessage;

export interface WrittenMail {
  subject: string;
  text: string;
  html: string;
}

export interface MessageTemplates {
  /** In the language of a locale. */
  mail(message: Message, locale: string): WrittenMail;
  sms(message: Message, locale: string): string;
}

const templates: Record<Message['kind'], string> = {
  'sign-up': 'sign-up-code',
  reset: 'reset-code',
  contact: 'contact-code',
  'contact-taken': 'contact-taken',
  'contact-changed': 'contact-changed',
  'contact-undone': 'contact-undone',
  'account-exists': 'account-exists',
  'reset-link': 'reset-link',
  'new-device': 'new-device',
  'password-changed': 'password-changed',
  'account-deletion': 'account-deletion',
  'second-factor': 'second-factor',
  'second-factor-lost': 'second-factor-lost',
};

const codePages: Record<Purpose, string> = {
  'sign-up': '/sign-up/code',
  reset: '/password/code',
  contact: '/settings/contact/code',
};

/** Links are made from PUBLIC_URL, never from a request. */
export function createMessageTemplates(
  views: Views,
  catalogues: Catalogues,
  publicUrl: URL,
  clock: Clock,
): MessageTemplates {
  const link = (path: string): string => new URL(path, publicUrl).href;
  const site = 'ChatLink';

  const modelOf = (message: Message): object => {
    switch (message.kind) {
      case 'sign-up':
      case 'reset':
      case 'contact':
        return {
          code: message.code,
          reference: message.challenge.reference,
          minutes: minutesFromNow(message.challenge, message.kind, clock.now()),
          url: link(codePages[message.kind]),
          host: publicUrl.hostname,
        };
      case 'account-exists':
      case 'contact-taken':
        return { reference: message.challenge.reference, loginUrl: link('/login') };
      case 'reset-link':
        return {
          url: link(`/password/link/${message.token}`),
          minutes: resetLinkPolicy.lifetime / minutes(1),
        };
      case 'new-device':
      case 'password-changed':
        return {
          username: message.username,
          at: message.at.getTime(),
          device: deviceWords(message.device),
          deviceFirst: deviceFirst(message.device),
          forgotUrl: link('/password/forgot'),
          securityUrl: link('/settings/security'),
        };
      case 'account-deletion':
        return deletionModel(message, link);
      case 'contact-changed':
      case 'contact-undone':
        return contactModel(message, link);
      case 'second-factor':
      case 'second-factor-lost':
        return secondFactorModel(message, link);
    }
  };

  return {
    mail(message, locale) {
      const [name, model] = [templates[message.kind], { site, ...modelOf(message) }];
      const words = catalogues.wordsIn(locale);
      return {
        subject: views.render(`mail/${name}.subject`, model, words),
        text: views.render(`mail/${name}.text`, model, words),
        html: views.render(`mail/${name}.html`, model, words),
      };
    },
    sms: (message, locale) =>
      views.render(
        `sms/${templates[message.kind]}.text`,
        { site, ...modelOf(message) },
        catalogues.wordsIn(locale),
      ),
  };
}
