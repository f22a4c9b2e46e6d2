import { lasting } from '../../kernel/duration.ts';
import { message, shownDay } from '../../kernel/message.ts';
import type { Operator } from '../../kernel/operator.ts';
import type { Kept, KeptInBrowser } from '../../web/feature.ts';
import { hostCookie } from '../../web/request/cookies.ts';
import {
  contactPolicy,
  deletionPolicy,
  destinationBudget,
  eventPolicy,
  minimumAge,
  otpPolicy,
  tooYoungLock,
} from '../auth/index.ts';
import { messagePolicy } from '../chat/index.ts';
import { orderInWords } from '../people/index.ts';
import { firstContactPolicy } from '../safety/index.ts';
import { termsChangedAt } from './policy.ts';

/** What the configuration says that people are told. */
export interface Facts {
  operator: Operator;
  smtpUrl: string | null;
  twilio: object | null;
  breachCheck: boolean;
  media: { kind: 'folder' | 's3' };
}

const leaving = {
  grace: lasting(deletionPolicy.grace),
  rest: lasting(deletionPolicy.quarantine),
};

const { window, newFor, most, mostOfMinors: minors, mostWhenNew: fresh } = firstContactPolicy;

const firstContact = { window: lasting(window), newFor: lasting(newFor), most, minors, fresh };
const changes = { edit: lasting(messagePolicy.editableFor), delete: lasting(messagePolicy.deletableFor) };

export function helpPage({ operator }: Pick<Facts, 'operator'>) {
  return {
    title: message('about.help.title'),
    operator,
    minimumAge,
    ...leaving,
    codeLasts: lasting(otpPolicy.codeLifetime),
    codesAnHour: destinationBudget.sends.hour,
    codesADay: destinationBudget.sends.day,
    undoLasts: lasting(contactPolicy.undoLifetime),
    historyKept: lasting(eventPolicy.kept),
    ageLock: lasting(tooYoungLock),
    firstContact,
    chats: changes,
  };
}

export function aboutPage({ operator }: Pick<Facts, 'operator'>) {
  return { title: message('about.about.title'), operator, minimumAge };
}

/** `secure`: whether cookies have the prefix of https. */
export function privacyPage(
  { operator, smtpUrl, twilio, breachCheck, media }: Facts,
  { kept, cookies }: { kept: readonly Kept[]; cookies: readonly KeptInBrowser[] },
  secure: boolean,
) {
  return {
    title: message('about.privacy.title'),
    operator,
    minimumAge,
    ...leaving,
    kept,
    cookies: cookies.map((cookie) => ({ ...cookie, name: hostCookie(cookie.name, secure) })),
    services: {
      mail: smtpUrl !== null,
      texts: twilio !== null,
      breachCheck,
      bucket: media.kind === 's3',
    },
  };
}

export function termsPage({ operator }: Pick<Facts, 'operator'>) {
  return {
    title: message('about.terms.title'),
    operator,
    minimumAge,
    ...leaving,
    changedAt: shownDay(termsChangedAt),
    order: orderInWords(),
  };
}
