import { describe, expect, test } from '@jest/globals';
import { formatOf } from '../../../../src/platform/pictures/picture-format.ts';
import { pictureIn } from '../../../../src/platform/pictures/picture-extent.ts';
import { createImageProcessor } from '../../../../src/platform/pictures/image-processor.ts';
import { box, heicOfCorners } from '../../../support/heic.ts';
import { join, ofKind, svg } from '../../../support/hostile-pictures.ts';
import { clip, drawn, fromPixels, html, jpegOf, pngChunk, zip } from '../../../support/pictures.ts';

const pictures = createImageProcessor({ concurrency: 2, waiting: 100 });
const kinds = { ...ofKind, heic: () => heicOfCorners() };
function text(words: string): Buffer {
  return Buffer.from(words, 'latin1');
}
/** A box that says it goes on to the end of the file. */
function endless(type: string, data: Buffer): Buffer {
  return join([Buffer.alloc(4), text(type), data]);
}

/** A screenshot of much detail and some plain ground, larger than what was cut out of it. */
function screenshot() {
  const [width, height] = [600, 400];
  const pixels = Buffer.alloc(width * height * 3, 255);
  // Noise as C's `rand` makes it.
  for (let n = 0, seed = 1; n < pixels.length; n++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    if (n % 1800 > 600) pixels[n] = seed >> 16;
  }
  return fromPixels(pixels, width, height);
}
async function leftOver(kind: 'png' | 'jpeg', over: Buffer): Promise<Buffer> {
  return (await screenshot().toFormat(kind).toBuffer()).subarray(over.length);
}

