import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { type PictureFault, pictureFaults } from '../../../../src/platform/picture-faults.ts';
import { createPictures } from '../../../../src/platform/pictures.ts';
import { tally, together } from '../../../support/many.ts';
import {
  blackPng,
  clip,
  drawn,
  heic,
  html,
  jpegOf,
  movingWebp,
  pngChunk,
  riff,
  samsungTrailer,
  withPngChunks,
  withSegment,
  zip,
} from '../../../support/pictures.ts';

const pictures = createPictures({ concurrency: 2, waiting: 100 });

const join = (parts: Buffer[]): Buffer => Buffer.concat(parts);
const ofKind = {
  jpeg: () => jpegOf(),
  png: () => drawn().png().toBuffer(),
  webp: () => drawn().webp().toBuffer(),
  avif: () => drawn(32, 32).avif().toBuffer(),
};
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const pdf = '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n';

/** The bytes with another length in the RIFF header. */
const lyingWebp = async (by: number): Promise<Buffer> => {
  const webp = await ofKind.webp();
  webp.writeUInt32LE(webp.readUInt32LE(4) + by, 4);
  return webp;
};

const hostile: [string, PictureFault, () => Promise<Buffer> | Buffer][] = [
  ['nothing', 'empty', () => Buffer.alloc(0)],
  ['one byte', 'not-a-picture', () => Buffer.from([0xff])],
  ['noise', 'not-a-picture', () => join([Buffer.from('noise'), randomBytes(5_000)])],
  ['a page', 'not-a-picture', () => html],
  ['SVG', 'not-a-picture', () => Buffer.from(svg)],
  ['SVG as XML', 'not-a-picture', () => Buffer.from(`<?xml version="1.0"?>\n${svg}`)],
  ['SVG behind a byte order mark', 'not-a-picture', () => Buffer.from(`\ufeff${svg}`)],
  ['PDF', 'not-a-picture', () => Buffer.from(pdf)],
  ['ZIP', 'not-a-picture', () => zip()],
  ['GIF with a script in a comment', 'kind', async () => join([await drawn().gif().toBuffer(), html])],
  ['GIF that is a script', 'kind', () => Buffer.from('GIF89a/*\0\0*/=1;alert(1)')],
  ['TIFF', 'kind', () => drawn().tiff().toBuffer()],
  ['BMP', 'kind', () => join([Buffer.from('BM'), Buffer.alloc(100)])],
  ['HEIC', 'heic', () => heic('heic')],
  ['HEIC under the general brand', 'heic', () => heic('mif1')],
  ['JPEG with a page behind it', 'attached', async () => join([await ofKind.jpeg(), html])],
  ['JPEG with a ZIP behind it', 'attached', async () => join([await ofKind.jpeg(), zip()])],
  ['JPEG with a PDF behind it', 'attached', async () => join([await ofKind.jpeg(), Buffer.from(pdf)])],
  ['two JPEGs with a ZIP behind them', 'attached', async () => join([await jpegOf(), await jpegOf(), zip()])],
  ['JPEG, zeros, a page', 'attached', async () => join([await ofKind.jpeg(), Buffer.alloc(999), html])],
  ['JPEG with a clip and a ZIP', 'attached', async () => join([await ofKind.jpeg(), clip(), zip()])],
  [
    'JPEG with half a JPEG',
    'attached',
    async () => join([await jpegOf(), (await jpegOf()).subarray(0, 300)]),
  ],
  ['a page before Samsung words', 'attached', async () => join([await jpegOf(), html, samsungTrailer()])],
  [
    'Samsung words that lie',
    'attached',
    async () => join([await jpegOf(), html, Buffer.from('\xff\0\0\0SEFT')]),
  ],
  ['PNG with a page behind it', 'attached', async () => join([await ofKind.png(), html])],
  ['PNG with a ZIP behind it', 'attached', async () => join([await ofKind.png(), zip()])],
  ['WebP with a ZIP behind it', 'attached', async () => join([await ofKind.webp(), zip()])],
  ['AVIF with a page behind it', 'broken', async () => join([await ofKind.avif(), html])],
  ['PNG of 30,000 × 30,000', 'too-many-pixels', () => blackPng(30_000, 30_000)],
  ['PNG of one pixel too many', 'too-many-pixels', () => blackPng(40_000_001, 1)],
  ['WebP of 5,000 frames', 'animated', () => movingWebp(5_000)],
  ['WebP of one frame', 'animated', () => movingWebp(1)],
  [
    'animated PNG',
    'animated',
    async () => withPngChunks(await ofKind.png(), pngChunk('acTL', Buffer.alloc(8))),
  ],
  ['JPEG without its end', 'broken', async () => (await ofKind.jpeg()).subarray(0, -2)],
  [
    'JPEG of a head only',
    'broken',
    async () => withSegment(Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 0xe0, html),
  ],
  ['PNG of a wrong checksum', 'broken', async () => (await ofKind.png()).fill(0x55, 70, 90)],
  ['WebP that says it is longer', 'broken', () => lyingWebp(2)],
  ['WebP that says it is shorter', 'broken', () => lyingWebp(-2)],
  ['WebP of nothing', 'broken', () => riff()],
  ['a JPEG head on a ZIP', 'broken', () => join([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), zip()])],
];

describe('refused:', () => {
  test.each(hostile)('%s: %s', async (_what, reason, make) => {
    const bytes = await make();
    const began = performance.now();
    expect(await pictures.make(bytes, 'photo')).toEqual({ ok: false, reason });
    // None of it is ever decoded, whatever it claims to be.
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test('more than 10 MB, by a byte', async () => {
    // Zeros behind a JPEG are harmless: only the length is wrong.
    const jpeg = await jpegOf();
    const most = 10 * 1024 * 1024;
    const long = (length: number) => join([jpeg, Buffer.alloc(length - jpeg.length)]);
    expect(await pictures.make(long(most + 1), 'photo')).toEqual({ ok: false, reason: 'too-large' });
    expect(await pictures.make(long(most), 'photo')).toMatchObject({ ok: true });
  });

  test('every reason has a plain sentence', () => {
    for (const sentence of Object.values(pictureFaults)) expect(sentence).toMatch(/^[A-Z].{20,120}\.$/);
  });
});

test('behind all of that, the decoder itself knows four formats, and no files', async () => {
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
  const busy = createPictures({ concurrency: 2, waiting: 4 });
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

describe('a declared type', () => {
  test.each([
    ['image/png', 'mislabelled'],
    ['text/html', 'mislabelled'],
    ['image/svg+xml', 'mislabelled'],
    ['image/jpeg', null],
    ['image/jpg', null],
    ['IMAGE/JPEG; charset=utf-8', null],
    ['application/octet-stream', null],
    ['', null],
    [undefined, null],
  ])('%s on a JPEG: %s', async (type, reason) => {
    const made = await pictures.make(await jpegOf(), 'avatar', type);
    expect(made.ok ? null : made.reason).toBe(reason);
  });

  test('does not make a picture of what is none', async () => {
    expect(await pictures.make(Buffer.from(svg), 'avatar', 'image/png')).toEqual({
      ok: false,
      reason: 'not-a-picture',
    });
  });
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
        if (!made.ok) expect(Object.keys(pictureFaults)).toContain(made.reason);
      }),
      { numRuns: 60 },
    );
  });
});
