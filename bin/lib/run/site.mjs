import { existsSync } from 'node:fs';
import { handOver, prepare } from '../build/prepare.mjs';
import { at } from '../paths.mjs';
import { describe } from '../processes/pids.mjs';
import { nodeTool, toolEnvironment } from '../processes/tool.mjs';
import { say, step } from '../say.mjs';
import { hasNoUsers } from '../stores/database.mjs';
import { givenStores } from '../stores/given.mjs';
import { migrate } from '../stores/migrations.mjs';
import { provideStores } from '../stores/stores.mjs';
import { loadEnvFile } from './env-file.mjs';
import { claimCheckout, writeRun } from './state.mjs';
import { address, demandPort, siteEnvironment } from './web.mjs';

export function isDevelopment(env = process.env) {
  return !env.NODE_ENV || env.NODE_ENV === 'development';
}

/** Demo people, so that a fresh site is not an empty room. Never in production, never among real people. */
export async function seed({ databaseUrl, ownerUrl }, signal) {
  if (!isDevelopment() || !existsSync(at('prisma/seed.ts')) || !(await hasNoUsers(databaseUrl))) return;
  await step('demo people moved in', async () => {
    await nodeTool('--import', ['tsx', 'prisma/seed.ts'], {
      // Some of them work at the desk, and only the owner of the tables makes them.
      env: toolEnvironment({ DATABASE_URL: ownerUrl }),
      signal,
      what: 'The demo people could not move in',
    });
  });
}

/** Database made, migrated and, in development, peopled. */
export async function prepareDatabase(database, signal) {
  await step('database', async () => {
    const applied = await migrate(database);
    return applied.length === 0 ? 'database is up to date' : `database migrated (${applied.length} new)`;
  });
  await seed(database, signal);
}

/**
 * Everything up to the site's own process: what can fail early does so before anything is touched.
 * @param {ReturnType<import('../processes/lifecycle.mjs').lifecycle>} life
 * @param {{ build: boolean }} options
 */
export async function openSite(life, { build }) {
  loadEnvFile();
  const { port, url } = address();
  givenStores();
  life.atEnd(handOver);
  life.atEnd(await claimCheckout());
  writeRun({});
  await demandPort(port);
  await prepare({ build, signal: life.signal });
  const stores = await provideStores(life);
  await prepareDatabase(stores, life.signal);
  return {
    port,
    url,
    env: siteEnvironment(stores),
    /** Tells other commands of this checkout, and the next run after a crash, what is running. */
    note: (web) => writeRun({ url, ...stores, web: describe(web.pid) }),
  };
}

/** The last lines of a start: where to go now. */
export function whereToGo(url, env = process.env) {
  const staysAtHome = isDevelopment(env) && !env.SMTP_URL?.trim() && !env.TWILIO_ACCOUNT_SID?.trim();
  return [
    `ChatLink is at ${url}`,
    ...(staysAtHome ? [`Mail, SMS and codes of the desk are at ${new URL('/dev/outbox', url).href}`] : []),
  ];
}

export function sayWhere(url) {
  say(`\n${whereToGo(url).join('\n')}`);
}
