import { maskEmail } from '../../../kernel/email-address.ts';
import { isInterest } from '../../../kernel/interests.ts';
import { message } from '../../../kernel/message.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import { ownName } from '../../../kernel/languages/own-names.ts';
import { isSameName, type Names } from '../../../web/words/names.ts';
import { letterOf, picturesOf } from '../../pictures/index.ts';
import type { Language } from '../languages/languages.ts';
import type { Profile } from './profile.store.ts';

/** What somebody speaks or learns, in their order. */
function languageViews(languages: readonly Language[], role: Language['role'], names: Names) {
  return languages
    .filter((l) => l.role === role)
    .map(({ code, level }) => {
      const [name, own] = [names.language(code), ownName(code)];
      return {
        name,
        own: isSameName(name, own.name) ? null : own, // null where it is the same in the visitor's language
        level: level && { code: level, name: message(`profile.level.${level}`) },
      };
    });
}

/** Where somebody lives and what they speak and learn, as pages say it. */
export function shortView({ country, languages }: Pick<Profile, 'country' | 'languages'>, names: Names) {
  return {
    country: names.country(country),
    namesLang: names.locale, // of countries and languages
    native: languageViews(languages, 'native', names),
    learning: languageViews(languages, 'learning', names),
  };
}

/** No contact, no date of birth. */
export function personView(profile: Profile, names: Names) {
  const { username, displayName, bio } = profile;
  return {
    username,
    displayName,
    ...picturesOf(profile.pictures, displayName ?? username),
    ...letterOf(profile),
    ...shortView(profile, names),
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
