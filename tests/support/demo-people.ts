import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestStores } from './stores.ts';

/** Lets the demo people in as the first `npm start` does, in a process of its own. Answers how long that took, in ms. */
export async function seed({ ownerUrl, mediaDir }: TestStores, media = mediaDir): Promise<number> {
  const began = performance.now();
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'prisma/seed.ts'], {
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: ownerUrl, MEDIA_DIR: media },
  });
  return performance.now() - began;
}
