import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemChance } from '../../src/kernel/ids.ts';
import { mediaKey, newMediaName } from '../../src/platform/media-keys.ts';
import { isMediaDown, type MediaStore } from '../../src/platform/media-store.ts';
import { together } from './many.ts';

export interface StoreUnderTest {
  store: MediaStore;
  /** Takes away what the store stands on, and gives it back. */
  breakDown(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export const freshKey = (): string => mediaKey(newMediaName(systemChance), 'avatar-64');

const bytesOf = (text: string): Buffer => Buffer.from(text);

/** Whatever keeps pictures has to do all of this. */
export const keepsTheMediaContract = (open: () => Promise<StoreUnderTest>): void => {
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
    const name = newMediaName(systemChance);
    await it.store.put(mediaKey(name, 'avatar-64'), bytesOf('small'));
    await it.store.put(mediaKey(name, 'avatar-512'), bytesOf('large'));
    expect((await it.store.get(mediaKey(name, 'avatar-64')))?.bytes.toString()).toBe('small');
  });

  test.each(['', '..', '../secret.webp', 'a/b.webp', `${'a'.repeat(22)}.x/../../y.webp`, 'x\0.webp'])(
    'is not led astray by %j',
    async (key) => {
      expect(await it.store.get(key)).toBeNull();
      await it.store.delete(key);
      await expect(it.store.put(key, bytesOf('x'))).rejects.toThrow('not a media key');
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
};
