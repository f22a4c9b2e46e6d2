import { randomBytes } from 'node:crypto';
import type { PictureFault } from '../../src/platform/pictures/picture-faults.ts';
import { pictureRules } from '../../src/platform/pictures/picture-rules.ts';
import { box, heicOfCorners, heicOfTiles } from './heic.ts';
import {
  blackPng,
  clip,
  drawn,
  falseClip,
  html,
  jpegOf,
  movingWebp,
  pngChunk,
  renamedAvif,
  riff,
  samsungTrailer,
  withComments,
  withPngChunks,
  withSegment,
  zip,
} from './pictures.ts';

export function join(parts: Buffer[]): Buffer {
  return Buffer.concat(parts);
}
export const ofKind = {
  jpeg: () => jpegOf(),
  png: () => drawn().png().toBuffer(),
  webp: () => drawn().webp().toBuffer(),
  avif: () => drawn(32, 32).avif().toBuffer(),
};
export const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const pdf = '%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n';

/** The same file with zeros where its pixels were. */
function emptied(heic: Buffer): Buffer {
  const copy = Buffer.from(heic);
  return copy.fill(0, copy.indexOf('mdat') + 4);
}

const emptyText = pngChunk('tEXt', Buffer.alloc(0));

/** The bytes with another length in the RIFF header. */
async function lyingWebp(by: number): Promise<Buffer> {
  const webp = await ofKind.webp();
  webp.writeUInt32LE(webp.readUInt32LE(4) + by, 4);
  return webp;
}

/** What somebody may send instead of a picture: what it is, why it is refused, its bytes. */
export const hostile: [string, PictureFault, () => Promise<Buffer> | Buffer][] = [
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
  ['AVIF that says it were HEIC', 'broken', () => renamedAvif('heic')],
  ['AVIF that says it were HEIC, under the general brand', 'broken', () => renamedAvif('mif1')],
  ['HEIC with a page behind it', 'attached', () => join([heicOfCorners(), html])],
  ['HEIC with a film in it', 'animated', () => join([heicOfCorners(), box('moov')])],
  ['HEIC of 67.1 megapixels in tiles', 'too-many-pixels', () => heicOfTiles(8, 8, 1024)],
  ['HEIC with nothing in its slices', 'broken', () => emptied(heicOfCorners())],
  ['HEIC without its last byte', 'broken', () => heicOfCorners().subarray(0, -1)],
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
  ['AVIF with a page behind it', 'attached', async () => join([await ofKind.avif(), html])],
  [
    'JPEG with more zeros than a camera leaves',
    'attached',
    async () => join([await jpegOf(), Buffer.alloc(70_000)]),
  ],
  [
    'JPEG with a page in a clip that plays nothing',
    'attached',
    async () => join([await jpegOf(), falseClip(html)]),
  ],
  [
    'JPEG with 200,000 blocks of Samsung',
    'attached',
    async () => join([await jpegOf(), samsungTrailer(200_000)]),
  ],
  ['JPEG of 2,000 comments', 'broken', async () => withComments(await jpegOf(), 20_000, 6)],
  [
    'PNG of 870,000 empty texts',
    'broken',
    async () => withPngChunks(await ofKind.png(), join(Array.from({ length: 870_000 }, () => emptyText))),
  ],
  ['PNG of 30,000 × 30,000', 'too-many-pixels', () => blackPng(30_000, 30_000)],
  ['PNG of one pixel too many', 'too-many-pixels', () => blackPng(pictureRules.maxPixels + 1, 1)],
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
