import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startPostgres, startRedis } from '../../../../bin/lib/stores/servers.mjs';

/** Removed with the test run, killed or not. */
function dir(name: string) {
  return path.join(process.env.TEST_DATA_DIR ?? '', name);
}

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('Postgres keeps what was committed through a power cut, and comes back on its port', async () => {
  const first = await startPostgres({ dir: dir('kept postgres') });
  await ask(first.url, 'CREATE TABLE t AS SELECT 1 AS n');
  await expect(startPostgres({ dir: dir('kept postgres') })).rejects.toThrow('in use by another run');
  await first.kill();
  const second = await startPostgres({ dir: dir('kept postgres'), port: first.port });
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'SELECT n FROM t')).toEqual([{ n: 1 }]);
  expect(await ask(second.url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  await second.stop();
});

test('a Postgres from before the site had a role of its own gets one, and loses nothing', async () => {
  const folder = dir('old postgres');
  const old = await startPostgres({ dir: folder });
  await ask(old.url, 'CREATE TABLE t AS SELECT 1 AS n');
  await ask(old.url, 'DROP ROLE chatlink_app');
  await old.stop();
  rmSync(`${folder}.site.password`);

  const now = await startPostgres({ dir: folder });
  expect(await ask(now.url, 'SELECT n FROM t')).toEqual([{ n: 1 }]);
  expect(await ask(now.siteUrl, 'SELECT current_user AS "role"')).toEqual([{ role: 'chatlink_app' }]);
  await expect(ask(now.siteUrl, 'SELECT n FROM t')).rejects.toThrow('permission denied');
  await now.stop();
});

test('Redis keeps its data between runs, evicts nothing, and lets nobody in without its password', async () => {
  const first = await startRedis({ dir: dir('kept redis') });
  const client = new Redis(first.url);
  expect(await client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  await client.set('k', 'v');
  client.disconnect();
  await first.stop();
  const second = await startRedis({ dir: dir('kept redis'), port: first.port });
  const stranger = new Redis(second.port, '127.0.0.1', { retryStrategy: () => null });
  stranger.on('error', () => {}); // It also complains beside its answer.
  await expect(stranger.get('k')).rejects.toThrow('NOAUTH');
  stranger.disconnect();
  const again = new Redis(second.url);
  expect(await again.get('k')).toBe('v');
  again.disconnect();
  await second.kill();
});
