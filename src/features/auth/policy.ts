import { days, hours, minutes, seconds } from '../../kernel/clock.ts';

/** NIST SP 800-63B-4 section 3.1.3.2: at most 10 minutes, rate-limited below 64 bits of entropy. */
export const otpPolicy = {
  digits: 6,
  /** How long one code is good for, from its sending. */
  codeLifetime: minutes(10),
  /** How long a challenge may be resent and tried, from its start. */
  challengeLifetime: minutes(30),
  /** For the whole challenge: a resend does not refill them. */
  maxAttempts: 5,
  maxResends: 5,
  /** The wait after the n-th resend; the first two resends are free. */
  waitAfterSend: [0, 0, seconds(60), seconds(120), seconds(300), 0],
  /** A second press of a page that is older than the last send, within this time, is the same press. */
  duplicateSubmit: seconds(2),
} as const;

/** After the right code: how long the browser that typed it may set a new password, and nothing else. */
export const resetGrantLifetime = minutes(10);

/**
 * The owner's lane when a reset budget is spent. NIST SP 800-63B-4 section 3.1.3.2 asks for no throttle above 64 bits of
 * entropy; this has 192.
 */
export const resetLinkPolicy = { bytes: 24, lifetime: minutes(30), atMostEvery: hours(1) } as const;

/**
 * The way back after a change of contact. A long weekend away from one's mail is 72 hours; nobody needs more than ten
 * changes a day, and each tells the account's other contacts, by paid texts too.
 */
export const contactPolicy = {
  undoBytes: 24,
  undoLifetime: hours(72),
  /** For so long a contact is new: the owner is shown it after a reset, and it may owe its place to a thief. */
  newFor: days(7),
  perAccount: [{ window: days(1), max: 10 }],
} as const;

/** Of one destination, over all sessions and purposes: 20 guesses a day leave a guesser 1 chance in 50,000. */
export const destinationBudget = {
  sends: { hour: 5, day: 10 },
  wrongCodes: { hour: 10, day: 20 },
} as const;

/** Per client address (IPv6: per /64, ten times as much per /48). Carriers put many people behind one. */
export const addressLimits = {
  sends: [{ window: hours(1), max: 60 }],
  /** Forms posted, right or wrong: taken usernames are said openly, so they must not be listed quickly. */
  signUpForms: [{ window: hours(1), max: 120 }],
  codes: [{ window: minutes(10), max: 200 }],
  failedSignIns: [{ window: minutes(10), max: 30 }],
  /** How many of them may be of one identifier: a class or a carrier shares one address. */
  failedSignInsOfOne: [{ window: minutes(10), max: 5 }],
  resetForms: [{ window: hours(1), max: 120 }],
  /** Judging a new password takes time on the thread that serves every page. */
  newPasswords: [{ window: minutes(10), max: 60 }],
  contactForms: [{ window: hours(1), max: 120 }],
} as const;

/**
 * Against SMS pumping: a text costs money, and rings of numbers are rented by the block. Each purpose has reserves of its
 * own (send-limits.ts); a number's codes are counted as every destination's are.
 */
export const smsLimits = {
  /** Numbers that share all but their last three digits. */
  prefixDropsDigits: 3,
  perPrefix: [{ window: days(1), max: 20 }],
  perCountry: [{ window: days(1), max: 1_000 }],
  everywhere: [
    { window: hours(1), max: 2_000 },
    { window: days(1), max: 10_000 },
  ],
  /** "You already have an account" is a courtesy: once a day by SMS. */
  accountExists: [{ window: days(1), max: 1 }],
  /** News of a new device, where there is no mail: three a day say it, more say nothing new. */
  newDevice: [{ window: days(1), max: 3 }],
  /** News of one kind to one number: as many as its account can change contacts, or its password, in a day. */
  newsPerNumber: [{ window: days(1), max: 10 }],
} as const;

/** Wrong passwords of one identifier: five, then ever longer waits. OWASP Authentication: throttle, do not lock out. */
export const signInThrottle = {
  free: 5,
  waits: [minutes(1), minutes(5), minutes(15), minutes(60)],
  forgetAfter: hours(24),
} as const;

