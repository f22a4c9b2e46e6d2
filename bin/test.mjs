import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { chromium } from './lib/run/chromium.mjs';
import { withDatabase } from './lib/stores/database.mjs';
import { givenStores } from './lib/stores/given.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { root } from './lib/paths.mjs';
import { end, endGroup } from './lib/processes/pids.mjs';
import { prepare } from './lib/build/prepare.mjs';
import { say, step } from './lib/say.mjs';
import { withoutSettings } from './lib/run/settings.mjs';
import { templateDatabase, testRun, throwawayPostgres, throwawayRedis } from './lib/stores/test-stores.mjs';

/**
 * npm test [-- jest's arguments]: unit tests, engines and journeys on stores of their own, removed afterwards.
 * npm run test:browser [-- --all]: the stories in Chromium, with every page in every width and colour. No .env is read: the same result on every machine.
 */
const args = process.argv.slice(2);
const browser = args.includes('--browser');
const everyState = args.includes('--all');
const jestArgs = args.filter((arg) => arg !== '--browser' && arg !== '--all');

/** Jest in its own process group: a signal comes to it from us, once. */
function jest(env, run, life) {
  const projects = browser ? ['browser'] : ['unit', 'stores', 'journeys'];
  // Most of what a test makes is garbage at its end: megabytes in which that costs less to find.
  const options = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'];
  const script = 'node_modules/jest/bin/jest.js';
  const selection = jestArgs.includes('--selectProjects') ? [] : ['--selectProjects', ...projects];
  const child = spawn(
    process.execPath,
    [...options, script, ...workers(), lean, ...selection, ...separated(jestArgs)],
    {
      cwd: root,
      env,
      stdio: 'inherit',
      detached: true,
    },
  );
  run.noteJest(child.pid);
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ? 1 : code)));
  life.atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) await end(child.pid, [['SIGTERM', 5_000]]);
    endGroup(child.pid);
  });
  return exited;
}

/**
 * At least two workers: Jest counts two cores as room for one and then runs everything in its own process, slower,
 * and kept alive for ever by what a failed test leaves open. The stories share one browser's worth of machine: two at once
 * take more than twice as long.
 */
const count = browser ? 1 : Math.max(2, availableParallelism() - 1);
function workers() {
  return jestArgs.some((arg) => /^(-w|-i|--maxWorkers|--runInBand)\b/.test(arg))
    ? []
    : [`--maxWorkers=${count}`];
}

/** A worker that grew beyond this is replaced between two files; with a limit Jest never runs tests in its own process. */
const lean = '--workerIdleMemoryLimit=2GB';

/** `--selectProjects unit http file` would take the file for a project: an option has to stand between. */
function separated(more) {
  return more[0] && !more[0].startsWith('-') ? ['--passWithNoTests=false', ...more] : more;
}

const life = lifecycle();
await life.run(async () => {
  const chromiumPath = browser ? chromium() : undefined;
  const { database: givenPostgres, redisUrl: givenRedis } = givenStores();
  await prepare({ build: true, signal: life.signal });
  const run = await testRun();
  life.atEnd(() => run.remove());

  const redis =
    givenRedis ?? (await step('Redis', () => life.keep(throwawayRedis(run.dir, life.signal)))).url;
  // The database in a given URL is a person's own: only the server is used.
  const server = givenPostgres
    ? { url: withDatabase(givenPostgres.ownerUrl, 'postgres') }
    : await step('Postgres', () => life.keep(throwawayPostgres(run.dir)));
  const template = await step('database', () => templateDatabase(server));
  if (givenPostgres) life.atEnd(() => template.drop());
  say();

  const { NODE_OPTIONS: _options, ...env } = withoutSettings(process.env);
  return jest(
    {
      ...env,
      NODE_ENV: 'test',
      TEST_DATABASE_URL: template.databaseUrl,
      TEST_OWNER_DATABASE_URL: template.ownerUrl,
      TEST_REDIS_URL: redis,
      TEST_DATA_DIR: run.dir,
      TEST_WORKERS: String(count),
      TEST_EVERY_STATE: everyState ? 'yes' : 'no',
      ...(chromiumPath ? { CHROMIUM_PATH: chromiumPath } : {}),
    },
    run,
    life,
  );
});
