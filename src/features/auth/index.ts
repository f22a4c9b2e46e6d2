import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import type { Clock } from '../../kernel/clock.ts';
import type { Chance } from '../../kernel/ids.ts';
import type { Codes } from '../../platform/codes.ts';
import type { Db } from '../../platform/db.ts';
import type { Mailer, Texter } from '../../platform/delivery.ts';
import type { Guesses } from '../../platform/guesses.ts';
import { createSeal } from '../../platform/keys.ts';
import type { Limits } from '../../platform/limits.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Passwords } from '../../platform/passwords.ts';
import type { Queue } from '../../platform/queue.ts';
import type { SessionStore } from '../../platform/session-store.ts';
import { createSignedInOnly } from '../../web/guards.ts';
import { createAccountStore } from './accounts/account.store.ts';
import { createAgeLock } from './sign-up/age-lock.session.ts';
import { createMessageJobs } from './messages/code.jobs.ts';
import type { MessageJob, Purpose } from './codes/challenge.ts';
import { type Challenges, createChallenges } from './codes/challenge.service.ts';
import { createChallengeStore } from './codes/challenge.store.ts';
import { createCleanup } from './cleanup.jobs.ts';
import { type Clients, createClients } from './devices/client.ts';
import { contactCodeRoutes } from './contact/contact-code.routes.ts';
import { contactRoutes } from './contact/contact.routes.ts';
import { createContactService } from './contact/contact.service.ts';
import { createContactStore } from './contact/contact.store.ts';
import { contactUndoRoutes } from './contact/contact-undo.routes.ts';
import { createContactUndos } from './contact/contact-undo.service.ts';
import { createContactUndoStore } from './contact/contact-undo.store.ts';
import { countedSignIn } from './codes/counting.ts';
import { createDevices } from './devices/devices.ts';
import { createHeld } from './security/held.service.ts';
import { createHeldStore } from './security/held.store.ts';
import { createLeaving, type Leaving } from './leaving/leaving.service.ts';
import { createLeavingStore } from './leaving/leaving.store.ts';
import type { Letters } from './messages/letters.ts';
import { createAfterNewPassword } from './password/new-password.session.ts';
import { createOnceProved, type OnceProved } from './password/once-proved.routes.ts';
import { createOwnerLink } from './messages/owner-link.ts';
import { createPasswordRules } from './password/password-rules.ts';
import { passwordRoutes } from './password/password.routes.ts';
import { createPasswordService, type Proved } from './password/password.service.ts';
import { proveBy } from './password/proof.routes.ts';
import { recoveryCodeRoutes } from './recovery/recovery-code.routes.ts';
import { recoveryNewRoutes } from './recovery/recovery-new.routes.ts';
import { recoveryRoutes } from './recovery/recovery.routes.ts';
import { createRecovery } from './recovery/recovery.service.ts';
import { createRecoveryStore } from './recovery/recovery.store.ts';
import { createSecurityEvents, type SecurityJob } from './history/security-events.service.ts';
import { createSecurityEventStore } from './history/security-events.store.ts';
import { createSecurityJobs } from './messages/security.jobs.ts';
import { securityRoutes } from './security/security.routes.ts';
import { createSendLimits } from './codes/send-limits.ts';
import { createSessions } from './sessions/sessions.service.ts';
import { createDeliveryTiming } from './messages/delivery-timing.ts';
import { signInRoutes } from './sign-in/sign-in.routes.ts';
import { createSignIn } from './sign-in/sign-in.service.ts';
import { signUpCodeRoutes } from './sign-up/sign-up-code.routes.ts';
import { signUpRoutes } from './sign-up/sign-up.routes.ts';
import { createSignUp } from './sign-up/sign-up.service.ts';

export type { MessageJob } from './codes/challenge.ts';
export { languageList } from './sign-up/language.forms.ts';
export type { Leaving } from './leaving/leaving.service.ts';
export { createLetters } from './messages/letters.ts';
export type { OnceProved } from './password/once-proved.routes.ts';
export { currentPassword } from './password/password.forms.ts';
export {
  cleanupPolicy,
  deliveryPolicy,
  languagePolicy,
  leavingPolicy,
  noticePolicy,
  otpPolicy,
  sessionPolicy,
  signInPolicy,
} from './policy.ts';
export { notProved } from './password/proof.routes.ts';
export type { SecurityJob, Whence } from './history/security-events.service.ts';
export { insertEventSql, type SecurityEvent } from './history/security-events.store.ts';

/** What the web process and the worker both need. */
interface AuthCoreDeps {
  db: Db;
  codes: Codes;
  clock: Clock;
  chance: Chance;
  log: Log;
  metrics: Metrics;
  limits: Limits;
  messages: Queue<MessageJob>;
  securityJobs: Queue<SecurityJob>;
  mobileOffered: boolean;
  smsCountries: readonly string[] | null;
}

/** Stores, and the engines over them; one engine of codes a purpose. */
export const createAuthCore = (deps: AuthCoreDeps) => {
  const { db, securityJobs: queue, mobileOffered, smsCountries } = deps;
  const engine = (purpose: Purpose): Challenges =>
    createChallenges({ ...deps, purpose, store: createChallengeStore(db, purpose) });
  const eventStore = createSecurityEventStore(db);
  return {
    ...deps,
    accounts: createAccountStore(db),
    recoveries: createRecoveryStore(db),
    challenges: {
      registration: engine('registration'),
      passwordReset: engine('passwordReset'),
      contactChange: engine('contactChange'),
    },
    contactStore: createContactStore(db),
    contactUndos: createContactUndoStore(db),
    leaving: createLeavingStore(db),
    held: createHeldStore(db),
    eventStore,
    events: createSecurityEvents({ ...deps, store: eventStore, queue }),
    sendLimits: createSendLimits(mobileOffered, smsCountries),
  };
};

