import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { createPrivacyCore, type ExportJob } from './features/privacy/index.ts';
import {
  createAuthExporter,
  createAuthCore,
  createMessageTemplates,
  deliveryPolicy,
  type MessageJob,
  noticePolicy,
  otpPolicy,
  type SecurityJob,
} from './features/auth/index.ts';
import { devFeature } from './features/dev/index.ts';
import { homeFeature } from './features/home/index.ts';
import { createPictureCore, type PictureJob, picturePolicy } from './features/pictures/index.ts';
import { createProfileExporter } from './features/profile/index.ts';
import { createJobs } from './jobs.ts';
import { systemClock } from './kernel/clock.ts';
import { systemRandom } from './kernel/ids.ts';
import { createCodes } from './platform/codes.ts';
import { createBreachCheck } from './platform/passwords/breach.ts';
import { openGuesses } from './platform/passwords/guesses.ts';
import { createPasswords } from './platform/passwords/passwords.ts';
import { createPictures } from './platform/pictures/pictures.ts';
import { createUploadTurns } from './platform/pictures/upload-turns.ts';
import { openQueue } from './platform/queue/queue.ts';
import { type Log, logOf } from './platform/watching/log.ts';
import { createMetrics, type Metrics, noMetrics } from './platform/watching/metrics.ts';
import { noTraces, type Traces } from './platform/watching/traces.ts';
import type { Replacements } from './replacements.ts';
import { root } from './root.ts';
import { openStores } from './stores.ts';
import { openTransports } from './transports.ts';
import { assetDirs, createAssets } from './web/assets/assets.ts';
import { packedIn } from './web/assets/packed.ts';
import { mountFeatures } from './web/mount.ts';
import { createViews } from './web/views/views.ts';

export interface House {
  app: Express;
  log: Log;
  /** What this process counts; null where METRICS_PORT is not set. */
  metrics: Registry | null;
  /** Starts the jobs in this process. */
  startJobs(): Promise<void>;
  /** Loads what would else be loaded at somebody's request. */
  warm(): void;
  /** From now on `/health/ready` says that it is closing. */
  beginClosing(): void;
  /** Finishes the jobs in hand and lets every connection go. */
  close(): Promise<void>;
}

/**
 * Opens everything that a Config names. The only place that knows them all. Stores that are away come back by
 * themselves.
 */
export async function openHouse(
  config: Config,
  replaced: Replacements = {},
  traces: Traces = noTraces,
): Promise<House> {
  const clock = replaced.clock ?? systemClock;
  const random = replaced.random ?? systemRandom;
  const log = replaced.log ?? logOf(config);

  const metrics = config.metricsPort === null ? null : createMetrics();
  const counted = metrics ?? noMetrics;
  const watching = { metrics: counted, traces };
  const stores = await openStores(config, { clock, log, metrics: counted, patience: replaced.storePatience });
  const { db, redis, limits, media, sessionStore } = stores;

  const transports = openTransports(config, replaced, redis, clock, counted);
  const { texter, outbox } = transports;

  const codes = createCodes(config.otpKeys, otpPolicy.digits);
  const retry = replaced.deliveryRetry;
  const messages = openQueue<MessageJob>('messages', redis, retry ?? deliveryPolicy, watching);
  const securityJobs = openQueue<SecurityJob>('security', redis, retry ?? noticePolicy, watching);
  const core = createAuthCore({
    db,
    codes,
    clock,
    random,
    log,
    metrics: counted,
    limits,
    messages,
    securityJobs,
    mobileOffered: texter !== null,
    smsCountries: config.smsCountries,
  });
  const cores = availableParallelism();
  const imageProcessor = createPictures({ concurrency: cores, waiting: cores });
  const pictureJobs = openQueue<PictureJob>(
    'pictures',
    redis,
    replaced.pictureRetry ?? picturePolicy,
    watching,
  );
  const pictures = createPictureCore({ db, media, imageProcessor, jobs: pictureJobs, clock, random });
  const exportJobs = openQueue<ExportJob>('exports', redis, retry ?? deliveryPolicy, watching);
  const privacy = createPrivacyCore({
    ...core,
    auth: core,
    media,
    jobs: exportJobs,
    registry: sessionStore,
    exporters: [createAuthExporter(core, sessionStore), createProfileExporter(db)],
    erasers: [pictures.work.eraseAllOf],
  });
  const hashQueue = replaced.hashQueue ?? { concurrency: cores, waiting: cores * 32 };
  const passwords = createPasswords(hashQueue, counted);
  const guesses = replaced.guesses ?? openGuesses(log);
  const uploadTurns = createUploadTurns();
  watchLine(counted, 'password_hash', 'Passwords at the hash', passwords);
  watchLine(counted, 'pictures', 'Pictures in the making', imageProcessor);
  watchLine(counted, 'uploads', 'Uploads held in memory', uploadTurns);
  const views = createViews(join(root, 'views'), { strict: !config.production });

  const site = mountFeatures([homeFeature(), devFeature({ outbox })], counted);

  let closing = false;
  const app = createApp({
    config,
    log,
    metrics: counted,
    views,
    db,
    core,
    passwords,
    pictures,
    privacy,
    uploadTurns,
    hasOutbox: outbox !== null,
    site,
    assets: createAssets(assetDirs(root), packedIn(join(root, 'dist/packed'))),
    sessionStore,
    guesses,
    isBreached: config.breachCheck ? createBreachCheck(log) : async () => false,
    probes: stores.probes,
    isClosing: () => closing,
    isStoreDown: stores.isDown,
  });

  const jobs = createJobs({
    openConnection: stores.openBlockingRedis,
    messageTemplates: () => createMessageTemplates(views, config.publicUrl, clock),
    transports,
    core,
    pictures: pictures.work,
    privacy: privacy.work,
    pictureConcurrency: cores,
    announcedEvery: replaced.announcedEvery,
    watching: { log, ...watching },
  });

  return {
    app,
    log,
    metrics: metrics?.registry ?? null,
    startJobs: async () => jobs.start(),
    warm: () => guesses.warm(),
    beginClosing: () => {
      closing = true;
    },
    async close() {
      closing = true;
      await jobs.close();
      await messages.close();
      await securityJobs.close();
      await pictureJobs.close();
      await exportJobs.close();
      if (!replaced.guesses) await guesses.close();
      transports.close();
      jobs.disconnect();
      await stores.close();
    },
  };
}

/** How many are served, and how many wait for their turn. */
function watchLine(
  metrics: Metrics,
  name: string,
  what: string,
  line: { load(): { running: number; waiting: number } },
): void {
  metrics.gauge(`${name}_running`, `${what} that have their turn`, () => line.load().running);
  metrics.gauge(`${name}_waiting`, `${what} that wait for it`, () => line.load().waiting);
}
