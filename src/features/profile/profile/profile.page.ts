import { maskEmail } from '../../../kernel/email-address.ts';
import { interestLabel } from '../../../kernel/interests.ts';
import { maskPhone } from '../../../kernel/phone-number.ts';
import { ownName } from '../../../kernel/places.ts';
import { isSameName, type Names } from '../../../web/views/names.ts';
import { letterOf, picturesOf } from '../../pictures/index.ts';
import { levelNames } from '../languages/languages.page.ts';
import type { Profile } from './profile.store.ts';

/** What a page shows of a person to everybody: no contact, no date of birth. */
export function personView(profile: Profile, names: Names) {
  const spoken = (role: 'native' | 'learning') =>
    profile.languages
      .filter((l) => l.role === role)
      .map(({ code, level }) => {
        const [name, own] = [names.language(code), ownName(code)];
        return {
          name,
          /** Null where the visitor calls it so as well. */
          own: isSameName(name, own.name) ? null : own,
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
    /** The language of the names of countries and languages. */
    namesLang: names.locale,
    native: spoken('native'),
    learning: spoken('learning'),
    interests: profile.interests.flatMap((code) => interestLabel(code) ?? []),
    bio,
    hidden: profile.visibility === 'nobody',
    memberSince: monthOf(profile.createdAt),
  };
}

/** "November 2026": the page speaks English, whatever language its names are in. */
const monthFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const months = new Map<number, string>();
function monthOf(moment: Date): string {
  const month = moment.getUTCFullYear() * 12 + moment.getUTCMonth();
  let text = months.get(month);
  // As many as there are months since ChatLink began.
  if (text === undefined) months.set(month, (text = monthFormat.format(moment)));
  return text;
}

/** The owner's contacts, masked: enough to recognise, not enough to learn by looking over a shoulder. */
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
