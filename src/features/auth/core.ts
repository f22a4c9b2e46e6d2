import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { Queue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Log } from '../../platform/watching/log.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';
import { createAccountStore } from './accounts/account.store.ts';
import { type Challenges, createChallenges } from './codes/challenge.service.ts';
import { createChallengeStore } from './codes/challenge.store.ts';
import type { MessageJob, Purpose } from './codes/challenge.ts';
import { createSendLimits } from './codes/send-limits.ts';
import { createContactStore } from './contact/contact.store.ts';
import { createContactUndoStore } from './contact/contact-undo.store.ts';
import { createSecurityEvents, type SecurityJob } from './history/security-events.service.ts';
import { createSecurityEventStore } from './history/security-events.store.ts';
import { createAccountDeletionStore } from './deletion/deletion.store.ts';
import { createPasswordStore } from './password/password.store.ts';
import { createRecoveryStore } from './recovery/recovery.store.ts';
import { createExporter } from './security/data-export.service.ts';
import { createDataExportStore } from './security/data-export.store.ts';
import { createSessions } from './sessions/sessions.service.ts';
import { createSignUpStore } from './sign-up/sign-up.store.ts';

/** What the web process and the worker both need. */
interface AuthCoreDeps {
  db: Db;
  codes: Codes;
  clock: Clock;
  random: Random;
  log: Log;
  metrics: Metrics;
  limits: Limits;
  messages: Queue<MessageJob>;
  securityJobs: Queue<SecurityJob>;
  mobileOffered: boolean;
  smsCountries: readonly string[] | null;
}

/** Stores, and the engines over them; one engine of codes a purpose. */
export function createAuthCore(deps: AuthCoreDeps) {
  const { db, securityJobs: queue, mobileOffered, smsCountries } = deps;
  const engine = (purpose: Purpose): Challenges =>
    createChallenges({ ...deps, purpose, store: createChallengeStore(db, purpose) });
  const eventStore = createSecurityEventStore(db);
  return {
    ...deps,
    accounts: createAccountStore(db),
    passwordStore: createPasswordStore(db),
    signUpStore: createSignUpStore(db),
    recoveries: createRecoveryStore(db),
    challenges: {
      'sign-up': engine('sign-up'),
      reset: engine('reset'),
      contact: engine('contact'),
    },
    contactStore: createContactStore(db),
    contactUndos: createContactUndoStore(db),
    deletion: createAccountDeletionStore(db),
    exporter: createDataExportStore(db),
    eventStore,
    events: createSecurityEvents({ ...deps, store: eventStore, queue }),
    sendLimits: createSendLimits(mobileOffered, smsCountries),
  };
}

export type AuthCore = ReturnType<typeof createAuthCore>;

/** Everything that is held about a person to keep the account safe, for the person. */
export function createAuthExporter({ exporter, events, clock }: AuthCore, registry: SessionStore) {
  return createExporter({ store: exporter, sessions: createSessions({ registry, events, clock }) });
}
