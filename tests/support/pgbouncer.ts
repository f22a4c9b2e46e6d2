import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** Whether PgBouncer is installed here, as Debian does it. */
export const hasPgBouncer = spawnSync('pgbouncer', ['--version']).status === 0;

export interface PgBouncer {
  /** Of the same database, by way of the pooler. */
  url: string;
  close(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 500 });
  client.on('error', () => {});
  return client
    .connect()
    .then(() => client.query('SELECT 1'))
    .then(
      () => client.end().then(() => true),
      () => false,
    );
}

/** PgBouncer in transaction mode before a database, with so few connections that transactions have to share them. */
export async function openPgBouncer(databaseUrl: string, connections: number): Promise<PgBouncer> {
  const dir = await mkdtemp(join(tmpdir(), 'chatlink-pgbouncer-'));
  const port = await freePort();
  const { hostname, port: server, username, password } = new URL(databaseUrl);
  const config = [
    '[databases]',
    `* = host=${hostname} port=${server} user=${decodeURIComponent(username)} password=${decodeURIComponent(password)}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    `default_pool_size = ${connections}`,
    // The driver asks for it when it connects; set it in Postgres itself where a pooler stands between.
    'ignore_startup_parameters = extra_float_digits,idle_in_transaction_session_timeout',
  ];
  const file = join(dir, 'pgbouncer.ini');
  await writeFile(file, `${config.join('\n')}\n`, { mode: 0o644 });
  // It will not run as root, and has nothing to write.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (process.getuid?.() === 0) spawnSync('chmod', ['755', dir]);
  const child: ChildProcess = spawn('pgbouncer', ['-q', file], { stdio: 'ignore', ...asNobody });
  process.once('exit', () => child.kill('SIGKILL'));

  const through = new URL(databaseUrl);
  through.host = `127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(through.href)); tries++) {
    if (tries > 100) throw new Error('PgBouncer does not answer');
    await pause(50);
  }
  return {
    url: through.href,
    async close() {
      child.kill('SIGTERM');
      await rm(dir, { recursive: true });
    },
  };
}
