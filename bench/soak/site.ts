import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { freePort } from '../../tests/support/free-port.ts';
import { openMailServer } from '../../tests/support/mail-server.ts';
import { migrated, newFolder, restartable } from '../../tests/support/restartable.ts';
import { startPostgres, startRedis } from '../../bin/lib/stores/servers.mjs';
import { answering } from '../rates/pinned.ts';
import { productionOn } from '../environment.ts';
import { settings } from '../settings.ts';

/** A process of the site, and what it said that it should not have to say. */
export class Watched {
  readonly child: ChildProcess;
  readonly faults: string[] = [];

  constructor(program: string, env: { [name: string]: string }) {
    this.child = spawn(process.execPath, ['--enable-source-maps', program], {
      env: {
        PATH: process.env.PATH ?? '',
        UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '2',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process.once('exit', () => this.child.kill('SIGKILL'));
    createInterface(this.child.stdout!).on('line', (line) => {
      if (/"level":(50|60)/.test(line)) this.faults.push(line);
    });
    createInterface(this.child.stderr!).on('line', (line) => this.faults.push(line));
    this.child.once('exit', (code, signal) => this.faults.push(`ended with ${code ?? signal}`));
  }

  /** Resident memory in bytes. */
  memory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }
}

/** The built site with its worker, on stores and a mail server of its own that can be taken away. */
export async function openSoakedSite() {
  const [postgresDir, redisDir] = [newFolder('postgres'), newFolder('redis')];
  const postgres = await restartable((port) =>
    startPostgres(port ? { dir: postgresDir, port } : { dir: postgresDir }),
  );
  const redis = await restartable((port) => startRedis(port ? { dir: redisDir, port } : { dir: redisDir }));
  const { databaseUrl } = await migrated(postgres.first);
  const mail = await openMailServer();
  const port = await freePort();
  const env = {
    ...productionOn({ databaseUrl, redisUrl: redis.url, smtpUrl: mail.url }),
    PORT: String(port),
  };
  const worker = new Watched('dist/worker.js', env);
  const web = new Watched('dist/main.js', env);
  const host = new URL(settings.publicUrl).host;
  await answering(port, '/health/ready', host);
  return { port, host, databaseUrl, mail, web, worker, stores: { Postgres: postgres, Redis: redis } };
}
