import { days } from '../../kernel/clock.ts';
import { lasting } from '../../kernel/duration.ts';
import { message } from '../../kernel/message.ts';
import type { Kept, KeptInBrowser } from '../../web/feature.ts';
import {
  banPolicy,
  cleanupPolicy,
  contactPolicy,
  deletionPolicy,
  destinationBudget,
  devicePolicy,
  eventPolicy,
  farewellLifetime,
  lostFactorPolicy,
  otpPolicy,
  resetLinkPolicy,
  secondStepPolicy,
  sessionPolicy,
  signInThrottle,
  tooYoungLock,
} from './policy.ts';

const lifetimes = {
  idle: lasting(sessionPolicy.signedIn.idle),
  longest: lasting(sessionPolicy.signedIn.absolute),
  rememberedIdle: lasting(sessionPolicy.remembered.idle),
  rememberedLongest: lasting(sessionPolicy.remembered.absolute),
  visitor: lasting(sessionPolicy.anonymous.idle),
};

export const kept: readonly Kept[] = [
  {
    tables: ['User'],
    name: message('auth.kept.account.name'),
    what: message('auth.kept.account.what'),
    why: message('auth.kept.account.why'),
    until: message('auth.kept.account.until', { grace: lasting(deletionPolicy.grace) }),
    seenBy: message('auth.kept.account.seenBy'),
  },
  {
    tables: ['RegistrationOtp', 'PasswordResetOtp', 'ContactChangeOtp'],
    name: message('auth.kept.codes.name'),
    what: message('auth.kept.codes.what'),
    why: message('auth.kept.codes.why'),
    until: message('auth.kept.codes.until', {
      lifetime: lasting(otpPolicy.challengeLifetime),
      kept: lasting(cleanupPolicy.keepDeadChallenges),
    }),
    seenBy: message('auth.kept.codes.seenBy'),
  },
  {
    tables: ['DestinationBudget'],
    name: message('auth.kept.counts.name'),
    what: message('auth.kept.counts.what'),
    why: message('auth.kept.counts.why', { day: destinationBudget.sends.day }),
    until: message('auth.kept.counts.until', { kept: lasting(days(1)) }),
    seenBy: message('auth.kept.counts.seenBy'),
  },
  {
    tables: ['PasswordResetLink', 'ContactUndo'],
    name: message('auth.kept.links.name'),
    what: message('auth.kept.links.what'),
    why: message('auth.kept.links.why'),
    until: message('auth.kept.links.until', {
      reset: lasting(resetLinkPolicy.atMostEvery),
      undo: lasting(contactPolicy.undoLifetime),
    }),
    seenBy: message('auth.kept.links.seenBy'),
  },
  {
    tables: ['SecondFactor', 'RecoveryCode', 'SecondStep', 'LostFactor'],
    name: message('auth.kept.secondFactor.name'),
    what: message('auth.kept.secondFactor.what'),
    why: message('auth.kept.secondFactor.why'),
    until: message('auth.kept.secondFactor.until', {
      run: lasting(secondStepPolicy.lifetime),
      wait: lasting(lostFactorPolicy.wait + lostFactorPolicy.openFor),
    }),
    seenBy: message('auth.kept.secondFactor.seenBy'),
  },
  {
    tables: ['SecurityEvent'],
    name: message('auth.kept.history.name'),
    what: message('auth.kept.history.what'),
    why: message('auth.kept.history.why'),
    until: message('auth.kept.history.until', { kept: lasting(eventPolicy.kept) }),
    seenBy: message('auth.kept.history.seenBy'),
  },
  {
    tables: ['BannedTrace'],
    name: message('auth.kept.banned.name'),
    what: message('auth.kept.banned.what'),
    why: message('auth.kept.banned.why'),
    until: message('auth.kept.banned.until', { kept: lasting(banPolicy.remembered) }),
    seenBy: message('auth.kept.banned.seenBy'),
  },
  {
    tables: ['KnownDevice'],
    name: message('auth.kept.devices.name'),
    what: message('auth.kept.devices.what'),
    why: message('auth.kept.devices.why'),
    until: message('auth.kept.devices.until', { lifetime: lasting(devicePolicy.lifetime) }),
    seenBy: message('auth.kept.devices.seenBy'),
  },
  {
    tables: ['UsernameQuarantine', 'UsernameSkeleton'],
    name: message('auth.kept.usernames.name'),
    what: message('auth.kept.usernames.what'),
    why: message('auth.kept.usernames.why'),
    until: message('auth.kept.usernames.until', { rest: lasting(deletionPolicy.quarantine) }),
    seenBy: message('auth.kept.usernames.seenBy'),
  },
  {
    tables: [],
    name: message('auth.kept.sessions.name'),
    what: message('auth.kept.sessions.what'),
    why: message('auth.kept.sessions.why'),
    until: message('auth.kept.sessions.until', lifetimes),
    seenBy: message('auth.kept.sessions.seenBy'),
  },
  {
    tables: [],
    name: message('auth.kept.limits.name'),
    what: message('auth.kept.limits.what'),
    why: message('auth.kept.limits.why'),
    until: message('auth.kept.limits.until', { kept: lasting(signInThrottle.forgetAfter) }),
    seenBy: message('auth.kept.limits.seenBy'),
  },
];

export const cookies: readonly KeptInBrowser[] = [
  {
    name: 'sid',
    why: message('auth.cookie.sid.why'),
    until: message('auth.cookie.sid.until', lifetimes),
  },
  {
    name: 'device',
    why: message('auth.cookie.device.why'),
    until: message('auth.cookie.until', { lifetime: lasting(devicePolicy.lifetime) }),
  },
  {
    name: 'bye',
    why: message('auth.cookie.bye.why'),
    until: message('auth.cookie.until', { lifetime: lasting(farewellLifetime) }),
  },
  {
    name: 'age',
    why: message('auth.cookie.age.why'),
    until: message('auth.cookie.until', { lifetime: lasting(tooYoungLock) }),
  },
];
