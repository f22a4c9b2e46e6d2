import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { openEngines } from './engines.ts';
import { aboutFeature } from './features/about/index.ts';
import { authFeature } from './features/auth/index.ts';
import { chatFeature } from './features/chat/index.ts';
import { deskFeature } from './features/desk/index.ts';
import { devFeature } from './features/dev/index.ts';
import { homeFeature } from './features/home/index.ts';
import { peopleFeature } from './features/people/index.ts';
import { picturesFeature } from './features/pictures/index.ts';
import { privacyFeature } from './features/privacy/index.ts';
import { profileFeature } from './features/profile/index.ts';
import { safetyFeature } from './features/safety/index.ts';
import { systemClock } from './kernel/clock.ts';
import { systemRandom } from './kernel/ids.ts';
import { createJobs } from './platform/queue/jobs.ts';
import { queueOpener } from './platform/queue/queue.ts';
import { type Log, logOf } from './platform/watching/log.ts';
import { createMetrics, noMetrics } from './platform/watching/metrics.ts';
import { noTraces, type Traces } from './platform/watching/traces.ts';
import { type LiveServer, openLive } from './open-live.ts';
import { openPages } from './pages.ts';
import { openEvents } from './relay.ts';
import type { Replacements } from './replacements.ts';
import { settingsOf } from './settings.ts';
import { openStores } from './stores.ts';
import { openTransports } from './transports.ts';
import { mountFeatures, type Site } from './web/mount.ts';

export interface House {
  app: Express;
  sockets: LiveServer;
  log: Log;
  /** What this process counts; null where METRICS_PORT is not set. */
  metrics: Registry | null;
  startJobs(): Promise<void>;
  warm(): void; // loads what would else be loaded at somebody's request
  beginClosing(): void; // for `/health/ready`
  close(): Promise<void>;
}

/** Opens everything that a Config names. Stores that are away come back by themselves. */
export async function openHouse(
  config: Config,
  replaced: Replacements = {},
  traces: Traces = noTraces,
): Promise<House> {
  const { clock = systemClock, random = systemRandom, log = logOf(config) } = replaced;
  const exposedMetrics = config.metricsPort === null ? null : createMetrics();
  const metrics = exposedMetrics ?? noMetrics;
  const watching = { log, metrics, traces, clock, random };
  const stores = await openStores(config, { clock, log, metrics, patience: replaced.storePatience });
  const transports = openTransports(config, replaced, stores.redis, clock, metrics);
  const engines = openEngines(config, replaced, log, metrics);
  const openQueue = queueOpener(stores.redis, watching, replaced.retry);
  const events = openEvents({ ...watching, db: stores.db, openQueue });
  const pages = openPages(config, replaced.locales);
  const { live, serve } = openLive({ ...pages, ...watching, config, stores, site: () => site });
  const given = {
    ...stores,
    ...transports,
    ...engines,
    openQueue,
    wake: events.wake,
    ...pages,
    ...settingsOf(config),
    ...watching,
    live,
  };

  const auth = authFeature(given);
  const safety = safetyFeature({ ...given, auth, facts: config, declaredByAll: () => site });
  const pictures = picturesFeature({ ...given, auth });
  const profile = profileFeature({ ...given, auth, site: () => site });
  const privacy = privacyFeature({ ...given, auth, keptByAll: () => site });
  const people = peopleFeature({ ...given, auth, pictures, profile, site: () => site });
  const chat = chatFeature({ ...given, auth, safety });
  const earlier = [auth, safety, pictures, profile, privacy, people, chat];
  const features = [
    ...earlier,
    deskFeature({ ...given, auth, safety, privacy, chat, declaredByAll: () => site }),
    aboutFeature({ ...given, facts: config, keptByAll: () => site }),
    homeFeature({ ...given, facts: config }),
    devFeature({ ...given, auth }),
  ];
  const site: Site = mountFeatures([...features, ...(replaced.features?.(given) ?? [])], metrics);
  let closing = false;
  const app = createApp({ ...given, ...auth.members, config, site, isClosing: () => closing });
  const sockets = serve(auth.members.versionsOf);
  const jobs = createJobs({
    ...events.jobsWith(site),
    openConnection: stores.openBlockingRedis,
    announcedEvery: replaced.announcedEvery,
    watching,
  });
  return {
    app,
    sockets,
    log,
    metrics: exposedMetrics?.registry ?? null,
    startJobs: async () => jobs.start(),
    warm: () => engines.guessEstimator.warm(),
    beginClosing: () => void (closing = true),
    async close() {
      closing = true;
      await sockets.close();
      await jobs.close();
      await engines.close();
      transports.close();
      jobs.disconnect();
      await stores.close();
    },
  };
}
