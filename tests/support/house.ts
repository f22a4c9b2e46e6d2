import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { type Config, readConfig } from '../../src/config/config.ts';
import { hours } from '../../src/kernel/clock.ts';
import { openHouse, type House } from '../../src/house.ts';
import type { Replacements } from '../../src/replacements.ts';
import { type GuessEstimator, openGuessEstimator } from '../../src/platform/passwords/guesses.ts';
import { createLog } from '../../src/platform/watching/log.ts';
import { Captured, eventually } from './captured.ts';
import { createTestClock, startOfTests, type TestClock } from './clock.ts';
import { createTestStores, type TestStores } from './stores.ts';

export interface TestHouse {
  house: House;
  config: Config;
  server: Server;
  /** Host header of its visitors. */
  host: string;
  clock: TestClock;
  outbox: Captured;
  stores: TestStores;
  /** Every line that was logged. */
  logged: string[];
  /** As it was when it was opened: nobody has joined, nothing was said, and it is the same summer day. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  env?: Record<string, string>;
  replaced?: Replacements;
  /** Stores that somebody else has made, and drops. */
  stores?: TestStores;
  /** A second instance of the site on the same stores, clock and outbox. */
  beside?: TestHouse;
  /** False leaves messages in the queue. */
  jobs?: boolean;
  /** Listens on this port of loopback; any free one without. */
  port?: number;
  /** True sends by the transports of the environment instead of keeping messages. */
  realTransports?: boolean;
}

function environment(stores: TestStores): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://chatlink.test',
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.redisUrl,
    TRUSTED_PROXY_HOPS: '1',
    MEDIA_DIR: stores.mediaDir,
  };
}

/** Emptying Redis must not bring a cleaning with it that no test asked for: so long is no run of tests. */
const announcedEvery = hours(1);

/** One for all houses of this worker. It answers no differently for another one, and keeps nothing. */
let guessEstimator: GuessEstimator | null = null;

/** The whole site with real Postgres and Redis, a clock in the test's hand, and messages kept instead of sent. */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { beside } = options;
  const given = options.stores ?? beside?.stores;
  const stores = given ?? (await createTestStores());
  const clock = beside?.clock ?? createTestClock();
  const outbox = beside?.outbox ?? new Captured();
  const logged: string[] = beside?.logged ?? [];
  const log = createLog('debug', { write: (line) => void logged.push(line) });

  const config = readConfig({ ...environment(stores), ...options.env });
  const kept = options.realTransports ? {} : { mailer: outbox.mailer, texter: outbox.texter };
  guessEstimator ??= openGuessEstimator(createLog('warn'));
  const held = { clock, log, announcedEvery, guessEstimator, ...kept, ...options.replaced };
  const house = await openHouse(config, held).catch(async (err: unknown) => {
    // What stays open would keep the test run from ending.
    if (!given) await stores.drop();
    throw err;
  });
  if (options.jobs !== false) await house.startJobs();
  const server = createServer(house.app);
  house.sockets.attach(server);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    house,
    config,
    server,
    clock,
    outbox,
    stores,
    logged,
    host: config.publicUrl.host,
    async empty() {
      await eventually(
        async () => (await stores.redis.keys('bull:*:active')).length === 0,
        'the jobs in hand to end',
      );
      await stores.empty();
      clock.set(startOfTests);
      outbox.clear();
      logged.length = 0;
    },
    async close() {
      await house.sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await house.close();
      if (!given) await stores.drop();
    },
  };
}

/** The settings that production asks for, with the mail kept instead of sent. */
export function asInProduction(outbox: Captured): TestHouseOptions {
  return {
    env: {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://chatlink.example',
      SESSION_SECRET: randomBytes(48).toString('base64'),
      OTP_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'ChatLink <hello@chatlink.example>',
      OPERATOR_NAME: 'ChatLink Ltd',
      OPERATOR_ADDRESS: '1 Example Street, Exampletown',
      ABUSE_EMAIL: 'abuse@chatlink.example',
      SECURITY_CONTACT: 'security@chatlink.example',
    },
    realTransports: true,
    replaced: { mailer: outbox.mailer },
  };
}

/** Of a house in another process only its address is known. */
export function portOf({ server }: TestHouse): number {
  if (typeof server === 'string') return Number(new URL(server).port);
  return (server.address() as AddressInfo).port;
}

/** Fifty at once on a busy machine wait longer than people should; houses whose stores go away are opened without. */
const patient = { storePatience: 6 } as const;

/** The house of this worker: opened by the first file that needs it, and emptied for each after it. */
let shared: TestHouse | null = null;

/** Jest's word for a worker that nobody needs any more: an open house would keep it alive. */
const END = 2;

const ends: (() => Promise<void>)[] = [];

/** Is done when the last file of this worker has ended. */
export function endWithWorker(end: () => Promise<void>): void {
  if (ends.push(end) > 1) return;
  process.on('message', (message: unknown) => {
    if (!Array.isArray(message) || message[0] !== END) return;
    void Promise.allSettled(ends.map((close) => close())).then(() => process.exit());
  });
}

async function sharedHouse(): Promise<TestHouse> {
  if (shared) {
    await shared.empty();
    return shared;
  }
  shared = await openTestHouse({ replaced: patient });
  // Its stores are removed with the run.
  endWithWorker(async () => {});
  return shared;
}

/**
 * One house for all tests of a file, awaited at its top. Without options it is the one of this worker; else one of its own,
 * closed after the last test.
 */
export async function houseOfThisFile(options: TestHouseOptions = {}): Promise<TestHouse> {
  if (Object.keys(options).length === 0) return sharedHouse();
  const house = await openTestHouse({ ...options, replaced: { ...patient, ...options.replaced } });
  afterAll(() => house.close());
  return house;
}

/**
 * Another instance of the site on the same stores for the time of one piece of work. Its jobs are left to the
 * first.
 */
export async function withAnother<T>(
  beside: TestHouse,
  options: TestHouseOptions,
  work: (other: TestHouse) => Promise<T>,
): Promise<T> {
  const replaced = { ...patient, ...options.replaced };
  const other = await openTestHouse({ jobs: false, ...options, replaced, beside });
  try {
    return await work(other);
  } finally {
    await other.close();
  }
}
