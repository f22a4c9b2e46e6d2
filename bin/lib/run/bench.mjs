import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { prepare } from '../build/prepare.mjs';
import { root } from '../paths.mjs';
import { lifecycle } from '../processes/lifecycle.mjs';
import { end, endGroup } from '../processes/pids.mjs';
import { say, step } from '../say.mjs';
import { startPostgres } from '../stores/postgres.mjs';
import { startRedis } from '../stores/redis.mjs';
import { templateDatabase, testRun } from '../stores/test-stores.mjs';
import { withoutSettings } from './settings.mjs';

/**
 * Runs a program of bench/ on stores of its own, removed afterwards. They flush to disk like real ones: what is measured
 * must cost what it costs.
 * @param {string} script
 * @param {{ build: boolean, args?: string[], env?: Record<string, string> }} options
 */
export async function benchmark(script, { build, args = [], env: more = {} }) {
  const life = lifecycle();
  await life.run(async () => {
    await prepare({ build, signal: life.signal });
    const run = await testRun();
    life.atEnd(() => run.remove());
    const dir = (name) => path.join(run.dir, name);
    const redis = await step('Redis', () =>
      life.keep(startRedis({ dir: dir('redis'), signal: life.signal })),
    );
    const postgres = await step('Postgres', () => life.keep(startPostgres({ dir: dir('postgres') })));
    const database = await step('database', () => templateDatabase(postgres));
    say('\nThis takes some minutes, and means most on a machine that does nothing else.');

    const { NODE_OPTIONS: _options, ...env } = withoutSettings(process.env);
    const ours = {
      UV_THREADPOOL_SIZE: String(availableParallelism()),
      BENCH_DATABASE_URL: database.databaseUrl,
      BENCH_OWNER_DATABASE_URL: database.ownerUrl,
      BENCH_REDIS_URL: redis.url,
      BENCH_DIR: run.dir,
      TEST_DATA_DIR: run.dir,
      ...more,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: root,
      env: { ...env, ...ours },
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
  });
}
