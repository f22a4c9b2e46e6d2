import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { createPictures, type MadePicture } from '../../../../src/platform/pictures.ts';
import { heicOfCorners, heicOfTiles } from '../../../support/heic.ts';
import { coloursAt, expectCorners } from '../../../support/looking.ts';
import { drawn } from '../../../support/pictures.ts';

const pictures = createPictures({ concurrency: 2, waiting: 100 });

const photoOf = async (bytes: Buffer, declared?: string) => {
  const made = await pictures.make(bytes, 'photo', declared);
  if (!made.ok) throw new Error(made.reason);
  return made;
};
const sizes = (made: MadePicture): string[] =>
  made.ok ? made.variants.map((v) => `${v.name} ${v.width}×${v.height}`) : [made.reason];

describe('HEIC', () => {
  test.each([undefined, 'image/heic', 'image/heif', 'application/octet-stream'])(
    'sent as %s is read, in its colours',
    async (declared) => {
      for (const brand of ['heic', 'mif1'] as const) {
        const photo = await photoOf(heicOfCorners({ brand }), declared);
        expect(sizes(photo)).toEqual(['photo-1600 64×48', 'photo-512 64×48']);
        await expectCorners(photo.variants[0]!.bytes);
      }
    },
  );

  test('sent as another kind is a lie', async () => {
    expect(sizes(await pictures.make(heicOfCorners(), 'photo', 'image/jpeg'))).toEqual(['mislabelled']);
  });

  test('large enough to be made smaller keeps its colours where they are', async () => {
    const photo = await photoOf(heicOfCorners({}, 1_760, 880));
    expect(sizes(photo)).toEqual(['photo-1600 1600×800', 'photo-512 512×256']);
    for (const { bytes } of photo.variants) await expectCorners(bytes);
    const avatar = await pictures.make(heicOfCorners({}, 1_760, 880), 'avatar');
    expect(sizes(avatar)).toEqual(['avatar-512 512×512', 'avatar-256 256×256', 'avatar-64 64×64']);
    if (avatar.ok) for (const { bytes } of avatar.variants) await expectCorners(bytes);
  });

  test('of a portrait the upper part is cut out, as of any other kind', async () => {
    const avatar = await pictures.make(heicOfCorners({}, 640, 1_280), 'avatar');
    expect(sizes(avatar)).toEqual(['avatar-512 512×512', 'avatar-256 256×256', 'avatar-64 64×64']);
    const { data, info } = await sharp(avatar.ok ? avatar.variants[0]!.bytes : Buffer.alloc(0))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const red = (y: number) => data[(y * info.width + 10) * info.channels]!;
    // The red upper half ends at 640 of 1280 rows; from row 128 on 640 are kept, so at four fifths of them.
    expect([red(380) > 150, red(440) < 100]).toEqual([true, true]);
  });

  test('comes out upright', async () => {
    const photo = await photoOf(heicOfCorners({ quarters: 1 }));
    expect([photo.width, photo.height]).toEqual([48, 64]);
    // A quarter to the left was made; made back, all is where it was.
    await expectCorners(await sharp(photo.variants[0]!.bytes).rotate(90).webp().toBuffer());
  });

  test('keeps what its profile says of colours, and not the profile', async () => {
    const { icc } = await sharp(await drawn().withIccProfile('p3').png().toBuffer()).metadata();
    const photo = await photoOf(heicOfCorners({ icc: icc! }));
    const [red] = await coloursAt(photo.variants[0]!.bytes);
    // Display P3's reds lie beyond sRGB's: the same numbers mean a stronger red.
    expect(red![0]).toBeGreaterThan(220);
    expect((await sharp(photo.variants[0]!.bytes).metadata()).icc).toBeUndefined();
  });

  test('keeps nothing that stood beside its pixels', async () => {
    const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08Ann Secret, 51.5074 N', 'latin1');
    const photo = await photoOf(heicOfCorners({ exif }));
    for (const { bytes } of photo.variants) expect(bytes.includes('Secret')).toBe(false);
  });

  test('of 39 megapixels in tiles, as phones write them, is read in little memory of ours', async () => {
    const before = process.memoryUsage().rss;
    expect(sizes(await photoOf(heicOfTiles(15, 10, 512)))[0]).toBe('photo-1600 1600×1067');
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  test('whose tiles are larger than they say is given up before it takes the memory', async () => {
    const sizesOfLies = sizes(await pictures.make(heicOfTiles(2, 2, 64, 2_560), 'photo'));
    expect(['broken', 'too-many-pixels']).toContain(sizesOfLies[0]);
  });
});
