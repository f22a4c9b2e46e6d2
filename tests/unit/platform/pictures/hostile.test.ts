import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { pictureFaults } from '../../../../src/platform/pictures/picture-faults.ts';
import { createImageProcessor } from '../../../../src/platform/pictures/image-processor.ts';
import { prepareSharp } from '../../../../src/platform/pictures/make-picture.ts';
import { tally, together } from '../../../support/many.ts';
import { hostile, ofKind, svg } from '../../../support/hostile-pictures.ts';
import { drawn, jpegOf, withComments } from '../../../support/pictures.ts';

const pictures = createImageProcessor({ concurrency: 2, waiting: 100 });

describe('refused:', () => {
  test.each(hostile)('%s: %s', async (_what, reason, make) => {
    const bytes = await make();
    expect(await pictures.make(bytes, 'photo')).toEqual({ ok: false, reason });
  });

  test('more than 10 MB, by a byte', async () => {
    const jpeg = await jpegOf();
    const most = 10 * 1024 * 1024;
    const long = (length: number) => withComments(jpeg, length);
    expect(await pictures.make(long(most + 1), 'photo')).toEqual({ ok: false, reason: 'too-large' });
    expect(await pictures.make(long(most), 'photo')).toMatchObject({ ok: true });
  });
});

test('behind all of that, the decoder itself knows four formats, and no files', async () => {
  prepareSharp();
  const folder = await mkdtemp(path.join(tmpdir(), 'chatlink-pictures-'));
  const file = path.join(folder, 'a.jpg');
  await writeFile(file, await jpegOf());
  const others = [Buffer.from(svg), await drawn().gif().toBuffer(), await drawn().tiff().toBuffer(), file];
  for (const input of others)
    await expect(sharp(input).metadata()).rejects.toThrow('unsupported image format');
  for (const make of Object.values(ofKind)) await sharp(await make()).metadata();
  await rm(folder, { recursive: true });
});

test('too many at once are told to come back, and the rest is made', async () => {
  const busy = createImageProcessor({ concurrency: 2, waiting: 4 });
  const jpeg = await jpegOf(1200, 900);
  const answers = await together(40, () =>
    busy.make(jpeg, 'avatar').then(
      (made) => String(made.ok),
      (err: { status: number }) => err.status,
    ),
  );
  // Some may have been done before the last came: six is the least.
  const { true: made = 0, 503: refused = 0 } = tally(answers);
  expect([made >= 6, made + refused]).toEqual([true, 40]);
  expect(refused).toBeGreaterThan(0);
  expect(busy.load()).toEqual({ running: 0, waiting: 0 });
});

describe.each(Object.entries(ofKind))('%s', (_kind, make) => {
  test('is refused wherever it is cut off', async () => {
    const whole = await make();
    for (let length = 0; length < whole.length; length += length < 40 ? 1 : 7)
      expect([length, await pictures.make(whole.subarray(0, length), 'avatar')]).toEqual([
        length,
        { ok: false, reason: expect.any(String) },
      ]);
  });

  test('with any bytes changed is a value, never an exception', async () => {
    const whole = await make();
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of list) bytes[at] = value;
        const made = await pictures.make(bytes, 'avatar');
        if (!made.ok) expect(pictureFaults).toContain(made.reason);
      }),
      { numRuns: 60 },
    );
  });
});
