import { describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { createImageProcessor } from '../../../../src/platform/pictures/image-processor.ts';
import { avifWith } from '../../../support/heic.ts';
import {
  clip,
  drawn,
  html,
  jpegOf,
  pngChunk,
  samsungTrailer,
  withPngChunks,
  withSegment,
  zip,
} from '../../../support/pictures.ts';

const pictures = createImageProcessor({ concurrency: 2, waiting: 100 });

/** Everything that is kept of a picture, as one text. */
async function keptOf(bytes: Buffer): Promise<{ text: string; files: Buffer[] }> {
  const files: Buffer[] = [];
  for (const purpose of ['avatar', 'photo'] as const) {
    const made = await pictures.make(bytes, purpose);
    if (!made.ok) throw new Error(made.reason);
    files.push(...made.variants.map((variant) => variant.bytes));
    files.push(Buffer.from(made.placeholder.split(',')[1]!, 'base64'));
  }
  return { text: Buffer.concat(files).toString('latin1'), files };
}

/** The names of a WebP's chunks. */
function chunksOf(webp: Buffer): string[] {
  const names: string[] = [];
  for (let at = 12; at < webp.length; at += 8 + ((webp.readUInt32LE(at + 4) + 1) & ~1))
    names.push(webp.toString('latin1', at, at + 4));
  return names;
}

const secret = 'Ann Secret, 51.5074 N';

function toldEverything() {
  return drawn(300, 200)
    .withIccProfile('p3')
    .withExif({
      IFD0: { Artist: secret, Make: 'SecretPhone', Orientation: '6' },
      IFD2: { BodySerialNumber: secret },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 2664/100', GPSAreaInformation: secret },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><who>${secret}</who></x:xmpmeta>`);
}

describe('nothing but pixels is kept:', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s', async (kind) => {
    const bytes = await toldEverything().toFormat(kind).toBuffer();
    // The original does tell: else this would prove nothing.
    const before = await sharp(bytes).metadata();
    expect([before.exif?.includes(secret), before.exif?.includes('SecretPhone')]).toEqual([true, true]);
    expect(before.xmp?.includes(secret) && (before.icc?.length ?? 0) > 0).toBe(true);

    const { text, files } = await keptOf(bytes);
    for (const word of ['Secret', '51.5', 'Exif\0', 'xmpmeta', 'GPSLat', 'acsp', 'ICCP', 'EXIF', 'XMP '])
      expect([word, text.includes(word)]).toEqual([word, false]);
    for (const file of files) {
      const { exif, xmp, icc, iptc, orientation, comments } = await sharp(file).metadata();
      expect([exif, xmp, icc, iptc, orientation, comments]).toEqual(Array(6).fill(undefined));
      for (const chunk of chunksOf(file)) expect(['VP8 ', 'VP8L']).toContain(chunk);
    }
  });

  test('a thumbnail in the EXIF, whose end is not the end of the picture', async () => {
    const thumbnail = await jpegOf(40, 30);
    const exif = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0'), Buffer.from(secret), thumbnail]);
    const { text } = await keptOf(withSegment(await jpegOf(), 0xe1, exif));
    expect(text).not.toContain('Secret');
    expect(text).not.toContain('JFIF');
  });

  test.each<[string, () => Promise<Buffer>]>([
    ['a page in a JPEG comment', async () => withSegment(await jpegOf(), 0xfe, html)],
    ['a ZIP in a JPEG segment', async () => withSegment(await jpegOf(), 0xef, Buffer.concat([html, zip()]))],
    [
      'a page in a PNG text',
      async () =>
        withPngChunks(
          await drawn().png().toBuffer(),
          pngChunk('tEXt', Buffer.concat([Buffer.from('a\0'), html])),
          pngChunk('zzZz', Buffer.concat([html, zip()])),
        ),
    ],
  ])('%s', async (_what, make) => {
    const bytes = await make();
    expect(bytes.includes(html)).toBe(true);
    const { text } = await keptOf(bytes);
    expect(text).not.toContain('script');
    expect(text).not.toContain('PK\x03\x04');
  });

  test.each<[string, () => Promise<Buffer>]>([
    ['the gain map of an HDR picture', () => jpegOf(60, 40)],
    ['a preview after some zeros', async () => Buffer.concat([Buffer.alloc(600), await jpegOf(60, 40)])],
    ['the clip of a motion photo', async () => clip()],
    ['a Samsung trailer', async () => samsungTrailer()],
    [
      'all of them',
      async () => Buffer.concat([await jpegOf(60, 40), Buffer.alloc(3), clip(), samsungTrailer()]),
    ],
  ])('what cameras write behind a picture is welcome and left behind: %s', async (_what, tail) => {
    const { text } = await keptOf(Buffer.concat([await jpegOf(), await tail()]));
    for (const word of ['JFIF', 'ftyp', 'SEFT', 'Image_UTC'])
      expect([word, text.includes(word)]).toEqual([word, false]);
  });
});

