import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { createImageProcessor, type MadePicture } from '../../../../src/platform/pictures/image-processor.ts';
import { heic, heicOfCorners, heicOfTiles } from '../../../support/heic.ts';
import { coloursAt, expectCorners } from '../../../support/looking.ts';
import { drawn, type Rgb } from '../../../support/pictures.ts';

const pictures = createImageProcessor({ concurrency: 2, waiting: 100 });

async function photoOf(bytes: Buffer) {
  const made = await pictures.make(bytes, 'photo');
  if (!made.ok) throw new Error(made.reason);
  return made;
}
function sizes(made: MadePicture): string[] {
  return made.ok ? made.variants.map((v) => `${v.name} ${v.width}×${v.height}`) : [made.reason];
}

describe('HEIC', () => {
  test.each(['heic', 'heix', 'mif1', 'mif2', 'msf1', 'miaf'])(
    'of the brand %s is read, in its colours',
    async (brand) => {
      const photo = await photoOf(heicOfCorners({ brand }));
      expect(sizes(photo)).toEqual(['photo-1600 64×48', 'photo-512 64×48']);
      await expectCorners(photo.variants[0]!.bytes);
    },
  );

  test('large enough to be made smaller keeps its colours where they are', async () => {
    const photo = await photoOf(heicOfCorners({}, 1_760, 880));
    expect(sizes(photo)).toEqual(['photo-1600 1600×800', 'photo-512 800×400']);
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

  // Computed by hand from H.273's tables.
  test.each<[string, readonly [number, number], Rgb]>([
    ['Display P3', [12, 13], [229, 0, 23]],
    ['BT.2020', [9, 13], [255, 0, 24]],
    ['sRGB', [1, 13], [210, 40, 40]],
    ['nothing that is told', [2, 2], [210, 40, 40]],
    ['a number that nobody knows', [99, 99], [210, 40, 40]],
  ])('whose numbers say %s is shown so', async (_name, nclx, expected) => {
    const { bytes } = (await photoOf(heicOfCorners({ nclx }))).variants[0]!;
    const [red] = await coloursAt(bytes);
    for (const [c, value] of red!.entries()) expect(Math.abs(value - expected[c]!)).toBeLessThan(12);
  });

  test.each([
    ['PQ', 16, 148],
    ['HLG', 18, 192],
  ])('of a high range (%s) is bright: its white is white', async (_name, transfer, white) => {
    const greyOf = async (luma: number): Promise<number> => {
      const photo = await photoOf(heic(32, 32, () => [luma, 128, 128], { nclx: [9, transfer] }));
      return (await coloursAt(photo.variants[0]!.bytes))[0]![1]!;
    };
    // BT.2408: 203 cd/m², at 58 % of PQ's codes and 75 % of HLG's. What is brighter has a little room left above.
    expect(await greyOf(white)).toBeGreaterThan(215);
    expect(await greyOf(white)).toBeLessThan(240);
    expect(await greyOf(255)).toBeGreaterThan(250);
    // The skin of a face, at a quarter of white, where it is in sRGB.
    expect(Math.abs((await greyOf(transfer === 16 ? 112 : 115)) - 135)).toBeLessThan(14);
    expect(await greyOf(0)).toBeLessThan(4);
  });

  test('that one can look through stays so, and of what is cut out nothing is kept', async () => {
    // On the left nothing is seen, beside that half of it.
    const alphaAt = (x: number) => (x < 16 ? 0 : x < 32 ? 128 : 255);
    for (const [width, height] of [
      [64, 48],
      [1_760, 880],
    ] as const) {
      const scale = width / 64;
      const photo = await photoOf(
        heicOfCorners({ alphaAt: (x) => alphaAt(Math.floor(x / scale)) }, width, height),
      );
      for (const { bytes } of photo.variants) {
        const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
        expect(info.channels).toBe(4);
        const at = (part: number) => [...data.subarray(Math.floor(info.width * part) * 4).subarray(0, 4)];
        expect(at(0.1)[3]).toBe(0);
        expect(Math.max(...at(0.1))).toBeLessThan(24);
        expect(Math.abs(at(0.37)[3]! - 128)).toBeLessThan(8);
        expect(at(0.9)[3]).toBe(255);
      }
      expect(photo.placeholder.length).toBeLessThan(150);
    }
  });

  test('keeps nothing that stood beside its pixels', async () => {
    const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08Ann Secret, 51.5074 N', 'latin1');
    const photo = await photoOf(heicOfCorners({ exif }));
    for (const { bytes } of photo.variants) expect(bytes.includes('Secret')).toBe(false);
  });

  test.each([
    [48, 16, 12],
    [64, 17, 14],
  ])(
    'of %d megapixels in tiles, as phones write them, is read in little memory of ours',
    async (_most, columns, rows) => {
      const before = process.memoryUsage().rss;
      const [largest] = (await photoOf(heicOfTiles(columns, rows, 512))).variants;
      expect(largest!.width).toBe(1600);
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    },
  );

  test('whose tiles are larger than they say is given up before it takes the memory', async () => {
    const sizesOfLies = sizes(await pictures.make(heicOfTiles(2, 2, 64, 2_560), 'photo'));
    expect(['broken', 'too-many-pixels']).toContain(sizesOfLies[0]);
  });
});
