/** A code of one purpose is worthless for another. */
export type Purpose = 'sign-up' | 'reset' | 'contact';

/** What is stored keeps its first word: sessions, jobs, limits, codes (HMAC), metrics. */
export const storedWords = {
  purposes: { 'sign-up': 'registration', reset: 'passwordReset', contact: 'contactChange' },
  recoveryLinkJob: { client: 'whence', id: 'lane' }, // a field of the job, and the prefix of its id
  limits: { accountDeletion: 'leaving' }, // the key that counts SMS of this kind
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
