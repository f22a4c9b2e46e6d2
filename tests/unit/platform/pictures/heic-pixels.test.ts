import { describe, expect, test } from '@jest/globals';
import { type Planes, toRgb } from '../../../../src/platform/pictures/heic/heic-pixels.ts';
import { type Plane, windowOf } from '../../../../src/platform/pictures/heic/heic-rows.ts';

/** Samples of one value, but for the first column. */
function plane(width: number, height: number, value: number, first = value, bits = 8): Plane {
  const stride = width + 7;
  const samples = Array.from({ length: stride * height }, (_, at) => (at % stride === 0 ? first : value));
  const data = bits > 8 ? new Uint8Array(new Uint16Array(samples).buffer) : Uint8Array.from(samples);
  return { width, height, stride: bits > 8 ? stride * 2 : stride, bits, data };
}

function whole(planes: Planes, shrink = 1) {
  return toRgb(planes, { left: 0, top: 0, width: planes.width, height: planes.height, shrink });
}

const grey: Planes = {
  width: 8,
  height: 4,
  luma: plane(8, 4, 100, 200),
  blue: plane(4, 2, 128),
  red: plane(4, 2, 128),
  alpha: null,
  premultiplied: false,
  matrix: 6,
  full: true,
  colours: null,
  icc: null,
};
function firstOf(planes: Planes): number[] {
  return [...whole(planes).data.subarray(3, 6)];
}

describe('planes become colours', () => {
  test('pixel by pixel', () => {
    const { width, height, data } = whole(grey);
    expect([width, height, data.length]).toEqual([8, 4, 96]);
    expect([...data.subarray(0, 6)]).toEqual([200, 200, 200, 100, 100, 100]);
  });

  test('by their mean where several become one', () => {
    const { width, height, data } = whole(grey, 4);
    expect([width, height]).toEqual([2, 1]);
    expect([...data]).toEqual([125, 125, 125, 100, 100, 100]);
  });

  // Computed by hand from ITU-T H.273: red is light + 2 (1 - kr) v, blue is light + 2 (1 - kb) u.
  test.each([
    ['BT.601', 6, true, [184, 57, 100]],
    ['BT.709', 1, true, [194, 72, 100]],
    ['BT.2020', 9, true, [188, 66, 100]],
    ['BT.601, narrow', 6, false, [194, 49, 98]],
    ['none', 0, true, [188, 100, 128]],
    ['one nobody knows', 99, true, [184, 57, 100]],
  ])('by %s', (_name, matrix, full, rgb) => {
    expect(firstOf({ ...grey, red: plane(4, 2, 188), matrix, full })).toEqual(rgb);
  });

  test('of ten bits as well', () => {
    const deep = [plane(8, 4, 400, 400, 10), plane(4, 2, 514, 514, 10), plane(4, 2, 514, 514, 10)] as const;
    expect(firstOf({ ...grey, luma: deep[0], blue: deep[1], red: deep[2] })).toEqual([100, 100, 100]);
  });
});

describe('what can be looked through', () => {
  // The left half is cut out of a white picture; what was there is black.
  const halves = (value: number, hidden: number): Plane => {
    const made = plane(8, 4, value);
    for (let row = 0; row < 4; row++) made.data.fill(hidden, row * made.stride, row * made.stride + 4);
    return made;
  };
  const cut: Planes = { ...grey, luma: halves(255, 0), alpha: halves(255, 0) };

  test('keeps nothing of what is hidden', () => {
    const { channels, data } = whole(cut);
    expect(channels).toBe(4);
    expect([...data.subarray(0, 4), ...data.subarray(16, 20)]).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
  });

  test('has no shine of it at its edge', () => {
    const planes = { ...cut, luma: plane(8, 4, 255, 0), alpha: plane(8, 4, 255, 0) };
    expect([...whole(planes, 4).data.subarray(0, 4)]).toEqual([255, 255, 255, 191]);
  });

  test('is as bright as it was before it was made less for its alpha', () => {
    const planes = { ...grey, luma: plane(8, 4, 50), alpha: plane(8, 4, 128), premultiplied: true };
    expect([...whole(planes).data.subarray(0, 4)]).toEqual([100, 100, 100, 128]);
  });
});

test('a picture without colours is grey', () => {
  expect(firstOf({ ...grey, blue: null, red: null })).toEqual([100, 100, 100]);
});

test('colours in fewer samples than pixels change evenly from one to the next', () => {
  const red = plane(4, 2, 128, 188);
  const reds = [...whole({ ...grey, luma: plane(8, 4, 100), red }).data].filter((_, n) => n % 3 === 0);
  expect(reds.slice(0, 5)).toEqual([184, 163, 121, 100, 100]);
});

describe('what is looked at', () => {
  test('is the middle square for what is cut', () => {
    expect(windowOf(4_000, 3_000, 'square', 512)).toEqual({
      left: 500,
      top: 0,
      width: 3_000,
      height: 3_000,
      shrink: 2,
    });
  });

  test('never less than twice the side', () => {
    expect(windowOf(6_399, 10, 'whole', 1_600).shrink).toBe(1);
    expect(windowOf(6_400, 10, 'whole', 1_600).shrink).toBe(2);
  });
});
