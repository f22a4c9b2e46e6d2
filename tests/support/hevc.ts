/**
 * A picture in HEVC (ITU-T H.265) written by hand, since no library that comes from npm writes it: every block of 16 × 16
 * stands in it as plain samples (7.3.8.7, PCM), in a slice of its own. In such a slice the arithmetic coder has always
 * the same to say before and after the samples, so its words are constants.
 */
export interface Hevc {
  /** VPS, SPS and PPS, as a decoder is set up with them. */
  sets: { type: number; unit: Buffer }[];
  /** The slices, each with its length before it, as a HEIF file keeps them. */
  data: Buffer;
}

/** Colours as full-range BT.601: luma, then the two differences. Each 0 to 255. */
export type Colour = readonly [number, number, number];

const side = 16;
/** "No further split, samples follow" and "end of the slice", as CABAC writes them from its first state (9.3). */
const [before, after] = [Buffer.from([0x86, 0x80]), Buffer.from([0xfe, 0x80])];

class Bits {
  private text = '';
  u(length: number, value: number): this {
    this.text += value.toString(2).padStart(length, '0');
    return this;
  }
  /** Exp-Golomb (9.2). */
  ue(...values: number[]): this {
    for (const value of values) {
      const code = (value + 1).toString(2);
      this.text += '0'.repeat(code.length - 1) + code;
    }
    return this;
  }
  /** A one, then zeros to the end of the byte. */
  close(): Buffer {
    const text = `${this.text}1`;
    const bytes = text.padEnd(Math.ceil(text.length / 8) * 8, '0').match(/.{8}/g)!;
    return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  }
}

/** Two bytes of head; and no three bytes in a row that read like a start code (7.4.2). */
function unit(type: number, payload: Buffer): Buffer {
  const out = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}

/** Main Still Picture, level 6 (7.3.3). */
function profile(bits: Bits): Bits {
  return bits.u(8, 3).u(32, 0x7000_0000).u(8, 0x90).u(32, 0).u(8, 0).u(8, 180);
}

function parameterSets(width: number, height: number) {
  const vps = profile(new Bits().u(4, 0).u(2, 3).u(6, 0).u(3, 0).u(1, 1).u(16, 0xffff));
  vps.u(1, 1).ue(0, 0, 0).u(6, 0).ue(0).u(2, 0);
  const sps = profile(new Bits().u(4, 0).u(3, 0).u(1, 1)).ue(0, 1, width, height).u(1, 0).ue(0, 0, 4);
  // Blocks of 16 only, in transforms and in samples of 8 bits; nothing else switched on.
  sps.u(1, 1).ue(0, 0, 0, 1, 0, 0, 2, 0, 0).u(3, 0).u(1, 1).u(8, 0x77).ue(1, 0).u(1, 1).ue(0).u(5, 0);
  const pps = new Bits()
    .ue(0, 0)
    .u(7, 0)
    .ue(0, 0, 0)
    .u(3, 0)
    .ue(0, 0)
    .u(7, 0)
    .u(3, 0b101)
    .u(2, 0)
    .ue(0)
    .u(2, 0);
  return [vps, sps, pps].map((bits, i) => ({ type: 32 + i, unit: unit(32 + i, bits.close()) }));
}

/** A picture of one colour a block. Width and height are multiples of 16. */
export function hevc(width: number, height: number, colourAt: (x: number, y: number) => Colour): Hevc {
  const [columns, rows] = [width / side, height / side];
  const addressBits = Math.ceil(Math.log2(columns * rows));
  const slices: Buffer[] = [];
  for (let at = 0; at < columns * rows; at++) {
    const head = new Bits()
      .u(1, at === 0 ? 1 : 0)
      .u(1, 0)
      .ue(0);
    if (at > 0) head.u(addressBits, at);
    const [luma, blue, red] = colourAt((at % columns) * side, Math.floor(at / columns) * side);
    const samples = [Buffer.alloc(256, luma), Buffer.alloc(64, blue), Buffer.alloc(64, red)];
    const slice = unit(20, Buffer.concat([head.ue(2, 0).close(), before, ...samples, after]));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(slice.length);
    slices.push(length, slice);
  }
  return { sets: parameterSets(width, height), data: Buffer.concat(slices) };
}
