import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createFolderStore } from '../../../../src/platform/media/media-folder.ts';
import { freshKey, keepsTheMediaContract } from '../../../support/media-store-contract.ts';

function scratch() {
  return mkdtemp(join(tmpdir(), 'chatlink-media-'));
}

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

test('nobody else on the machine reads what lies there, whatever the umask', async () => {
  const parent = await scratch();
  const folder = join(parent, 'deep', 'media');
  const store = createFolderStore(folder);
  const before = process.umask(0);
  try {
    const [picture, packed] = [freshKey(), freshKey()];
    await store.put(picture, Buffer.from('x'));
    await store.putPieces(
      packed,
      (async function* () {
        yield Buffer.from('x');
      })(),
    );
    const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    for (const path of [folder, join(parent, 'deep')]) expect(await modeOf(path)).toBe('700');
    for (const key of [picture, packed]) expect(await modeOf(join(folder, key))).toBe('600');
  } finally {
    process.umask(before);
    await rm(parent, { recursive: true });
  }
});

test('looking whether it takes files leaves none', async () => {
  const folder = await scratch();
  const store = createFolderStore(folder);
  await Promise.all(Array.from({ length: 50 }, () => store.check()));
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

/** Only root may make a disk. */
const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? test : test.skip;

asRoot(
  'a full disk is away, for whoever asks whether it is ready too, and is back when there is room',
  async () => {
    const folder = await scratch();
    const run = promisify(execFile);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
    try {
      const store = createFolderStore(folder);
      await store.check();
      const filler = join(folder, 'filler');
      await expect(writeFile(filler, Buffer.alloc(1_000_000))).rejects.toThrow('ENOSPC');
      await expect(store.check()).rejects.toThrow('the media store is away: ENOSPC');
      await rm(filler);
      await store.check();
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await run('umount', [folder]);
      await rm(folder, { recursive: true });
    }
  },
);
