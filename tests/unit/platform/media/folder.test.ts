import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFolderStore } from '../../../../src/platform/media-folder.ts';
import { freshKey, keepsTheMediaContract } from '../../../support/media-store-contract.ts';

const scratch = () => mkdtemp(join(tmpdir(), 'chatlink-media-'));

describe('a folder', () => {
  keepsTheMediaContract(async () => {
    const parent = await scratch();
    const folder = join(parent, 'media');
    return {
      store: createFolderStore(folder),
      // As when a disk is not mounted: something else stands where the folder was.
      breakDown: async () => {
        await rename(folder, `${folder}.away`);
        await writeFile(folder, '');
      },
      mend: async () => {
        await rm(folder);
        await rename(`${folder}.away`, folder);
      },
      close: () => rm(parent, { recursive: true }),
    };
  });
});

test('nothing half-written is left in the folder', async () => {
  const folder = await scratch();
  const store = createFolderStore(folder);
  const key = freshKey();
  await store.put(key, Buffer.from('whole'));
  // The place is taken by a folder: the rename fails, and what was written aside goes.
  const blocked = freshKey();
  await createFolderStore(join(folder, blocked)).check();
  await expect(store.put(blocked, Buffer.from('x'))).rejects.toThrow();
  expect((await readdir(folder)).sort()).toEqual([blocked, key].sort());
  await rm(folder, { recursive: true });
});
