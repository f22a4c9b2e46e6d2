import { type Colour, type Hevc, hevc } from './hevc.ts';
import { corners, type Rgb } from './pictures.ts';

function u16(...values: number[]) {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
}
function u32(...values: number[]) {
  return Buffer.concat(values.map((value) => u16(value >>> 16, value & 0xffff)));
}
export function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}
/** A box with a version and flags. */
function full(type: string, version: number, flags: number, ...parts: (Buffer | string)[]): Buffer {
  return box(type, u32((version << 24) | flags), ...parts);
}

interface Item {
  id: number;
  type: string;
  data: Buffer;
  /** Numbers of its properties, from 1. */
  properties: number[];
  /** What it is put together from, or what it describes. */
  refers?: { how: 'dimg' | 'cdsc' | 'auxl'; to: number[] };
}

/** What a decoder is set up with (ISO/IEC 14496-15, 8.3.3). */
function setup({ sets }: Hevc): Buffer {
  const arrays = sets.map((set) =>
    Buffer.concat([Buffer.from([0x80 | set.type]), u16(1, set.unit.length), set.unit]),
  );
  const head = Buffer.from('01037000000090000000000' + '0b4f000fcfdf8f800000f03', 'hex');
  return box('hvcC', head, ...arrays);
}
function extent(width: number, height: number) {
  return full('ispe', 0, 0, u32(width, height));
}
function turn(quarters: number) {
  return box('irot', Buffer.from([quarters]));
}
/** BT.601's matrix and full range; sRGB's primaries and curve unless told (ITU-T H.273). */
function numbered([primaries, transfer]: readonly [number, number] = [1, 13]) {
  return box('colr', 'nclx', u16(primaries, transfer, 6), Buffer.from([0x80]));
}
const colours = numbered();
/** Says that an item is how little one can look through another (ISO/IEC 23008-12, 6.6.2.1). */
const throughness = full('auxC', 0, 0, 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0');

/** ISO/IEC 23008-12: a HEIF file of these items, the first hidden ones included, of which `primary` is to be shown. */
function file(primary: number, properties: Buffer[], items: Item[], brand = 'heic'): Buffer {
  const names = items.map(({ id, type }) => full('infe', 2, 0, u16(id, 0), type, Buffer.alloc(1)));
  const links = items.map(({ id, properties: owned }) =>
    Buffer.concat([u16(id), Buffer.from([owned.length, ...owned])]),
  );
  const references = items.flatMap(({ id, refers }) =>
    refers ? [box(refers.how, u16(id, refers.to.length, ...refers.to))] : [],
  );
  // Tiles that are alike stand in the file once.
  const different = [...new Set(items.map(({ data }) => data))];
  const meta = (dataAt: number) => {
    const places = items.map(({ id, data }) => {
      const before = different.slice(0, different.indexOf(data));
      const at = before.reduce((sum, { length }) => sum + length, dataAt);
      return Buffer.concat([u16(id, 0, 1), u32(at, data.length)]);
    });
    return full(
      'meta',
      0,
      0,
      full('hdlr', 0, 0, u32(0), 'pict', Buffer.alloc(13)),
      full('pitm', 0, 0, u16(primary)),
      full('iinf', 0, 0, u16(items.length), ...names),
      ...(references.length > 0 ? [full('iref', 0, 0, ...references)] : []),
      box('iprp', box('ipco', ...properties), full('ipma', 0, 0, u32(items.length), ...links)),
      full('iloc', 0, 0, Buffer.from([0x44, 0]), u16(items.length), ...places),
    );
  };
  const ftyp = box('ftyp', brand, u32(0), 'mif1heic');
  const dataAt = ftyp.length + meta(0).length + 8;
  return Buffer.concat([ftyp, meta(dataAt), box('mdat', ...different)]);
}

export interface HeicOptions {
  /** Quarter turns to the left that a reader has to make. */
  quarters?: 0 | 1 | 2 | 3;
  /** What stands in an Exif item beside the picture. */
  exif?: Buffer;
  icc?: Buffer;
  brand?: string;
  /** Primaries and curve, by their numbers in H.273. */
  nclx?: readonly [number, number];
  /** How little one can look through each 16 × 16 pixels, 0 to 255. */
  alphaAt?: (x: number, y: number) => number;
}

/** A HEIC of one colour each 16 × 16 pixels. Width and height are multiples of 16. */
export function heic(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => Colour,
  { quarters = 0, exif, icc, brand, nclx, alphaAt }: HeicOptions = {},
): Buffer {
  const pixels = hevc(width, height, colourAt);
  const items: Item[] = [{ id: 1, type: 'hvc1', data: pixels.data, properties: [1, 2, 3, 4] }];
  if (exif) {
    const data = Buffer.concat([u32(0), exif]);
    items.push({ id: 2, type: 'Exif', data, properties: [], refers: { how: 'cdsc', to: [1] } });
  }
  const properties = [setup(pixels), extent(width, height), numbered(nclx), turn(quarters)];
  if (icc) items[0]!.properties.push(properties.push(box('colr', 'prof', icc)));
  if (alphaAt) {
    const { data } = hevc(width, height, (x, y) => [alphaAt(x, y), 128, 128]);
    const owned = [1, 2, properties.push(throughness), 4];
    items.push({ id: 3, type: 'hvc1', data, properties: owned, refers: { how: 'auxl', to: [1] } });
  }
  return file(1, properties, items, brand);
}

/** As a codec sees it, by BT.601 with all values used. */
function coded([r, g, b]: Rgb): Colour {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  return [luma, 128 + (b - luma) / 1.772, 128 + (r - luma) / 1.402].map(Math.round) as unknown as Colour;
}

/** The picture of four colours, 64 × 48 unless told. */
export function heicOfCorners(options?: HeicOptions, width = 64, height = 48): Buffer {
  return heic(
    width,
    height,
    (x, y) => coded(corners[(y * 2 >= height ? 2 : 0) + (x * 2 >= width ? 1 : 0)]!),
    options,
  );
}

/** As phones write large pictures: tiles side by side, here all alike and of `side` pixels, or of `real` if they lie. */
export function heicOfTiles(columns: number, rows: number, side: number, real = side): Buffer {
  const tile = hevc(real, real, () => [100, 90, 200]);
  const ids = Array.from({ length: columns * rows }, (_, i) => i + 2);
  const [width, height] = [columns * side, rows * side];
  const grid = Buffer.concat([Buffer.from([0, 1, rows - 1, columns - 1]), u32(width, height)]);
  const whole: Item = {
    id: 1,
    type: 'grid',
    data: grid,
    properties: [3, 4],
    refers: { how: 'dimg', to: ids },
  };
  const tiles = ids.map((id) => ({ id, type: 'hvc1', data: tile.data, properties: [1, 2, 4] }));
  const properties = [setup(tile), extent(side, side), extent(width, height), colours];
  return file(1, properties, [whole, ...tiles]);
}

/** The pixels of an AVIF in a file that says what its colours are by numbers (sharp's says nothing). */
export function avifWith(
  avif: Buffer,
  [width, height]: readonly [number, number],
  nclx: readonly [number, number],
): Buffer {
  const boxIn = (type: string): Buffer => {
    const at = avif.indexOf(type) - 4;
    return avif.subarray(at, at + avif.readUInt32BE(at));
  };
  const properties = [boxIn('av1C'), extent(width, height), numbered(nclx)];
  const item: Item = { id: 1, type: 'av01', data: boxIn('mdat').subarray(8), properties: [1, 2, 3] };
  return file(1, properties, [item], 'avif');
}