describe('colours of another profile', () => {
  test('become those of sRGB', async () => {
    const bytes = await drawn(100, 100).withIccProfile('p3').png().toBuffer();
    const topLeft = async (source: Sharp): Promise<number[]> => {
      const { data } = await source.raw().toBuffer({ resolveWithObject: true });
      return [...data.subarray(0, 3)];
    };
    // As stored, in Display P3: less red than it shows.
    expect((await topLeft(sharp(bytes, { ignoreIcc: true })))[0]).toBeLessThan(200);
    const made = await pictures.make(bytes, 'photo');
    const [red] = made.ok ? await topLeft(sharp(made.variants[0]!.bytes)) : [];
    expect(Math.abs(red! - 210)).toBeLessThan(6);
  });

  const plain = (grey: number) =>
    sharp({ create: { width: 64, height: 64, channels: 3, background: { r: grey, g: grey, b: grey } } });
  const middleOf = async (bytes: Buffer): Promise<number[]> => {
    const made = await pictures.make(bytes, 'photo');
    if (!made.ok) throw new Error(made.reason);
    const { data, info } = await sharp(made.variants[0]!.bytes).raw().toBuffer({ resolveWithObject: true });
    return [
      ...data.subarray((info.width * (info.height >> 2) + (info.width >> 2)) * info.channels).subarray(0, 3),
    ];
  };
  const inPng = async (png: Promise<Buffer>, nclx: readonly [number, number]) =>
    withPngChunks(await png, pngChunk('cICP', Buffer.from([...nclx, 0, 1])));
  const inAvif = async (avif: Promise<Buffer>, nclx: readonly [number, number]) =>
    avifWith(await avif, [64, 64], nclx);

  // The same as HEIC's, which heic.test.ts has.
  test.each<[string, readonly [number, number], readonly number[]]>([
    ['Display P3', [12, 13], [229, 0, 23]],
    ['sRGB', [1, 13], [210, 40, 40]],
    ['nothing', [2, 2], [210, 40, 40]],
  ])('told by numbers (%s) become those of sRGB', async (_name, nclx, expected) => {
    const red = drawn(64, 64);
    for (const bytes of [
      await inPng(red.clone().png().toBuffer(), nclx),
      await inPng(red.clone().toColourspace('rgb16').png().toBuffer(), nclx),
      await inAvif(red.clone().avif({ quality: 95 }).toBuffer(), nclx),
      await inAvif(red.clone().avif({ quality: 95, bitdepth: 10 }).toBuffer(), nclx),
    ])
      for (const [c, value] of (await middleOf(bytes)).entries())
        expect(Math.abs(value - expected[c]!)).toBeLessThan(12);
  });

  test.each([
    ['PQ', 16, 148],
    ['HLG', 18, 192],
  ])('of a high range (%s) are bright: its white is white', async (_name, transfer, white) => {
    for (const bytes of [
      await inPng(plain(white).png().toBuffer(), [9, transfer]),
      await inPng(plain(white).toColourspace('rgb16').png().toBuffer(), [9, transfer]),
      await inAvif(plain(white).avif({ quality: 95, bitdepth: 10 }).toBuffer(), [9, transfer]),
    ])
      for (const value of await middleOf(bytes)) expect(Math.abs(value - 226)).toBeLessThan(12);
  });

  test('that a profile and numbers tell are the profile’s', async () => {
    const bytes = await inPng(drawn(64, 64).withIccProfile('p3').png().toBuffer(), [9, 16]);
    const [red] = await middleOf(bytes);
    expect(Math.abs(red! - 210)).toBeLessThan(6);
  });
});
