import { days, hours, minutes, seconds } from '../../kernel/clock.ts';

/** NIST SP 800-63B-4, 3.1.3.2: at most 10 minutes, rate-limited below 64 bits. */
export const otpPolicy = {
  digits: 6,
  codeLifetime: minutes(10),
  challengeLifetime: minutes(30),
  maxAttempts: 5, // for the whole challenge: a resend doesn't refill them
  maxResends: 5,
  waitAfterSend: [0, 0, seconds(60), seconds(120), seconds(300), 0],
  duplicateSubmit: seconds(2), // an older page's press within this time is the same press
} as const;

export const resetGrantLifetime = minutes(10);

/** NIST SP 800-63B-4, 3.1.3.2 asks for no throttle above 64 bits; this has 192. */
export const resetLinkPolicy = { bytes: 24, lifetime: minutes(30), atMostEvery: hours(1) } as const;

/** 72 hours are a long weekend; nobody needs ten changes a day, each of which sends SMS. */
export const contactPolicy = {
  undoBytes: 24,
  undoLifetime: hours(72),
  newFor: days(7), // a new contact is shown to the owner after a reset: it may be a thief's
  perAccount: [{ window: days(1), max: 10 }],
} as const;

/** Over all sessions and purposes: 20 guesses a day are a chance of 1 in 50,000. */
export const destinationBudget = {
  sends: { hour: 5, day: 10 },
  wrongCodes: { hour: 10, day: 20 },
} as const;

/** IPv6 per /64, ten times as much per /48. Carriers put many people behind one address. */
export const addressLimits = {
  sends: [{ window: hours(1), max: 60 }],
  signUpForms: [{ window: hours(1), max: 120 }], // taken usernames are told, so listing them must be slow
  codes: [{ window: minutes(10), max: 200 }],
  failedSignIns: [{ window: minutes(10), max: 30 }],
  failedSignInsOfOne: [{ window: minutes(10), max: 5 }], // many people may share an address
  resetForms: [{ window: hours(1), max: 120 }],
  newPasswords: [{ window: minutes(10), max: 60 }], // judging a password takes time in a thread that all share
  contactForms: [{ window: hours(1), max: 120 }],
} as const;

/** SMS pumping: texts cost money, and numbers are rented in blocks. Reserves per purpose: send-limits.ts. */
export const smsLimits = {
  prefixDropsDigits: 3, // so numbers in one block share a prefix
  perPrefix: [{ window: days(1), max: 20 }],
  perCountry: [{ window: days(1), max: 1_000 }],
  everywhere: [
    { window: hours(1), max: 2_000 },
    { window: days(1), max: 10_000 },
  ],
  accountExists: [{ window: days(1), max: 1 }],
  newDevice: [{ window: days(1), max: 3 }],
  /** As many as an account can change contacts or passwords in a day. */
  newsPerNumber: [{ window: days(1), max: 10 }],
} as const;

/** OWASP Authentication: throttle, don't lock out. */
export const signInThrottle = {
  free: 5,
  waits: [minutes(1), minutes(5), minutes(15), minutes(60)],
  forgetAfter: hours(24),
} as const;

/** 1,000 wrong passwords in ten minutes are 10,000 usual sign-ins; more is credential stuffing (OWASP). */
export const stuffingBreaker = {
  strangers: [{ window: minutes(10), max: 1_000 }],
  raised: { ...signInThrottle, free: 1 },
} as const;

/** Browsers keep cookies for at most 400 days (RFC 6265bis, 5.5). */
export const devicePolicy = {
  lifetime: days(180),
  accounts: 5,
  /** Of one person, the newest: to bound the table. */
  remembered: 50,
} as const;

/** Nobody uses twenty new devices in an hour. Older sessions than fifty end, to bound the store. */
export const signInPolicy = {
  newDevices: [{ window: hours(1), max: 20 }],
  newDeviceMails: [{ window: days(1), max: 10 }],
  sessions: 50,
} as const;

