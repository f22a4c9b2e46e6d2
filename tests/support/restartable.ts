import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PostgresServer, Server } from '../../bin/lib/stores/servers.mjs';

/** How a server goes away: asked to stop, or as `kill -9` and a power cut do it. */
export type Outage = 'stop' | 'kill';

/** Removed with the test run, killed or not. */
export const newFolder = (name: string): string =>
  path.join(process.env.TEST_DATA_DIR ?? '', `${name}-${randomBytes(4).toString('hex')}`);

/** A server that keeps its data and its address through every outage. */
export const restartable = async <S extends Server>(start: (port?: number) => Promise<S>) => {
  const first = await start();
  const { url, port } = first;
  let server: S | null = first;
  return {
    url,
    /** As it was started: its addresses stay. */
    first,
    async goAway(how: Outage) {
      const gone = server;
      server = null;
      await gone?.[how]();
    },
    async comeBack() {
      server ??= await start(port);
    },
  };
};

/** As the site has it, and as the owner of its tables. */
export interface Database {
  databaseUrl: string;
  ownerUrl: string;
}

/** What an operator does before a release, in a process of its own. Answers what it said. */
export async function migrate(env: {
  DATABASE_URL?: string;
  MIGRATE_DATABASE_URL?: string;
}): Promise<string> {
  const given = { PATH: process.env.PATH ?? '', ...env };
  return (await promisify(execFile)(process.execPath, ['bin/migrate.mjs'], { env: given })).stdout;
}

/** A database with our tables on a server of one's own. */
export async function migrated(server: PostgresServer, name = 'chatlink'): Promise<Database> {
  const [ownerUrl, databaseUrl] = [server.url, server.siteUrl].map((href) => {
    const url = new URL(href);
    url.pathname = `/${name}`;
    return url.href;
  }) as [string, string];
  await migrate({ DATABASE_URL: databaseUrl, MIGRATE_DATABASE_URL: ownerUrl });
  return { databaseUrl, ownerUrl };
}
