import { maskEmail } from '../../../kernel/email-address.ts';
import { interestLabel } from '../../../kernel/interests.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import { ownName } from '../../../kernel/places.ts';
import { isSameName, type Names } from '../../../web/words/names.ts';
import { letterOf, picturesOf } from '../../pictures/index.ts';
import { levelNames } from '../languages/languages.page.ts';
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
          level: level && { code: level, name: levelNames[level] },
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
    interests: profile.interests.flatMap((code) => interestLabel(code) ?? []),
    bio,
    hidden: profile.visibility === 'nobody',
    memberSince: monthOf(profile.createdAt),
  };
}

/** "November 2026": pages are in English. */
const monthFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const months = new Map<number, string>();
function monthOf(moment: Date): string {
  const month = moment.getUTCFullYear() * 12 + moment.getUTCMonth();
  let text = months.get(month);
  // As many as months since ChatLink began.
  if (text === undefined) months.set(month, (text = monthFormat.format(moment)));
  return text;
}

/** Masked, so that nobody learns them over a shoulder. */
export function contactViews(profile: Profile) {
  const view = (kind: 'Email' | 'Mobile', masked: string, verifiedAt: Date | null) => ({
    kind,
    masked,
    verified: verifiedAt !== null,
    verifiedText: verifiedAt ? `Verified in ${monthOf(verifiedAt)}` : 'Not verified',
  });
  return [
    ...(profile.email ? [view('Email', maskEmail(profile.email), profile.emailVerifiedAt)] : []),
    ...(profile.phone ? [view('Mobile', maskPhone(profile.phone), profile.phoneVerifiedAt)] : []),
  ];
}
