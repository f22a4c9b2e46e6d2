import { loadEnvFile } from './lib/run/env-file.mjs';
import { givenStores } from './lib/stores/given.mjs';
import { lifecycle } from './lib/processes/lifecycle.mjs';
import { isSame } from './lib/processes/pids.mjs';
import { prepare } from './lib/build/prepare.mjs';
import { say, Stop, warn } from './lib/say.mjs';
import { runningSite } from './lib/run/state.mjs';
import { siteEnvironment, startProcess } from './lib/run/web.mjs';

/** npm run worker: sends mail and SMS beside a site that runs with WORKER=separate. */
const life = lifecycle();

/** The environment's stores; where it names none, those of the site that runs from this checkout. */
function stores() {
  const { database, redisUrl } = givenStores();
  if (database && redisUrl) return { ...database, redisUrl };
  const site = runningSite();
  if (!site?.databaseUrl || !site.redisUrl) {
    throw new Stop(
      'The worker needs the stores of a site: start the site first (npm start, with WORKER=separate), or set DATABASE_URL and REDIS_URL.',
    );
  }
  // The site takes its stores with it when it ends: there is nothing to work on then.
  const watch = setInterval(() => {
    if (isSame(site.owner)) return;
    warn('\nThe site has ended, and its stores with it.');
    void life.leave(0);
  }, 1_000);
  watch.unref();
  const { databaseUrl } = database ?? site;
  return { databaseUrl, redisUrl: redisUrl ?? site.redisUrl };
}

await life.run(async () => {
  loadEnvFile();
  const found = stores();
  await prepare({ build: true, signal: life.signal });
  const worker = startProcess(['--enable-source-maps', 'dist/worker.js'], siteEnvironment(found));
  life.atEnd(() => worker.stop());
  life.interruptedCode = 0;
  say('\nThe worker has started');
  const code = await worker.exited;
  if (life.leaving) return undefined;
  warn(`\nThe worker has ended by itself (exit code ${code}).`);
  return code || 1;
});
