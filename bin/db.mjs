import { existsSync } from 'node:fs';
import { connected, ensureDatabase, shown } from './lib/stores/database.mjs';
import { loadEnvFile } from './lib/run/env-file.mjs';
import { givenDatabase } from './lib/stores/given.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { migrate, saidOf } from './lib/stores/migrations.mjs';
import { at } from './lib/paths.mjs';
import { prepare } from './lib/build/prepare.mjs';
import { say, step, Stop } from './lib/say.mjs';
import { prepareDatabase, seed } from './lib/run/site.mjs';
import { runningSite } from './lib/run/state.mjs';
import { ownDatabase, ownPostgres } from './lib/stores/stores.mjs';
import { writeMigration } from './lib/stores/write-migration.mjs';

const usage = `Usage:
  npm run db:migrate              bring the database up to date
  npm run db:migration -- <name>  write a migration from what changed in prisma/schema
  npm run db:reset                remove everything in the database and begin anew (never in production)`;

const [command, ...rest] = process.argv.slice(2);
const life = lifecycle();

/** In the container image the engine is there and development tools are not: nothing is installed then. */
async function ready() {
  if (!existsSync(at('node_modules/@prisma/schema-engine-wasm')))
    await prepare({ build: false, signal: life.signal });
}

/** The environment's database, else the running site's, else our own, started for as long as this takes. */
async function database() {
  const given = givenDatabase() ?? runningSite();
  if (given?.databaseUrl) return given;
  await prepare({ build: false, signal: life.signal });
  return ownDatabase(await step('Postgres', () => life.keep(ownPostgres())));
}

async function runMigrate() {
  await ready();
  const given = await database();
  say(saidOf(given, await step('migrations', () => migrate(given))));
  // For docker-compose.yml, where no `npm start` lets them in.
  if (rest.includes('--demo')) await seed(given, life.signal);
}

async function runMigration() {
  if (rest.length !== 1) throw new Stop(usage);
  await ready();
  const name = await writeMigration(rest[0], new Date());
  say(`Wrote prisma/migrations/${name}/migration.sql. Read it, then apply it: npm run db:migrate`);
}

async function runReset() {
  if (process.env.NODE_ENV === 'production')
    throw new Stop('db:reset removes everybody: it refuses with NODE_ENV=production.');
  await ready();
  const given = await database();
  const url = given.ownerUrl;
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname) && !rest.includes('--force')) {
    throw new Stop(`${shown(url)} is not on this machine. When you mean it: npm run db:reset -- --force`);
  }
  await prepare({ build: false, signal: life.signal });
  await ensureDatabase(url);
  await step(`emptied ${shown(url)}`, async () => {
    await connected(url, (client) =>
      client.query('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public'),
    );
  });
  await prepareDatabase(given, life.signal);
}

const commands = { migrate: runMigrate, migration: runMigration, reset: runReset };

await life.run(async () => {
  const work = commands[command];
  if (!work) throw new Stop(usage);
  loadEnvFile();
  await work();
  return 0;
});
