/** By the numbers of ITU-T H.273. */
export interface Colours {
  primaries: number;
  transfer: number;
}

/** Converts three samples, 0 to 1, in place. */
export type ToSrgb = (rgb: Float32Array) => void;

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** To linear BT.709 from primaries with the same white (H.273, table 2). Cinemas' P3 (11) is read as screens' (12). */
const fromPrimaries: Record<number, Matrix> = {
  5: [1.0440432, -0.0440432, 0, 0, 1, 0, 0, 0.0117934, 0.9882066],
  6: [0.9395421, 0.0501814, 0.0102766, 0.0177722, 0.9657929, 0.0164349, -0.0016216, -0.0043697, 1.0059913],
  9: [1.660491, -0.5876411, -0.0728499, -0.1245505, 1.1328999, -0.0083494, -0.0181508, -0.1005789, 1.1187297],
  12: [1.2249402, -0.2249402, 0, -0.042057, 1.042057, 0, -0.0196376, -0.078636, 1.0982736],
};
fromPrimaries[7] = fromPrimaries[6]!;
fromPrimaries[11] = fromPrimaries[12]!;

const [WHITE, PEAK] = [203, 1000]; // white of a page and peak of a screen, in cd/m² (ITU-R BT.2408, 2.2)

/** SMPTE ST 2084 (H.273, transfer 16); 1 is white. */
function pq(code: number): number {
  const power = code ** (32 / 2523);
  const light = (Math.max(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)) ** (8192 / 1305);
  return (10_000 / WHITE) * light;
}

/** ITU-R BT.2100 (transfer 18), 0 to 1. */
function hlg(code: number): number {
  return code <= 0.5 ? (code * code) / 3 : (Math.exp((code - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

function srgb(code: number): number {
  return code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4;
}
function toCode(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** Others are read as sRGB, as browsers do with BT.709. */
const lightOf: Record<number, (code: number) => number> = {
  4: (code) => code ** 2.2,
  5: (code) => code ** 2.8,
  8: (code) => code,
  16: pq,
  18: hlg,
};

const STEPS = 4_096; // tables, since a power for each value costs a second for ten megapixels
function tableOf(curve: (value: number) => number): Float32Array {
  return Float32Array.from({ length: STEPS + 2 }, (_, n) => curve(n / STEPS));
}
function look(table: Float32Array, value: number): number {
  const at = Math.max(0, Math.min(1, value)) * STEPS;
  const low = Math.floor(at);
  return table[low]! + (table[low + 1]! - table[low]!) * (at - low);
}
// By its square root, since the curve is steepest near black.
const codes = tableOf((root) => toCode(root * root));

const KNEE = 0.5;
function pressed(most: number): number {
  if (most <= KNEE) return 1;
  const [over, reach] = [(most - KNEE) / (1 - KNEE), (PEAK / WHITE - KNEE) / (1 - KNEE)];
  const shoulder = (over * (1 + over / reach ** 2)) / (1 + over);
  return Math.min(1, KNEE + (1 - KNEE) * shoulder) / most;
}

/** Null: already sRGB, or read as such. */
export function toSrgbFrom({ primaries, transfer }: Colours): ToSrgb | null {
  const matrix = fromPrimaries[primaries];
  const curve = lightOf[transfer];
  if (!matrix && !curve) return null;
  const lights = tableOf(curve ?? srgb);
  const [isHlg, isHdr] = [transfer === 18, transfer === 16 || transfer === 18];

  return (rgb) => {
    let [r, g, b] = [look(lights, rgb[0]!), look(lights, rgb[1]!), look(lights, rgb[2]!)];
    if (isHlg) {
      // BT.2100, table 5: a system gamma of 1.2 at 1,000 cd/m².
      const gain = (PEAK / WHITE) * (0.2627 * r + 0.678 * g + 0.0593 * b) ** 0.2;
      [r, g, b] = [r * gain, g * gain, b * gain];
    }
    if (matrix) {
      const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix;
      [r, g, b] = [rr * r + rg * g + rb * b, gr * r + gg * g + gb * b, br * r + bg * g + bb * b];
    }
    const part = isHdr ? pressed(Math.max(r, g, b)) : 1;
    rgb[0] = look(codes, Math.sqrt(Math.max(0, r * part)));
    rgb[1] = look(codes, Math.sqrt(Math.max(0, g * part)));
    rgb[2] = look(codes, Math.sqrt(Math.max(0, b * part)));
  };
}
