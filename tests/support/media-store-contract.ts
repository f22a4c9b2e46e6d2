import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemRandom } from '../../src/kernel/ids.ts';
import { exportKey, variantKey, newMediaName } from '../../src/platform/media/media-keys.ts';
import { isMediaDown, type MediaStore } from '../../src/platform/media/media-store.ts';
import { together } from './many.ts';

export interface StoreUnderTest {
  store: MediaStore;
  /** Takes away what the store stands on, and gives it back. */
  breakDown(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export function freshKey(): string {
  return variantKey(newMediaName(systemRandom), 'avatar-64');
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text);
}

const inPieces = async function* (bytes: Buffer, length: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
};
async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  for await (const piece of pieces) taken.push(piece);
  return Buffer.concat(taken);
}

/** Whatever keeps pictures has to do all of this. */
export function keepsTheMediaContract(open: () => Promise<StoreUnderTest>): void {
  let it: StoreUnderTest;
  beforeAll(async () => {
    it = await open();
  });
  afterAll(() => it.close());

  test('gives back what it was given, with its type', async () => {
    const key = freshKey();
    // Every byte there is, so that no text encoding goes unnoticed.
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n & 0xff));
    await it.store.put(key, bytes);
    expect(await it.store.get(key)).toEqual({ bytes, type: 'image/webp' });
  });

  test('has nothing under a key that nobody used', async () => {
    expect(await it.store.get(freshKey())).toBeNull();
  });

  test('forgets, and does not mind being asked twice', async () => {
    const [gone, kept] = [freshKey(), freshKey()];
    await it.store.put(gone, bytesOf('gone'));
    await it.store.put(kept, bytesOf('kept'));
    await it.store.delete(gone);
    await it.store.delete(gone);
    expect(await it.store.get(gone)).toBeNull();
    expect((await it.store.get(kept))?.bytes.toString()).toBe('kept');
  });

  test('takes the same key again, as a job does that is tried again', async () => {
    const key = freshKey();
    await together(10, () => it.store.put(key, bytesOf('the same')));
    expect((await it.store.get(key))?.bytes.toString()).toBe('the same');
  });

  test('tells keys apart that differ in their variant only', async () => {
    const name = newMediaName(systemRandom);
    await it.store.put(variantKey(name, 'avatar-64'), bytesOf('small'));
    await it.store.put(variantKey(name, 'avatar-512'), bytesOf('large'));
    expect((await it.store.get(variantKey(name, 'avatar-64')))?.bytes.toString()).toBe('small');
  });

  test('takes and gives in pieces what is too large to be held at once', async () => {
    const key = exportKey(newMediaName(systemRandom), 'zip');
    // Longer than a part that S3 takes, and no whole number of any.
    const length = 11 * 1024 * 1024 + 7;
    const bytes = Buffer.alloc(length, 'language exchange ');
    expect(await it.store.putPieces(key, inPieces(bytes, 70_001))).toBe(length);
    const opened = await it.store.open(key);
    expect([opened?.size, opened?.type]).toEqual([length, 'application/zip']);
    expect((await all(opened!.pieces)).equals(bytes)).toBe(true);
    expect((await it.store.get(key))!.bytes.equals(bytes)).toBe(true);
    await it.store.delete(key);
    expect(await it.store.open(key)).toBeNull();
  });

  test('small things go in pieces, too', async () => {
    const key = exportKey(newMediaName(systemRandom), 'json');
    expect(await it.store.putPieces(key, inPieces(bytesOf('{"a":1}'), 2))).toBe(7);
    const opened = await it.store.open(key);
    expect([opened?.size, opened?.type]).toEqual([7, 'application/json']);
    expect(String(await all(opened!.pieces))).toBe('{"a":1}');
  });

  test('keeps nothing of pieces that break off, and says why they did', async () => {
    const key = exportKey(newMediaName(systemRandom), 'zip');
    const breaking = async function* () {
      yield Buffer.alloc(6 * 1024 * 1024);
      throw new Error('no more');
    };
    await expect(it.store.putPieces(key, breaking())).rejects.toThrow('no more');
    expect(await it.store.open(key)).toBeNull();
    expect(await it.store.get(key)).toBeNull();
  });

  test('lets go when nobody wants the rest', async () => {
    const key = exportKey(newMediaName(systemRandom), 'zip');
    await it.store.put(key, Buffer.alloc(3 * 1024 * 1024, 'x'));
    for await (const piece of (await it.store.open(key))!.pieces) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await it.store.delete(key);
  });

  test.each(['', '..', '../secret.webp', 'a/b.webp', `${'a'.repeat(22)}.x/../../y.webp`, 'x\0.webp'])(
    'is not led astray by %j',
    async (key) => {
      expect(await it.store.get(key)).toBeNull();
      expect(await it.store.open(key)).toBeNull();
      await it.store.delete(key);
      await expect(it.store.put(key, bytesOf('x'))).rejects.toThrow('not a media key');
      await expect(it.store.putPieces(key, inPieces(bytesOf('x'), 1))).rejects.toThrow('not a media key');
    },
  );

  test('says when it is away, and works again when it is back', async () => {
    const key = freshKey();
    await it.store.put(key, bytesOf('patience'));
    await it.store.check();

    await it.breakDown();
    const calls = [
      () => it.store.get(key),
      () => it.store.put(freshKey(), bytesOf('late')),
      () => it.store.open(key),
      () => it.store.putPieces(freshKey(), inPieces(bytesOf('late'), 2)),
      () => it.store.delete(key),
      () => it.store.check(),
    ];
    for (const call of calls) {
      const err = await call().then(
        () => 'answered',
        (thrown: unknown) => thrown,
      );
      expect([String(err), isMediaDown(err)]).toEqual([expect.stringContaining('is away'), true]);
    }

    await it.mend();
    await it.store.check();
    expect((await it.store.get(key))?.bytes.toString()).toBe('patience');
  });
}
