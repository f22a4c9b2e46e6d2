import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Express } from 'express';
import type { Registry } from 'prom-client';
import { createApp } from './app.ts';
import type { Config } from './config/config.ts';
import { createAccountCore, type ExportJob, exportPolicy } from './features/account/index.ts';
import {
  authHeld,
  cleanupPolicy,
  createAuthCore,
  createAuthJobs,
  createLetters,
  deliveryPolicy,
  type MessageJob,
  noticePolicy,
  otpPolicy,
  type SecurityJob,
  sessionPolicy,
  signInPolicy,
} from './features/auth/index.ts';
import {
  createPictureCore,
  createProfileHeld,
  type PictureJob,
  picturePolicy,
} from './features/profile/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { type Chance, systemChance } from './kernel/ids.ts';
import { createBreachCheck } from './platform/breach.ts';
import { createCodes } from './platform/codes.ts';
import { countedMailer, countedTexter } from './platform/counted-delivery.ts';
import { isDbDown, openDb } from './platform/db.ts';
import { DeliveryRefused, type Mailer, type Texter } from './platform/delivery.ts';
import { type Guesses, openGuesses } from './platform/guesses.ts';
import { createLimits } from './platform/limits.ts';
import { type Log, logOf } from './platform/log.ts';
import { createFolderStore } from './platform/media-folder.ts';
import { createS3Store } from './platform/media-s3.ts';
import { isMediaDown } from './platform/media-store.ts';
import { createMetrics, type Metrics, noMetrics } from './platform/metrics.ts';
import { createSmtpMailer } from './platform/mail.ts';
import { createOutbox } from './platform/outbox.ts';
import { createPasswords } from './platform/passwords.ts';
import { createPictures } from './platform/pictures.ts';
import { openQueue, type RetryPolicy, schedule, startWorker, type WorkerHandle } from './platform/queue.ts';
import { isRedisDown, openBlockingRedis, openRedis, redisReady, takesWrites } from './platform/redis.ts';
import { SessionStore } from './platform/session-store.ts';
import { createTwilioTexter } from './platform/sms.ts';
import { noTraces, type Traces } from './platform/traces.ts';
import { createUploadTurns } from './platform/upload-turns.ts';
import { assetDirs, createAssets } from './web/assets.ts';
import { packedIn } from './web/packed.ts';
import { prepareSession } from './web/session.ts';
import { createViews } from './web/views.ts';

/** `src/` and `dist/` lie side by side, so the project's root is one up from either. */
const root = join(import.meta.dirname, '..');
/** The name of the migration that this code needs; they are named by their moment. */
const newestMigration = readdirSync(join(root, 'prisma/migrations'))
  .filter((name) => /^\d/.test(name))
  .sort((a, b) => (a < b ? -1 : 1))
  .at(-1)!;