/**
 * Wrong passwords of devices that nobody has signed in from before, over the whole site. At the usual share of one
 * mistake in ten this is 10,000 sign-ins in ten minutes; more is somebody trying lists (OWASP Credential Stuffing), and
 * then each such device waits after its first mistake, by its identifier and by its address.
 */
export const stuffingBreaker = {
  strangers: [{ window: minutes(10), max: 1_000 }],
  raised: { ...signInThrottle, free: 1 },
} as const;

/** OWASP "device cookie": a year and a bit is the most that browsers keep one (RFC 6265bis section 5.5: 400 days). */
export const devicePolicy = { lifetime: days(180), accounts: 5 } as const;

/**
 * Right passwords. Nobody signs in on twenty new devices within an hour; whoever does so with a script costs hashes,
 * messages and rows. Sessions beyond the newest fifty end, so that one person cannot fill the store.
 */
export const signInPolicy = {
  newDevices: [{ window: hours(1), max: 20 }],
  /** News of new devices by mail; the history tells of every one. */
  newDeviceMails: [{ window: days(1), max: 10 }],
  sessions: 50,
} as const;

/** The password is asked for again before sessions are ended, unless it was given lately. */
export const reauthenticationPolicy = { lifetime: minutes(15) } as const;

/**
 * Leaving. Product law: who changes their mind, or did not ask for it, has two weeks to come back; and nobody takes a
 * name to be taken for who had it before their partners have forgotten.
 */
export const deletionPolicy = {
  grace: days(14),
  quarantine: days(90),
  /** Each is told to every contact, by paid texts too; and whoever signs in takes it back. */
  perAccount: [{ window: days(1), max: 10 }],
} as const;

/** What a person can read of the account's history, and for how long. */
export const eventPolicy = { kept: days(90), shown: 50, overdue: minutes(1) } as const;

/** On the server. NIST SP 800-63B-4 section 2.1.3: at most 30 days, idle limits as we see fit. */
export const sessionPolicy = {
  anonymous: { idle: minutes(30), absolute: hours(24) },
  signedIn: { idle: hours(24), absolute: days(7) },
  remembered: { idle: days(14), absolute: days(30) },
} as const;

/** NIST SP 800-63B-4 section 3.1.1: 8 at least with a second factor, 64 at least allowed, no composition rules. */
export const passwordPolicy = {
  min: 8,
  max: 128,
  /** Checked before any hashing, so that nobody buys time with a long one. */
  maxBytes: 512,
  /** zxcvbn's guesses: below a million a password is found by trying lists. */
  minGuesses: 1_000_000,
  /** By an account's sessions; a reset is not counted. Each change is told to every contact, by paid texts too. */
  changesPerAccount: [{ window: days(1), max: 10 }],
} as const;

/** COPPA and most app stores: nobody under 13. */
export const minimumAge = 13;
/** Nobody so young fills in a form: such a date is a slip of whoever typed it, and may be mended. */
export const slipAge = 6;
/** For how long a browser in which somebody said to be too young cannot join. */
export const tooYoungLock = hours(24);
/** Nobody is known to have lived longer than 122 years: an older date is a typing error. */
export const maximumAge = 125;

export const languagePolicy = { learningMax: 5 } as const;

/** Rows that nobody needs any more are deleted in batches of this size, this often. */
export const cleanupPolicy = {
  every: minutes(10),
  batch: 1_000,
  /** People who leave take their files with them, one after the other. */
  purgeBatch: 100,
  keepDeadChallenges: hours(24),
} as const;

/**
 * News to owners may be late but must not be lost: tries over 68 minutes, then one every quarter of an hour while it is of
 * use: as long as the change that it tells of can be undone.
 */
export const noticePolicy = {
  tries: 12,
  backoff: seconds(2),
  thenEvery: minutes(15),
  useful: contactPolicy.undoLifetime,
} as const;

/**
 * Tries to hand over one message: 2, 4, 8, 16 s between them, well within a code's life. A mailbox that asks to wait is
 * asked every minute for as long as the code lives: greylisting usually takes five (the default of postgrey).
 */
export const deliveryPolicy = {
  tries: 5,
  backoff: seconds(2),
  thenEvery: minutes(1),
  /** A message that has not left after this long is late: its page says so, and its code lives from its leaving. */
  late: seconds(30),
  timeout: seconds(10),
  concurrency: 5,
} as const;
