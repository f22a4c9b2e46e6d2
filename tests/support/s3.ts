import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Options } from '../../src/platform/media/media-s3.ts';
import { freePort } from './free-port.ts';

export interface TestS3 {
  options: S3Options;
  stop(): Promise<void>;
  /** On the same port, with what it held. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A small real S3 server on loopback: it checks signatures and keeps objects in a folder of its own. */
export async function openS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'chatlink-s3-'));
  const port = await freePort();
  let server: S3rver | null = null;

  const start = async (): Promise<void> => {
    server = new S3rver({
      address: '127.0.0.1',
      port,
      directory,
      silent: true,
      configureBuckets: server ? [] : [{ name: 'pictures', configs: [] }],
    });
    await server.run();
  };
  const stop = async (): Promise<void> => {
    server?.httpServer.closeAllConnections();
    if (server?.httpServer.listening) await server.close();
  };
  await start();
  return {
    options: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'pictures',
      region: 'eu-central-1',
      // The only keys that s3rver knows.
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    start,
    stop,
    close: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