/** What a test may hold in its own hands. */
export interface Replacements {
  clock?: Clock;
  chance?: Chance;
  log?: Log;
  mailer?: Mailer;
  texter?: Texter;
  deliveryRetry?: RetryPolicy;
  /** Milliseconds for one step of a delivery. */
  deliveryTimeout?: number;
  hashQueue?: { concurrency: number; waiting: number };
  /** Closed by whoever gives it: loading its dictionaries takes seconds. */
  guesses?: Guesses;
  pictureRetry?: RetryPolicy;
  /** Milliseconds between two announcements of a timed job. */
  announcedEvery?: number;
  /** How many times as long as usual the stores may take before people are told to come back. */
  storePatience?: number;
}

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
export const openHouse = async (
  config: Config,
  replaced: Replacements = {},
  traces: Traces = noTraces,
): Promise<House> => {
  const clock = replaced.clock ?? systemClock;
  const chance = replaced.chance ?? systemChance;
  const log = replaced.log ?? logOf(config);

  const metrics = config.metricsPort === null ? null : createMetrics();
  const counted = metrics ?? noMetrics;
  const watching = { metrics: counted, traces };
  const db = openDb(config.databaseUrl, 10, counted, replaced.storePatience);
  const redis = openRedis(config.redisUrl, log, replaced.storePatience);
  await redisReady(redis, 3_000);
  const limits = createLimits(redis, clock, counted);

  const outbox = config.outbox ? createOutbox(redis, clock) : null;
  const timeout = replaced.deliveryTimeout ?? deliveryPolicy.timeout;
  const smtp = config.smtpUrl
    ? createSmtpMailer(config.smtpUrl, config.mailFrom, timeout, config.smtpNeedsTls)
    : null;
  const mailer = countedMailer(replaced.mailer ?? smtp ?? outbox?.mailer ?? nowhere, counted);
  const twilio = config.twilio ? createTwilioTexter(config.twilio, timeout) : null;
  const wayOfTexts = replaced.texter ?? twilio ?? outbox?.texter;
  const texter = wayOfTexts ? countedTexter(wayOfTexts, counted) : null;

  const codes = createCodes(config.otpKeys, otpPolicy.digits);
  const retry = replaced.deliveryRetry;
  const messages = openQueue<MessageJob>('messages', redis, retry ?? deliveryPolicy, watching);
  const securityJobs = openQueue<SecurityJob>('security', redis, retry ?? noticePolicy, watching);
  const core = createAuthCore({
    db,
    codes,
    clock,
    chance,
    log,
    metrics: counted,
    limits,
    messages,
    securityJobs,
    mobileOffered: texter !== null,
    smsCountries: config.smsCountries,
  });
  const cores = availableParallelism();
  const media =
    config.media.kind === 's3'
      ? createS3Store(config.media)
      : createFolderStore(resolve(root, config.media.dir));
  const studio = createPictures({ concurrency: cores, waiting: cores });
  const pictureJobs = openQueue<PictureJob>(
    'pictures',
    redis,
    replaced.pictureRetry ?? picturePolicy,
    watching,
  );
  const pictures = createPictureCore({ db, media, studio, jobs: pictureJobs, clock, chance });
  const sessionStore = new SessionStore(redis, prepareSession(sessionPolicy, clock), signInPolicy.sessions);
  const exportJobs = openQueue<ExportJob>('exports', redis, retry ?? deliveryPolicy, watching);
  const account = createAccountCore({
    ...core,
    auth: core,
    media,
    jobs: exportJobs,
    registry: sessionStore,
    holders: [authHeld(core, sessionStore), createProfileHeld(db)],
    erasers: [pictures.work.eraseAllOf],
  });
  const hashQueue = replaced.hashQueue ?? { concurrency: cores, waiting: cores * 32 };
  const passwords = createPasswords(hashQueue, counted);
  const guesses = replaced.guesses ?? openGuesses(log);
  const uploadTurns = createUploadTurns();
  watchLine(counted, 'password_hash', 'Passwords at the hash', passwords);
  watchLine(counted, 'pictures', 'Pictures in the making', studio);
  watchLine(counted, 'uploads', 'Uploads held in memory', uploadTurns);
  const views = createViews(join(root, 'views'), { strict: !config.production });

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
    account,
    uploadTurns,
    outbox,
    assets: createAssets(assetDirs(root), packedIn(join(root, 'dist/packed'))),
    sessionStore,
    guesses,
    isBreached: config.breachCheck ? createBreachCheck(log) : async () => false,
    probes: {
      needed: { postgres: () => db.isMigrated(newestMigration), redis: () => takesWrites(redis) },
      // Without it people miss their pictures, and nothing else.
      told: { media: () => media.check() },
    },
    isClosing: () => closing,
    isStoreDown: (err) => isDbDown(err) || isRedisDown(err) || isMediaDown(err),
  });

  const workers: WorkerHandle[] = [];
  const blocking: ReturnType<typeof openBlockingRedis>[] = [];
  /** A worker waits on its connection, so each has its own. */
  const openForJobs = () => {
    const connection = openBlockingRedis(config.redisUrl, log);
    blocking.push(connection);
    return connection;
  };

  return {
    app,
    log,
    metrics: metrics?.registry ?? null,
    async startJobs() {
      const letters = createLetters(views, config.publicUrl, clock);
      const jobs = createAuthJobs(core, { letters, mailer, texter });
      const { concurrency } = deliveryPolicy;
      const watched = { log, ...watching };
      workers.push(startWorker('messages', openForJobs(), jobs.messages, { concurrency, ...watched }));
      workers.push(startWorker('security', openForJobs(), jobs.security, { concurrency, ...watched }));
      // Decoding is bounded by cores; a job more would only wait inside.
      workers.push(
        startWorker('pictures', openForJobs(), pictures.work.handler, { concurrency: cores, ...watched }),
      );
      const packing = { concurrency: exportPolicy.concurrency, ...watched };
      workers.push(startWorker('exports', openForJobs(), account.work.handler, packing));
      const { sweep, purge } = account.work;
      const cleanup = () => inTurn(jobs.cleanup, pictures.work.sweep, sweep, purge);
      const { announcedEvery } = replaced;
      workers.push(
        schedule('cleanup', openForJobs(), cleanupPolicy.every, cleanup, { ...watched, announcedEvery }),
      );
    },
    warm: () => guesses.warm(),
    beginClosing: () => {
      closing = true;
    },
    async close() {
      closing = true;
      await Promise.all(workers.map((worker) => worker.close()));
      await messages.close();
      await securityJobs.close();
      await pictureJobs.close();
      await exportJobs.close();
      if (!replaced.guesses) await guesses.close();
      media.close();
      smtp?.close();
      for (const connection of blocking) connection.disconnect();
      redis.disconnect();
      await db.$disconnect();
    },
  };
};

/** How many are served, and how many wait for their turn. */
const watchLine = (
  metrics: Metrics,
  name: string,
  what: string,
  line: { load(): { running: number; waiting: number } },
): void => {
  metrics.watch(`${name}_running`, `${what} that have their turn`, () => line.load().running);
  metrics.watch(`${name}_waiting`, `${what} that wait for it`, () => line.load().waiting);
};

/** One after the other; the failure of one keeps none of the others from being done. */
const inTurn = async (...works: (() => Promise<void>)[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const work of works) await work().catch((err: unknown) => failures.push(err));
  if (failures.length > 0) throw failures[0];
};

/** Development with a real SMS transport and no mail: the page says that the letter could not be delivered. */
const nowhere: Mailer = {
  send: () => Promise.reject(new DeliveryRefused('no mail transport is configured')),
  ready: async () => {},
};
