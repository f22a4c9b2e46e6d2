import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import { deriveHmac } from '../../platform/keys.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { GuessEstimator } from '../../platform/passwords/guesses.ts';
import type { Passwords } from '../../platform/passwords/passwords.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import { createSealing } from '../../platform/sealing.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';
import { createBannedTraces } from './bans/banned-traces.service.ts';
import { createContactService } from './contact/contact.service.ts';
import { createContactUndos } from './contact/contact-undo.service.ts';
import type { AuthCore } from './core.ts';
import { createAccountDeletion } from './deletion/deletion.service.ts';
import { createDevices } from './devices/devices.ts';
import type { SecurityJob } from './history/security-events.service.ts';
import { createPasswordService } from './password/password.service.ts';
import { createPasswordRules } from './password/password-rules.ts';
import { createRecovery } from './recovery/recovery.service.ts';
import { createDemoStaff } from './second-factor/demo-staff.ts';
import { createSecondFactors } from './second-factor/second-factor.service.ts';
import { createSecondSteps } from './second-factor/second-steps.service.ts';
import { createSessions } from './sessions/sessions.service.ts';
import { countedSignIn } from './sign-in/counted-sign-in.ts';
import { createSignIn } from './sign-in/sign-in.service.ts';
import { createSignUp } from './sign-up/sign-up.service.ts';

interface AuthServicesDeps {
  core: AuthCore;
  codes: Codes;
  notices: Queue<SecurityJob>;
  /** Those of `codes`. */
  otpKeys: Parameters<typeof createSealing>[0];
  passwords: Passwords;
  guessEstimator: GuessEstimator;
  isBreached: (password: string) => Promise<boolean>;
  sessionStore: SessionStore;
  limits: Limits;
  /** The site's secret. */
  secret: string;
  clock: Clock;
  random: Random;
  wake: Wake;
  metrics: Metrics;
}

/** What people do with their accounts. */
export function createAuthServices(deps: AuthServicesDeps) {
  const { codes, passwords, limits, clock, random, metrics } = deps;
  const { accounts, passwordStore, recoveries, challenges, deletionStore, events, sendLimits } = deps.core;
  const devices = createDevices(deriveHmac(deps.secret, 'device'), random);
  const passwordRules = createPasswordRules(deps.guessEstimator, deps.isBreached);
  const sessions = createSessions({ registry: deps.sessionStore, events, clock });

  const bans = createBannedTraces({
    store: deps.core.bannedTraces,
    hmac: deriveHmac(deps.secret, 'banned'),
    clock,
    wake: deps.wake,
  });

  const signUp = createSignUp({
    store: deps.core.signUpStore,
    challenges: challenges['sign-up'],
    passwords,
    passwordRules,
    sendLimits,
    devices,
    bans,
    events,
    limits,
    metrics,
    clock,
    random,
  });
  const sealing = createSealing(deps.otpKeys, 'second-factor', random);
  const keyIds = deps.otpKeys.map(({ id }) => id);
  const factorDeps = { sealing, keyIds, codes, events, clock, random };
  const secondSteps = createSecondSteps({
    ...factorDeps,
    steps: deps.core.secondStepStore,
    lost: deps.core.lostFactorStore,
    limits,
  });
  const signIn = createSignIn({
    accounts,
    bans,
    secondSteps,
    passwordStore,
    deletion: deletionStore,
    devices,
    passwords,
    limits,
    events,
    clock,
  });
  const recovery = createRecovery({
    accounts,
    recoveries,
    challenges: challenges.reset,
    sendLimits,
    limits,
    events,
    jobs: deps.notices,
    clock,
    random,
  });
  const contacts = createContactService({
    contacts: deps.core.contactStore,
    bans,
    challenges: challenges.contact,
    sendLimits,
    limits,
    events,
    codes,
    clock,
    random,
  });
  return {
    demoStaff: createDemoStaff({ store: deps.core.staff, sealing, clock }),
    bans,
    devices,
    sessions,
    signUp,
    signIn: countedSignIn(signIn, metrics),
    secondSteps,
    secondFactors: createSecondFactors({ ...factorDeps, store: deps.core.secondFactorStore }),
    recovery,
    contacts,
    passwords: createPasswordService({
      accounts,
      passwordStore,
      passwords,
      passwordRules,
      limits,
      events,
      clock,
    }),
    undos: createContactUndos({ undos: deps.core.contactUndos, events, sessions, clock }),
    deletion: createAccountDeletion({ deletion: deletionStore, events, sessions, limits }),
  };
}

export type AuthServices = ReturnType<typeof createAuthServices>;
