import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';
import { createAccountStore } from './accounts/account.store.ts';
import { createBannedTraceStore } from './bans/banned-traces.store.ts';
import { type Challenges, createChallenges } from './codes/challenge.service.ts';
import { createChallengeStore } from './codes/challenge.store.ts';
import type { MessageJob, Purpose } from './codes/challenge.ts';
import { createSendLimits } from './codes/send-limits.ts';
import { createContactStore } from './contact/contact.store.ts';
import { createContactUndoStore } from './contact/contact-undo.store.ts';
import { createAccountDeletionStore } from './deletion/deletion.store.ts';
import { createSecurityEvents, type SecurityJob } from './history/security-events.service.ts';
import { createSecurityEventStore } from './history/security-events.store.ts';
import { createPasswordStore } from './password/password.store.ts';
import { createLostFactorStore } from './second-factor/lost-factor.store.ts';
import { createSecondFactorStore } from './second-factor/second-factor.store.ts';
import { createSecondStepStore } from './second-factor/second-step.store.ts';
import { createRecoveryStore } from './recovery/recovery.store.ts';
import { createDataExportStore } from './security/data-export.store.ts';
import { createStaffStore } from './staff/staff.store.ts';
import { createSignUpStore } from './sign-up/sign-up.store.ts';

interface AuthCoreDeps {
  db: Db;
  codes: Codes;
  messages: Queue<MessageJob>;
  notices: Queue<SecurityJob>;
  mobileOffered: boolean;
  smsCountries: readonly string[] | null;
  clock: Clock;
  random: Random;
  wake: Wake;
  metrics: Metrics;
}

/** Stores, and the engines over them that pages and jobs share; one engine of codes a purpose. */
export function createAuthCore(deps: AuthCoreDeps) {
  const { db, codes, messages, notices, clock, random, wake, metrics } = deps;
  const engine = (purpose: Purpose): Challenges => {
    const store = createChallengeStore(db, purpose);
    return createChallenges({ purpose, store, codes, messages, clock, random, metrics });
  };
  const eventStore = createSecurityEventStore(db);
  return {
    accounts: createAccountStore(db),
    passwordStore: createPasswordStore(db),
    signUpStore: createSignUpStore(db),
    bannedTraces: createBannedTraceStore(db),
    staff: createStaffStore(db),
    recoveries: createRecoveryStore(db),
    challenges: {
      'sign-up': engine('sign-up'),
      reset: engine('reset'),
      contact: engine('contact'),
    },
    contactStore: createContactStore(db),
    contactUndos: createContactUndoStore(db),
    secondFactorStore: createSecondFactorStore(db),
    secondStepStore: createSecondStepStore(db),
    lostFactorStore: createLostFactorStore(db),
    deletionStore: createAccountDeletionStore(db),
    exportStore: createDataExportStore(db),
    eventStore,
    events: createSecurityEvents({ store: eventStore, queue: notices, clock, random, wake }),
    sendLimits: createSendLimits(deps.mobileOffered, deps.smsCountries),
  };
}

export type AuthCore = ReturnType<typeof createAuthCore>;
