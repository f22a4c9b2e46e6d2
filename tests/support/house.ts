import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { openHouse, type House, type Replacements } from '../../src/house.ts';
import { createLog } from '../../src/platform/log.ts';
import { Captured } from './captured.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { createTestStores, type TestStores } from './stores.ts';

export interface TestHouse {
  house: House;
  server: Server;
  /** Host header of its visitors. */
  host: string;
  clock: TestClock;
  outbox: Captured;
  stores: TestStores;
  /** Every line that was logged. */
  logged: string[];
  close(): Promise<void>;
}

export interface TestHouseOptions {
  env?: Record<string, string>;
  replaced?: Replacements;
  /** A second instance of the site on the same stores, clock and outbox. */
  beside?: TestHouse;
  /** False leaves messages in the queue. */
  jobs?: boolean;
  /** Listens on this port of loopback; any free one without. */
  port?: number;
  /** True sends by the transports of the environment instead of keeping messages. */
  realTransports?: boolean;
}

const environment = (stores: TestStores): Record<string, string> => ({
  NODE_ENV: 'test',
  PUBLIC_URL: 'http://chatlink.test',
  DATABASE_URL: stores.databaseUrl,
  REDIS_URL: stores.redisUrl,
  TRUSTED_PROXY_HOPS: '1',
  MEDIA_DIR: stores.mediaDir,
});

/** The whole site with real Postgres and Redis, a clock in the test's hand, and messages kept instead of sent. */
export const openTestHouse = async (options: TestHouseOptions = {}): Promise<TestHouse> => {
  const { beside } = options;
  const stores = beside?.stores ?? (await createTestStores());
  const clock = beside?.clock ?? createTestClock();
  const outbox = beside?.outbox ?? new Captured();
  const logged: string[] = beside?.logged ?? [];
  const log = createLog('debug', { write: (line) => void logged.push(line) });

  const config = readConfig({ ...environment(stores), ...options.env });
  const kept = options.realTransports ? {} : { mailer: outbox.mailer, texter: outbox.texter };
  const house = await openHouse(config, { clock, log, ...kept, ...options.replaced }).catch(
    async (err: unknown) => {
      // What stays open would keep the test run from ending.
      if (!beside) await stores.drop();
      throw err;
    },
  );
  if (options.jobs !== false) await house.startJobs();
  const server = createServer(house.app);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  return {
    house,
    server,
    clock,
    outbox,
    stores,
    logged,
    host: config.publicUrl.host,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await house.close();
      if (!beside) await stores.drop();
    },
  };
};

export const portOf = ({ server }: TestHouse): number => (server.address() as AddressInfo).port;

/** One house for all tests of a file, closed after the last; awaited at the top of the file. */
export const houseOfThisFile = async (options: TestHouseOptions = {}): Promise<TestHouse> => {
  const house = await openTestHouse(options);
  afterAll(() => house.close());
  return house;
};

/**
 * Another instance of the site on the same stores for the time of one piece of work. Its jobs are left to the
 * first.
 */
export const withAnother = async <T>(
  beside: TestHouse,
  options: TestHouseOptions,
  work: (other: TestHouse) => Promise<T>,
): Promise<T> => {
  const other = await openTestHouse({ jobs: false, ...options, beside });
  try {
    return await work(other);
  } finally {
    await other.close();
  }
};
