import { maskEmail } from '../../kernel/email-address.ts';
import { maskPhone } from '../../kernel/phone-number.ts';
import { directionOf, ownLanguageName } from '../../kernel/places.ts';
import type { Names } from '../../web/names.ts';
import type { Profile } from './profile.store.ts';

/** How many avatar colours the style sheet has. */
const HUES = 12;

/** The same person keeps the same colour. */
const hueOf = (username: string): number =>
  Buffer.from(username).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % HUES;

/** What a page shows of a person to everybody: no contact, no date of birth. */
export const personView = (profile: Profile, names: Names) => {
  const spoken = (role: 'native' | 'learning') =>
    profile.languages
      .filter((l) => l.role === role)
      .map(({ code }) => ({
        code,
        name: names.language(code),
        ownName: ownLanguageName(code),
        dir: directionOf(code),
      }));
  return {
    username: profile.username,
    initial: profile.username.slice(0, 1).toUpperCase(),
    hue: hueOf(profile.username),
    country: { code: profile.country, name: names.country(profile.country) },
    native: spoken('native'),
    learning: spoken('learning'),
    memberSince: monthOf(profile.createdAt),
  };
};

/** "November 2026": the page speaks English, whatever language its names are in. */
const monthFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthOf = (moment: Date): string => monthFormat.format(moment);

/** The owner's contacts, masked: enough to recognise, not enough to learn by looking over a shoulder. */
export const contactViews = (profile: Profile) => {
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
};