export type AuthCore = ReturnType<typeof createAuthCore>;

/** Everything that is held about a person to keep the account safe, for the person. */
export const authHeld = ({ held, events, clock }: AuthCore, registry: SessionStore) =>
  createHeld({ store: held, sessions: createSessions({ registry, events, clock }) });

/** The jobs of accounts, for the worker. */
export const createAuthJobs = (
  core: AuthCore,
  transports: { letters: Letters; mailer: Mailer; texter: Texter | null },
) => {
  const timing = createDeliveryTiming(transports.mailer, transports.texter);
  const deps = { ...core, ...transports, timing, events: core.eventStore };
  const ownerLink = createOwnerLink(deps);
  return {
    messages: createMessageJobs({ ...deps, ownerLink }),
    security: createSecurityJobs({ ...deps, ownerLink, queue: core.securityJobs }),
    cleanup: createCleanup({ ...core, store: core.eventStore }),
  };
};

export interface AuthDeps {
  core: AuthCore;
  passwords: Passwords;
  sessionStore: SessionStore;
  /** The site's secret; devices and networks are sealed with keys derived from it. */
  secret: string;
  /** Whether the site is https. */
  secure: boolean;
  guesses: Guesses;
  isBreached: (password: string) => Promise<boolean>;
}

export interface AuthRoutes {
  routes: Router;
  /** Stand after all routes. */
  staleForms: ErrorRequestHandler[];
  /** The guard of other features' pages. */
  signedInOnly: RequestHandler[];
  /** For what asks for the password first, unless it was given lately. */
  onceProved: OnceProved;
  /** Whether whoever sends a form knows the password of its session's person. */
  prove: (req: Request, password: string) => Promise<Proved>;
  leaving: Leaving;
  clients: Clients;
}

/** Everything under `/sign-up`, `/login`, `/logout`, `/password` and `/contact`, and the account's part of `/settings`. */
export const authRoutes = ({ core, secret, secure, ...deps }: AuthDeps): AuthRoutes => {
  const { accounts, events, clock, chance, mobileOffered, smsCountries, challenges } = core;
  const clients = createClients(createSeal(secret, 'network'), secure);
  const devices = createDevices(createSeal(secret, 'device'), chance);
  const passwordRules = createPasswordRules(deps.guesses, deps.isBreached);
  const forPurpose = (purpose: Purpose) => ({ ...core, challenges: challenges[purpose], clients });

  const signUp = createSignUp({ ...forPurpose('registration'), ...deps, devices, passwordRules });
  const signIn = countedSignIn(createSignIn({ ...core, ...deps, devices }), core.metrics);
  const recovery = createRecovery({ ...forPurpose('passwordReset'), jobs: core.securityJobs });
  const passwords = createPasswordService({ ...core, ...deps, passwordRules });
  const sessions = createSessions({ registry: deps.sessionStore, events, clock });
  const signedInOnly = createSignedInOnly(
    async (id, securityVersion) => (await accounts.member(id, securityVersion, clock.now())) !== null,
  );

  const texted = (country: string): boolean => smsCountries === null || smsCountries.includes(country);
  const ageLock = createAgeLock(createSeal(secret, 'age'), clock, secure);
  const joining = signUpRoutes({ ...forPurpose('registration'), signUp, ageLock, mobileOffered, texted });
  const signingIn = signInRoutes({ signIn, clients, events, clock, secure });
  const forgetting = recoveryRoutes({ ...forPurpose('passwordReset'), recovery });
  const changing = { ...forPurpose('contactChange'), signedInOnly, mobileOffered, texted, passwords };
  const contacts = createContactService({ ...changing, contacts: core.contactStore });
  const undos = createContactUndos({ undos: core.contactUndos, events, sessions, clock });
  const afterNewPassword = createAfterNewPassword({ clients, devices, sessions, clock });
  const onceProved = createOnceProved(clock);
  const changingPassword = passwordRoutes({
    ...core,
    passwords,
    clients,
    signedInOnly,
    afterNewPassword,
    onceProved,
  });
  const changingContacts = contactRoutes({ ...changing, contacts });

  const routes = Router()
    .use(joining.routes)
    .use(signUpCodeRoutes({ ...forPurpose('registration'), signUp }))
    .use(signingIn.routes)
    .use(forgetting.routes)
    .use(recoveryCodeRoutes({ ...forPurpose('passwordReset'), recovery }))
    .use(recoveryNewRoutes({ ...core, recovery, passwords, clients, afterNewPassword }))
    .use(changingPassword.routes)
    .use(changingContacts.routes)
    .use(contactCodeRoutes({ ...changing, contacts }))
    .use(contactUndoRoutes({ undos, clients }))
    .use(securityRoutes({ sessions, events, clients, signedInOnly, onceProved, clock }));
  return {
    routes,
    staleForms: [
      joining.staleForm,
      signingIn.staleForm,
      forgetting.staleForm,
      changingPassword.staleForm,
      ...changingContacts.staleForms,
    ],
    signedInOnly,
    onceProved,
    prove: proveBy({ passwords, clients }),
    leaving: createLeaving({ leaving: core.leaving, events, sessions, limits: core.limits }),
    clients,
  };
};
