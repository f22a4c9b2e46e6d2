/** What a code is for; each has a table of codes, and a code of one is worthless for another. */
export type Purpose = 'sign-up' | 'reset' | 'contact';

/** Where what is stored keeps the word that it was first written with: sessions, jobs, limits, codes (HMAC) and metrics. */
export const storedWords = {
  purposes: { 'sign-up': 'registration', reset: 'passwordReset', contact: 'contactChange' },
  /** Of the job of a recovery link: a field of its data, and how its id begins. */
  recoveryLinkJob: { client: 'whence', id: 'lane' },
  /** Of the key that counts texts of one kind of news. */
  limits: { accountDeletion: 'leaving' },
  session: { reauthenticatedAt: 'provedAt' },
} as const satisfies { purposes: Record<Purpose, string>; [place: string]: Record<string, string> };

export type StoredPurpose = (typeof storedWords.purposes)[Purpose];

const purposes: Record<StoredPurpose, Purpose> = {
  registration: 'sign-up',
  passwordReset: 'reset',
  contactChange: 'contact',
};

export function purposeOf(stored: StoredPurpose): Purpose {
  return purposes[stored];
}
