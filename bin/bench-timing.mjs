import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { lifecycle } from './lib/lifecycle.mjs';
import { root } from './lib/paths.mjs';
import { end, endGroup } from './lib/pids.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { prepare } from './lib/prepare.mjs';
import { startRedis } from './lib/redis.mjs';
import { say, step } from './lib/say.mjs';
import { withoutSettings } from './lib/settings.mjs';
import { templateDatabase, testRun } from './lib/test-stores.mjs';

/**
 * npm run bench:timing: bench/timing.ts on stores of its own, removed afterwards. They flush to disk like real ones: a
 * write that only one of two answers needs must cost what it costs.
 */
function benchmark(env, run, life) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/timing.ts'], {
    cwd: root,
    env,
    stdio: 'inherit',
    // A group of its own, with the processes it starts: a signal comes to it from us, once.
    detached: true,
  });
  run.noteJest(child.pid);
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ? 1 : code)));
  life.atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) await end(child.pid, [['SIGTERM', 2_000]]);
    endGroup(child.pid);
  });
  return exited;
}

const life = lifecycle();
await life.run(async () => {
  await prepare({ build: false, signal: life.signal });
  const run = await testRun();
  life.atEnd(() => run.remove());
  const dir = (name) => path.join(run.dir, name);
  const redis = await step('Redis', () => life.keep(startRedis({ dir: dir('redis'), signal: life.signal })));
  const postgres = await step('Postgres', () => life.keep(startPostgres({ dir: dir('postgres') })));
  const database = await step('database', () => templateDatabase(postgres.url));
  say('\nThis takes some minutes, and means most on a machine that does nothing else.');

  const { NODE_OPTIONS: _options, ...env } = withoutSettings(process.env);
  const ours = {
    UV_THREADPOOL_SIZE: String(availableParallelism()),
    BENCH_DATABASE_URL: database.url,
    BENCH_REDIS_URL: redis.url,
  };
  return benchmark({ ...env, ...ours }, run, life);
});
