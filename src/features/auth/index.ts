import type { Wake } from '../../events/wake.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/ids.ts';
import type { Limits } from '../../platform/limits/limits.ts';
import type { Mailer, Texter } from '../../platform/messages/delivery.ts';
import type { GuessEstimator } from '../../platform/passwords/guesses.ts';
import type { Passwords } from '../../platform/passwords/passwords.ts';
import type { OpenQueue } from '../../platform/queue/queue.ts';
import type { Db } from '../../platform/stores/db.ts';
import type { SessionStore } from '../../platform/stores/session-store.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';
import type { Views } from '../../web/views/views.ts';
import type { Catalogues } from '../../web/words/catalogues.ts';
import { createCodes } from '../../platform/codes.ts';
import { deriveHmac } from '../../platform/keys.ts';
import { cleanup } from '../../platform/queue/jobs.ts';
import { gaugeTurns } from '../../platform/watching/gauge-turns.ts';
import { createSignedInOnly, type Holds } from '../../web/session/guards.ts';
import { createAsk } from './accounts/questions.store.ts';
import type { AuthFeature } from './auth-feature.ts';
import { authRoutes } from './auth.routes.ts';
import { createCleanup } from './cleanup.jobs.ts';
import type { MessageJob } from './codes/challenge.ts';
import { createAuthCore } from './core.ts';
import { createClients } from './devices/client.ts';
import type { SecurityJob } from './history/security-events.service.ts';
import { authJobs } from './jobs.ts';
import { cookies, kept } from './kept.ts';
import { createTextNews } from './messages/text-news.ts';
import { createNotices } from './messages/notices.ts';
import { authNav } from './nav.ts';
import { reauthenticateBy } from './password/password.acts.ts';
import { createReauthentication } from './password/reauthentication.routes.ts';
import { deliveryPolicy, noticePolicy, otpPolicy } from './policy.ts';
import { createExporter } from './security/data-export.service.ts';
import { createAuthServices } from './services.ts';
import { authSettings } from './settings-rows.ts';

export type { AuthFeature } from './auth-feature.ts';
export { changesLimit, settingsForm } from './accounts/settings.forms.ts';
export type { ClientInfo, SecurityEvents } from './history/security-events.service.ts';
export { bannedReturned, barredReturned, erased, leavingAsked } from './history/facts.ts';
export { barredViewerOf } from './bans/barred.session.ts';
export type { BannedTraces } from './bans/banned-traces.service.ts';
export type { Staff } from './staff/staff.store.ts';
export type { SecurityEvent } from './history/security-event.ts';
export { insertEventSql } from './history/security-events.sql.ts';
export type { Reauthentication } from './password/reauthentication.routes.ts';
export { refuseReauthentication } from './password/current-password.routes.ts';
export { type Reauthenticate, whyRefused } from './password/password.acts.ts';
export { currentPassword } from './password/password.forms.ts';
export type { Reauthenticated } from './password/password.service.ts';
export {
  contactPolicy,
  deletionPolicy,
  deliveryPolicy,
  destinationBudget,
  eventPolicy,
  languagePolicy,
  maximumAge,
  minimumAge,
  otpPolicy,
  sessionPolicy,
  signInPolicy,
  tooYoungLock,
} from './policy.ts';
export { languageList } from './sign-up/language.forms.ts';

interface AuthDeps {
  db: Db;
  limits: Limits;
  sessionStore: SessionStore;
  openQueue: OpenQueue;
  mailer: Mailer;
  /** Null where texts are not offered. */
  texter: Texter | null;
  views: Views;
  catalogues: Catalogues;
  passwords: Passwords;
  guessEstimator: GuessEstimator;
  isBreached: (password: string) => Promise<boolean>;
  otpKeys: Parameters<typeof createCodes>[0];
  /** The site's secret; keys of devices, networks and age locks are derived from it. */
  secret: string;
  /** Whether the site is https. */
  secure: boolean;
  publicUrl: URL;
  smsCountries: readonly string[] | null;
  clock: Clock;
  random: Random;
  wake: Wake;
  metrics: Metrics;
}

export function authFeature(deps: AuthDeps): AuthFeature {
  const { db, limits, sessionStore, openQueue, mailer, texter, views, catalogues, passwords } = deps;
  const { secret, secure, publicUrl, smsCountries, clock, random, wake, metrics } = deps;
  const mobileOffered = texter !== null;
  const codes = createCodes(deps.otpKeys, otpPolicy.digits);
  const messages = openQueue<MessageJob>('messages', deliveryPolicy);
  const notices = openQueue<SecurityJob>('security', noticePolicy);
  const core = createAuthCore({
    db,
    codes,
    messages,
    notices,
    mobileOffered,
    smsCountries,
    clock,
    random,
    wake,
    metrics,
  });
  const { announce, subscription } = createNotices({ queue: notices, random });
  const { accounts, events, exportStore, deletionStore } = core;
  const services = createAuthServices({
    core,
    codes,
    notices,
    otpKeys: deps.otpKeys,
    passwords,
    guessEstimator: deps.guessEstimator,
    isBreached: deps.isBreached,
    sessionStore,
    limits,
    secret,
    clock,
    random,
    wake,
    metrics,
  });
  const clients = createClients(deriveHmac(secret, 'network'), secure);
  const holds: Holds = async (id, securityVersion) =>
    (await accounts.member(id, securityVersion, clock.now())) !== null;
  const signedInOnly = createSignedInOnly(holds);
  const reauthentication = createReauthentication(clock);
  const { routes, forms, acts } = authRoutes({
    core,
    services,
    clients,
    signedInOnly,
    reauthentication,
    limits,
    clock,
    secret,
    secure,
    mobileOffered,
    smsCountries,
  });

  return {
    name: 'auth',
    pages: routes,
    findable: ['/sign-up', '/login'],
    paths: { signIn: '/login', confirm: '/settings/confirm' },
    nav: authNav,
    slots: { 'settings.rows': authSettings(mobileOffered) },
    forms,
    acts,
    jobs: authJobs({
      core,
      codes,
      messages,
      notices,
      mailer,
      texter,
      views,
      catalogues,
      publicUrl,
      limits,
      clock,
      random,
    }),
    timers: [cleanup(createCleanup(core, services, announce, clock))],
    on: [subscription],
    privacy: { kept, cookies, export: createExporter({ store: exportStore, sessions: services.sessions }) },
    metrics: (m) => gaugeTurns(m, 'password_hash', 'Passwords at the hash', passwords),
    members: {
      holds,
      versionsOf: (ids) => accounts.versionsOf(ids, clock.now()),
      confirmation: reauthentication,
      ask: createAsk(db),
    },
    signedInOnly,
    reauthentication,
    reauthenticate: reauthenticateBy({ passwords: services.passwords, clients }),
    clients,
    events,
    deletion: services.deletion,
    bans: services.bans,
    textNews: createTextNews({ texter, sendLimits: core.sendLimits, limits }),
    demoStaff: services.demoStaff,
    staff: core.staff,
    clearSessions: (userId, securityVersion) => services.sessions.clear(userId, securityVersion),
    ends: deletionStore,
  };
}
