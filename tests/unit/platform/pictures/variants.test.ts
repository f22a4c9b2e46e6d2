import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import type { PictureKind } from '../../../../src/platform/generated/prisma/enums.ts';
import { shapes, sizeOf } from '../../../../src/platform/pictures/picture-rules.ts';
import { createImageProcessor, type MadePicture } from '../../../../src/platform/pictures/image-processor.ts';
import { coloursAt, expectCorners } from '../../../support/looking.ts';
import { blackPng, corners, drawn, fromPixels, jpegOf, quarters } from '../../../support/pictures.ts';

const pictures = createImageProcessor({ concurrency: 2, waiting: 100 });

type Made = Extract<MadePicture, { ok: true }>;

async function made(bytes: Buffer, kind: PictureKind): Promise<Made> {
  const answer = await pictures.make(bytes, kind);
  if (!answer.ok) throw new Error(answer.reason);
  return answer;
}

function sizes({ variants }: Made): string[] {
  return variants.map((v) => `${v.name} ${v.width}×${v.height}`);
}

describe('variants', () => {
  test('an avatar is three squares', async () => {
    const avatar = await made(await jpegOf(1200, 800), 'avatar');
    expect(sizes(avatar)).toEqual(['avatar-512 512×512', 'avatar-256 256×256', 'avatar-64 64×64']);
    expect([avatar.width, avatar.height]).toEqual([1200, 800]);
    for (const { bytes } of avatar.variants) await expectCorners(bytes);
  });

  test.each([
    [600, 1200],
    [601, 903],
    [30, 31],
    [700, 701],
  ])('of a portrait of %d × %d the upper part is cut out', async (width, height) => {
    const side = Math.min(width, height);
    const over = height - side;
    // White from the first row that is kept to the last one, black above and below.
    const [from, to] = [over * 0.2, over * 0.2 + side];
    const rows = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y++)
      if (y >= from - 1 && y <= to + 1) rows.fill(255, y * width * 3, (y + 1) * width * 3);
    const avatar = await made(await fromPixels(rows, width, height).png().toBuffer(), 'avatar');
    const { data, info } = await sharp(avatar.variants[0]!.bytes)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([Math.min(512, side), Math.min(512, side)]);
    const at = (y: number) => data[y * info.width + (info.width >> 1)]!;
    expect([at(0) > 200, at(info.height - 1) > 200]).toEqual([true, true]);
  });

  test('a photo keeps its shape in two sizes', async () => {
    const photo = await made(await jpegOf(2400, 1600), 'photo');
    expect(sizes(photo)).toEqual(['photo-1600 1600×1067', 'photo-512 600×400']);
    for (const { bytes } of photo.variants) await expectCorners(bytes);
  });

  test.each([
    ['square', 3_000, 3_000, '1600×1600', '512×512'],
    ['of a camera', 4_000, 3_000, '1600×1200', '533×400'],
    ['high', 1_500, 3_000, '800×1600', '400×800'],
    ['a panorama', 6_000, 1_200, '4000×800', '2000×400'],
    ['a screenshot of a long page', 1_000, 9_000, '444×4000', '400×3600'],
    ['longer than anybody shows', 20_000, 100, '4000×20', '4000×20'],
    ['longer than anybody shows, and high', 100, 20_000, '20×4000', '20×4000'],
    ['a small panorama', 1_000, 200, '1000×200', '1000×200'],
  ])('a photo that is %s has rows enough for a square', async (_what, width, height, large, small) => {
    const photo = await made(blackPng(width, height), 'photo');
    expect(sizes(photo)).toEqual([`photo-1600 ${large}`, `photo-512 ${small}`]);
    expect(photo.variants.map((v) => `${v.width}×${v.height}`)).toEqual(
      shapes.photo.sizes.map((size) => Object.values(sizeOf('photo', size, width, height)).join('×')),
    );
  });

  test('nothing small is enlarged', async () => {
    const bytes = await jpegOf(200, 300);
    expect(sizes(await made(bytes, 'photo'))).toEqual(['photo-1600 200×300', 'photo-512 200×300']);
    expect(sizes(await made(bytes, 'avatar'))).toEqual([
      'avatar-512 200×200',
      'avatar-256 200×200',
      'avatar-64 64×64',
    ]);
  });

  test.each([
    [1, 1],
    [20_000, 1],
    [1, 20_000],
    [9_248, 6_936],
  ])('%d × %d is made, too', async (width, height) => {
    const bytes = blackPng(width, height);
    for (const kind of ['avatar', 'photo'] as const) {
      const { variants } = await made(bytes, kind);
      for (const variant of variants) {
        const seen = await sharp(variant.bytes).metadata();
        expect([seen.format, seen.width, seen.height]).toEqual(['webp', variant.width, variant.height]);
      }
    }
  });

  const upright = () => drawn(400, 300);
  test.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => upright().jpeg({ quality: 95 }).toBuffer()],
    ['progressive JPEG', () => upright().jpeg({ quality: 95, progressive: true }).toBuffer()],
    ['CMYK JPEG', () => upright().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer()],
    ['PNG', () => upright().png().toBuffer()],
    ['interlaced PNG', () => upright().png({ progressive: true }).toBuffer()],
    ['PNG with a palette', () => upright().png({ palette: true }).toBuffer()],
    ['PNG of 16 bits', () => upright().toColourspace('rgb16').png().toBuffer()],
    ['PNG that one can look through', () => upright().ensureAlpha(1).png().toBuffer()],
    ['WebP', () => upright().webp().toBuffer()],
    ['lossless WebP', () => upright().webp({ lossless: true }).toBuffer()],
    ['AVIF', () => upright().avif({ quality: 80 }).toBuffer()],
  ])('%s is read', async (_kind, make) => {
    const { variants } = await made(await make(), 'photo');
    const loose = _kind.startsWith('CMYK');
    if (!loose) await expectCorners(variants[1]!.bytes);
    expect(variants[0]!.width).toBe(400);
  });

  test.each([
    ['baseline', {}],
    ['progressive', { progressive: true }],
    ['progressive, with all colours', { progressive: true, chromaSubsampling: '4:4:4' }],
  ])('a JPEG of 64 megapixels (%s) is made smaller while it is read', async (_kind, options) => {
    const background = { r: 210, g: 40, b: 40 };
    const large = sharp({
      create: { width: 9_248, height: 6_936, channels: 3, background },
      limitInputPixels: false,
    });
    const bytes = await large.jpeg(options).withMetadata({ orientation: 6 }).toBuffer();
    expect(sizes(await made(bytes, 'photo'))).toEqual(['photo-1600 1200×1600', 'photo-512 400×533']);
    expect(sizes(await made(bytes, 'avatar'))[0]).toBe('avatar-512 512×512');
  });

  test('what one can look through stays so', async () => {
    const half = await drawn(100, 100).ensureAlpha(0.5).png().toBuffer();
    const { variants } = await made(half, 'avatar');
    const { channels } = await sharp(variants[0]!.bytes).stats();
    expect(Math.round(channels[3]!.mean)).toBeGreaterThan(120);
    expect(Math.round(channels[3]!.mean)).toBeLessThan(135);
  });

  test.each(['png', 'webp', 'avif'] as const)('what was cut out of a %s is kept nowhere', async (kind) => {
    // Red everywhere; the left half cannot be seen.
    const pixels = Buffer.alloc(80 * 80 * 4);
    for (let n = 0; n < 80 * 80; n++) pixels.set([210, 40, 40, n % 80 < 40 ? 0 : 255], n * 4);
    const cut = sharp(pixels, { raw: { width: 80, height: 80, channels: 4 } });
    const bytes = await (kind === 'webp'
      ? cut.webp({ exact: true, lossless: true })
      : cut.toFormat(kind)
    ).toBuffer();
    for (const variant of (await made(bytes, 'photo')).variants) {
      const { data } = await sharp(variant.bytes).raw().toBuffer({ resolveWithObject: true });
      expect([...data.subarray((40 * 80 + 10) * 4).subarray(0, 4)]).toEqual([0, 0, 0, 0]);
      expect(data[(40 * 80 + 70) * 4]).toBeGreaterThan(195);
    }
  });

  test('grey stays grey', async () => {
    const { variants } = await made(await drawn().greyscale().png().toBuffer(), 'photo');
    const { channels } = await sharp(variants[0]!.bytes).stats();
    expect(Math.abs(channels[0]!.mean - channels[2]!.mean)).toBeLessThan(2);
  });
});