describe.each(Object.entries(kinds))('behind %s', (_kind, make) => {
  test.each<[string, Buffer]>([
    ['the end of a line', text('\n')],
    ['that of Windows', text('\r\n')],
    ['that of DOS', text('\x1a')],
    ['spaces', text(' \t ')],
    ...[1, 4, 7, 8, 600, 4_096].map((n): [string, Buffer] => [`${n} zeros`, Buffer.alloc(n)]),
    ['what is erased', Buffer.alloc(500, 0xff)],
    ["a JPEG's end, once more", Buffer.from([0xff, 0xd9])],
    ['all of it', text('\xff\xd9\r\n\0\0\0\0\xff\xff\xff\n')],
  ])('%s is left behind', async (_what, tail) => {
    const picture = await make();
    const found = await pictureIn(join([picture, tail]), (await formatOf(picture)) as 'png');
    expect('picture' in found && found.picture.equals(picture)).toBe(true);
  });

  test.each(['png', 'jpeg'] as const)('the rest of a larger %s that was cut is left behind', async (of) => {
    const picture = await make();
    const whole = join([picture, await leftOver(of, picture)]);
    expect(whole.length).toBeGreaterThan(picture.length + 20_000);
    expect(await pictures.make(whole, 'avatar')).toMatchObject({ ok: true });
  });

  test.each<[string, Buffer]>([
    ['a page', html],
    ['a page after zeros', join([Buffer.alloc(8), html])],
    ['a page after the end of a line', join([text('\n'), html])],
    ['a short script', text('<script>a()</script>')],
    ['a page in 16 bits', Buffer.from('<p onclick=alert(1)>Hello, world</p>', 'utf16le')],
    ['a picture of text', text(svg)],
    ['a word', text('hello')],
    ['a ZIP', zip()],
    ['a ZIP after zeros', join([Buffer.alloc(4), zip()])],
    ['a box without end that holds a ZIP', endless('free', zip())],
    ['pixels without end that hold a ZIP', endless('mdat', zip())],
    ['zeros, and a comment without end', join([Buffer.alloc(4), text('<!--<script>')])],
    ['a program', text(`\x7fELF${'\x02'.repeat(60)}`)],
    ['a PDF', text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n')],
    ['more zeros than a disk leaves', Buffer.alloc(64 * 1024 + 1)],
    ['a HEIC', heicOfCorners()],
    ['half a JPEG', text('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0')],
  ])('%s is something attached', async (_what, tail) => {
    expect(await pictures.look(join([await make(), tail]))).toBe('attached');
  });

  test.each(['png', 'webp', 'avif'] as const)('a whole %s is something attached', async (other) => {
    expect(await pictures.look(join([await make(), await ofKind[other]()]))).toBe('attached');
  });

  test.each<[string, (rest: Buffer) => Buffer]>([
    ['begins with a ZIP', (rest) => join([zip(), rest])],
    ['ends with a ZIP', (rest) => join([rest, zip()])],
    ['has a page in its middle', (rest) => join([rest.subarray(0, 9_000), html, rest.subarray(9_000)])],
  ])('the rest of a larger picture that %s is refused', async (_what, made) => {
    const picture = await make();
    const whole = join([picture, made(await leftOver('png', picture))]);
    expect(await pictures.look(whole)).toBe('attached');
  });
});

describe('what stands inside is not what stands behind:', () => {
  test('a PNG chunk that nobody knows', async () => {
    const png = await drawn().png().toBuffer();
    const more = join([png.subarray(0, -12), pngChunk('zzZz', html), png.subarray(-12)]);
    expect(await pictures.look(more)).toBeNull();
  });

  test('the clip of a motion photo in a box of a HEIC', async () => {
    expect(await pictures.look(join([heicOfCorners(), box('mpvd', clip())]))).toBeNull();
  });

  test('a box that nobody knows, whole', async () => {
    expect(await pictures.look(join([heicOfCorners(), box('zzzz', 'new')]))).toBeNull();
  });
});

describe('pixels that say they go on to the end of the file', () => {
  const endlessly = (heic: Buffer): Buffer => {
    const copy = Buffer.from(heic);
    return copy.fill(0, copy.indexOf('mdat') - 4, copy.indexOf('mdat'));
  };

  test.each<[string, Buffer]>([
    ['a ZIP', zip()],
    ['a page', html],
  ])('do not hold %s behind them', async (_what, tail) => {
    expect(await pictures.look(join([endlessly(heicOfCorners()), tail]))).toBe('attached');
    expect(await pictures.look(join([endlessly(heicOfCorners()), text('\n')]))).toBeNull();
  });

  test('cost no more than a walk, however often their places are said', async () => {
    const heic = endlessly(heicOfCorners());
    const iloc = join([text('\0\0\0\0\0\0\xff\xff'), Buffer.alloc(8 * 65_535, 0xff)]);
    const before = process.cpuUsage();
    await pictures.look(
      join([heic.subarray(0, 24), box('meta', Buffer.alloc(4), box('iloc', iloc)), heic.subarray(24)]),
    );
    // A walk takes some 10 ms, 65,535 of them minutes. Of the processor's time, which neighbours do not lengthen.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
  });

  test('do so once', async () => {
    expect(await pictures.make(endlessly(heicOfCorners()), 'avatar')).toMatchObject({ ok: true });
  });
});

test.each(['avif', 'avis', 'mif1', 'mif2', 'miaf'])(
  'an AVIF whose first brand is %s is read',
  async (brand) => {
    const avif = await ofKind.avif();
    expect(avif.subarray(16, 64).includes('avif')).toBe(true);
    avif.write(brand, 8, 'latin1');
    expect(await pictures.make(avif, 'avatar')).toMatchObject({ ok: true });
  },
);

test('the type of a file is what its bytes say, whatever brand stands first', async () => {
  const found = async (bytes: Buffer) => {
    const format = await formatOf(bytes);
    return typeof format === 'string' ? format : format.fault;
  };
  const ftyp = (...brands: string[]) =>
    join([box('ftyp', brands[0]!, Buffer.alloc(4), ...brands.slice(1)), Buffer.alloc(9)]);
  expect(await found(await jpegOf())).toBe('jpeg');
  for (const brand of ['heic', 'heix', 'mif1', 'avif', 'avis', 'msf1'])
    expect(await found(ftyp(brand))).toBe('heif');
  expect(await found(ftyp('zzzz', 'zzzz', 'avif'))).toBe('heif');
  for (const brand of ['mp42', 'isom', 'qt  ', 'crx ', 'zzzz'])
    expect(await found(ftyp(brand))).not.toBe('heif');
  expect(await found(ftyp('mp42', 'isom', 'mp41'))).toBe('not-a-picture');
});
