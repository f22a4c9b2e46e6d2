import type { Clock } from '../../kernel/clock.ts';
import type { Views } from '../../web/views.ts';
import { type Challenge, codeMinutes } from './challenge.ts';

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

export interface Letters {
  code(challenge: Challenge, code: string): Letter;
  codeSms(challenge: Challenge, code: string): string;
  accountExists(challenge: Challenge): Letter;
  accountExistsSms(challenge: Challenge): string;
}

/** What ChatLink writes to people. Links are made from PUBLIC_URL, never from a request. */
export const createLetters = (views: Views, publicUrl: URL, clock: Clock): Letters => {
  const link = (path: string): string => new URL(path, publicUrl).href;
  const site = 'ChatLink';

  const letter = (name: string, model: object): Letter => ({
    subject: views.render(`mail/${name}.subject`, model),
    text: views.render(`mail/${name}.text`, model),
    html: views.render(`mail/${name}.html`, model),
  });
  const codeModel = (challenge: Challenge, code: string) => ({
    code,
    reference: challenge.reference,
    site,
    minutes: codeMinutes(challenge, clock.now()),
    url: link('/sign-up/code'),
    host: publicUrl.hostname,
  });
  const existsModel = ({ reference }: Challenge) => ({ reference, site, loginUrl: link('/login') });

  return {
    code: (challenge, code) => letter('sign-up-code', codeModel(challenge, code)),
    codeSms: (challenge, code) => views.render('sms/sign-up-code.text', codeModel(challenge, code)),
    accountExists: (challenge) => letter('account-exists', existsModel(challenge)),
    accountExistsSms: (challenge) => views.render('sms/account-exists.text', existsModel(challenge)),
  };
};
