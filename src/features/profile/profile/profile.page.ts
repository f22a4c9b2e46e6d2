import { maskEmail } from '../../../kernel/email-address.ts';
import { isInterest } from '../../../kernel/interests.ts';
import { message } from '../../../kernel/message.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import { ownName } from '../../../kernel/languages/own-names.ts';
import { isSameName, type Names } from '../../../web/words/names.ts';
import { letterOf, picturesOf } from '../../pictures/index.ts';
import type { Profile } from './profile.store.ts';

/** No contact, no date of birth. */
export function personView(profile: Profile, names: Names) {
  const spoken = (role: 'native' | 'learning') =>
    profile.languages
      .filter((l) => l.role === role)
      .map(({ code, level }) => {
        const [name, own] = [names.language(code), ownName(code)];
        return {
          name,
          own: isSameName(name, own.name) ? null : own, // null where it is the same in the visitor's language
          level: level && { code: level, name: message(`profile.level.${level}`) },
        };
      });
  const { username, displayName, bio } = profile;
  return {
    username,
    displayName,
    ...picturesOf(profile.pictures, displayName ?? username),
    ...letterOf(profile),
    country: names.country(profile.country),
    namesLang: names.locale, // of countries and languages
    native: spoken('native'),
    learning: spoken('learning'),
    interests: profile.interests.filter(isInterest).map((code) => message(`profile.interest.${code}`)),
    bio,
    hidden: profile.visibility === 'nobody',
    memberSince: profile.createdAt.getTime(),
  };
}

/** Masked, so that nobody learns them over a shoulder. */
export function contactViews(profile: Profile) {
  const view = (channel: 'email' | 'mobile', masked: string, verifiedAt: Date | null) => ({
    kind: message(`profile.own.contacts.${channel}`),
    masked,
    verified: verifiedAt !== null,
    verifiedText: verifiedAt
      ? message('profile.own.contacts.verified', { at: verifiedAt.getTime() })
      : message('profile.own.contacts.unverified'),
  });
  return [
    ...(profile.email ? [view('email', maskEmail(profile.email), profile.emailVerifiedAt)] : []),
    ...(profile.phone ? [view('mobile', maskPhone(profile.phone), profile.phoneVerifiedAt)] : []),
  ];
}
