import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { type ZipEntry, zipOf } from '../../../src/platform/zip.ts';
import { unzip } from '../../support/zip.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const at = new Date('2026-06-15T12:00:00.000Z');
function entry(name: string, content: string | Buffer, compress = false): ZipEntry {
  return {
    name,
    bytes: Buffer.from(content),
    compress,
  };
}
const from = async function* (entries: readonly ZipEntry[]): AsyncIterable<ZipEntry> {
  yield* entries;
};
async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  for await (const piece of pieces) taken.push(piece);
  return Buffer.concat(taken);
}

test('holds every file as it was, compressed or not, under its name', async () => {
  const noise = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 7919) & 0xff));
  const bytes = await all(
    zipOf(
      from([
        entry('pictures/1-avatar.webp', noise),
        entry('empty', ''),
        entry('größe 日本語.json', '{"a":1}'.repeat(10_000), true),
      ]),
      at,
    ),
  );
  const files = unzip(bytes);
  expect([...files.keys()]).toEqual(['pictures/1-avatar.webp', 'empty', 'größe 日本語.json']);
  expect(files.get('pictures/1-avatar.webp')!.equals(noise)).toBe(true);
  expect(String(files.get('größe 日本語.json'))).toBe('{"a":1}'.repeat(10_000));
  expect(files.get('empty')).toHaveLength(0);
  expect(bytes.length).toBeLessThan(noise.length + 2_000);
});

test('the same at the same moment is the same archive', async () => {
  const make = () => all(zipOf(from([entry('a', 'b', true), entry('c', 'd')]), at));
  expect((await make()).equals(await make())).toBe(true);
});

test('one without files is one all the same', async () => {
  expect(unzip(await all(zipOf(from([]), at))).size).toBe(0);
});

test('asks for the next file when the one before has been taken, and for none when nobody listens', async () => {
  const asked: string[] = [];
  const slow = async function* (): AsyncIterable<ZipEntry> {
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
      asked.push(name);
      yield entry(name, Buffer.alloc(2_000_000, name));
    }
  };
  const pieces = zipOf(slow(), at)[Symbol.asyncIterator]();
  await setImmediate();
  expect(asked).toEqual([]);
  await pieces.next();
  for (let n = 0; n < 50; n++) await setImmediate();
  expect(asked).toEqual(['one']);
  await pieces.return?.();
});

test('lets go of every file that has been taken', async () => {
  const files: WeakRef<Uint8Array>[] = [];
  let most = 0;
  const large = async function* (): AsyncIterable<ZipEntry> {
    for (let n = 0; n < 8; n++) {
      const file = entry(`${n}`, Buffer.alloc(1_000_000, n));
      files.push(new WeakRef(file.bytes));
      yield file;
      // What is referred to weakly lives to the end of its turn.
      await setImmediate();
      collectGarbage();
      most = Math.max(most, files.filter((ref) => ref.deref()).length);
    }
  };
  for await (const piece of zipOf(large(), at)) expect(piece.length).toBeGreaterThan(0);
  expect(files).toHaveLength(8);
  expect(most).toBeLessThanOrEqual(3);
});

test('breaks off as its files do', async () => {
  const breaking = async function* (): AsyncIterable<ZipEntry> {
    yield entry('one', 'whole');
    throw new Error('the store is away');
  };
  await expect(all(zipOf(breaking(), at))).rejects.toThrow('the store is away');
});

test.each(['../outside', '/etc/passwd', 'C:\\outside'])('%j is no name of a file', async (name) => {
  await expect(all(zipOf(from([entry(name, 'x')]), at))).rejects.toThrow();
});
