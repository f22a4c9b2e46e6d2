import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Server } from '../../bin/lib/stores/servers.mjs';

/** How a server goes away: asked to stop, or as `kill -9` and a power cut do it. */
export type Outage = 'stop' | 'kill';

/** Removed with the test run, killed or not. */
export const newFolder = (name: string): string =>
  path.join(process.env.TEST_DATA_DIR ?? '', `${name}-${randomBytes(4).toString('hex')}`);

/** A server that keeps its data and its address through every outage. */
export const restartable = async (start: (port?: number) => Promise<Server>) => {
  let server: Server | null = await start();
  const { url, port } = server;
  return {
    url,
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

/** A database with our tables; migrated as an operator does it, in a process of its own. */
export const migrated = async (server: string): Promise<string> => {
  const url = new URL(server);
  url.pathname = '/chatlink';
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: url.href };
  await promisify(execFile)(process.execPath, ['bin/migrate.mjs'], { env });
  return url.href;
};