/** RFC 6238 with the numbers that every app knows. A key of 160 bits: RFC 4226, R6. */
export const appCodePolicy = { digits: 6, period: 30, keyBytes: 20 } as const;

/** 16 letters of 32 are 80 bits; NIST SP 800-63B-4, 3.1.2.1 asks for 64 of a code that is not throttled. */
export const recoveryCodePolicy = { count: 10, length: 16 } as const;

/** The law: a run of ten minutes with five wrong codes, and so many an account; devices it knows have as many of their own. */
export const secondStepPolicy = {
  lifetime: minutes(10),
  wrongCodes: { run: 5, hour: 10, day: 20 },
} as const;

/** The law: who has lost the second step waits, and is told each day. Then there is a week to use it. */
export const lostFactorPolicy = {
  wait: hours(72),
  toldEvery: days(1),
  openFor: days(7),
  perAccount: [{ window: days(1), max: 2 }], // each tells every contact, some by SMS
  tokenBytes: 16, // NIST SP 800-63B-4, 3.1.3.2 asks for no throttle above 64 bits; a text has no room for more
} as const;

export const reauthenticationPolicy = { lifetime: minutes(15) } as const;

/** Product law: two weeks to come back, and the username rests until others have forgotten it. */
export const deletionPolicy = {
  grace: days(14),
  quarantine: days(90),
  perAccount: [{ window: days(1), max: 10 }], // each sends SMS, and signing in undoes it
} as const;

/** The law of the community: a year, as hashes only. */
export const banPolicy = {
  remembered: days(365),
  /** Longer than whoever took a ban back may take back that, with what is still to be carried out. */
  liftedFor: hours(1),
} as const;

export const eventPolicy = { kept: days(90), shown: 50, overdue: minutes(1) } as const;

/** NIST SP 800-63B-4, 2.1.3: at most 30 days. */
export const sessionPolicy = {
  anonymous: { idle: minutes(30), absolute: hours(24) },
  signedIn: { idle: hours(24), absolute: days(7) },
  remembered: { idle: days(14), absolute: days(30) },
} as const;

/** Of the cookie by which the next page says goodbye. */
export const farewellLifetime = seconds(60);

/** NIST SP 800-63B-4, 3.1.1: at least 8 with a second factor, at least 64 allowed. */
export const passwordPolicy = {
  min: 8,
  max: 128,
  maxBytes: 512, // checked before any hashing
  minGuesses: 1_000_000, // zxcvbn: below a million, a list finds it
  changesPerAccount: [{ window: days(1), max: 10 }], // resets don't count. Each change sends SMS.
} as const;

/** COPPA and most app stores. */
export const minimumAge = 13;
/** Younger is a typo, which may be corrected. */
export const slipAge = 6;
export const tooYoungLock = hours(24);
/** The oldest person lived 122 years. */
export const maximumAge = 125;

/** A session's changes of settings of every kind: nobody presses a button each five seconds, and each costs a transaction. */
export const changesPolicy = [{ window: minutes(10), max: 120 }] as const;

export const languagePolicy = { learningMax: 5 } as const;

export const cleanupPolicy = {
  batch: 1_000,
  purgeBatch: 100, // files go one after the other
  keepDeadChallenges: hours(24),
} as const;

/** Twelve tries take 68 minutes, then one each quarter of an hour while the change can be undone. */
export const noticePolicy = {
  tries: 12,
  backoff: seconds(2),
  thenEvery: minutes(15),
  useful: contactPolicy.undoLifetime,
} as const;

/** Pauses of 2, 4, 8, 16 s. A mailbox that asks to wait is asked each minute: greylisting takes five (postgrey). */
export const deliveryPolicy = {
  tries: 5,
  backoff: seconds(2),
  thenEvery: minutes(1),
  late: seconds(30), // then the page says so, and the code lives from when it leaves
  timeout: seconds(10),
  concurrency: 5,
} as const;