describe('every orientation comes out upright:', () => {
  const [width, height] = [90, 60];
  const pixels = quarters(width, height);
  /** Where the stored pixel of column c and row r belongs, as EXIF 2.32 defines tag 0x0112. */
  const places: Record<number, (c: number, r: number) => [number, number]> = {
    1: (c, r) => [c, r],
    2: (c, r) => [width - 1 - c, r],
    3: (c, r) => [width - 1 - c, height - 1 - r],
    4: (c, r) => [c, height - 1 - r],
    5: (c, r) => [r, c],
    6: (c, r) => [width - 1 - r, c],
    7: (c, r) => [width - 1 - r, height - 1 - c],
    8: (c, r) => [r, height - 1 - c],
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('%d', async (orientation) => {
    const [storedWidth, storedHeight] = orientation < 5 ? [width, height] : [height, width];
    const stored = Buffer.alloc(pixels.length);
    for (let r = 0; r < storedHeight; r++)
      for (let c = 0; c < storedWidth; c++) {
        const [x, y] = places[orientation]!(c, r);
        pixels.copy(stored, (r * storedWidth + c) * 3, (y * width + x) * 3, (y * width + x) * 3 + 3);
      }
    for (const kind of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await fromPixels(stored, storedWidth, storedHeight)
        .withMetadata({ orientation })
        .toFormat(kind, { quality: 95 })
        .toBuffer();
      const photo = await made(bytes, 'photo');
      expect([kind, photo.width, photo.height]).toEqual([kind, width, height]);
      expect(sizes(photo)[0]).toBe(`photo-1600 ${width}×${height}`);
      await expectCorners(photo.variants[0]!.bytes);
      await expectCorners((await made(bytes, 'avatar')).variants[0]!.bytes);
    }
  });
});

describe('the placeholder', () => {
  test('is a data URI of few bytes that looks the same from afar', async () => {
    const { placeholder } = await made(await jpegOf(1200, 800), 'photo');
    expect(placeholder).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/);
    expect(placeholder.length).toBeLessThan(400);
    const bytes = Buffer.from(placeholder.split(',')[1]!, 'base64');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 16, height: 11 });
    for (const [n, colour] of (await coloursAt(bytes)).entries())
      for (const [c, value] of colour.entries()) expect(Math.abs(value - corners[n]![c]!)).toBeLessThan(40);
  });

  test('of the noisiest picture still fits into a page', async () => {
    const noise = Buffer.from(Array.from({ length: 48 * 48 * 3 }, (_, n) => (n * 2_654_435_761) >>> 24));
    const { placeholder } = await made(await fromPixels(noise, 48, 48).png().toBuffer(), 'avatar');
    expect(placeholder.length).toBeLessThan(600);
  });
});
