/** Sixty languages, those of most people first; some are near to each other. */
export const languages: readonly string[] = (
  'en es zh fr de ja ko pt ru ar it hi tr id vi pl nl sv uk th fa he el cs ro hu da no fi bn ' +
  'ur ms ca sr hr sk bg nb sw ta te mr pa tl ka hy az kk uz ne si km my is et lv lt sl ga eu'
).split(' ');

/** How much of a whole falls to each of so many, after Zipf: what adds up to 1. */
export function zipf(exponent: number, of: number): number[] {
  const weights = Array.from({ length: of }, (_, n) => (n + 1) ** -exponent);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / whole);
}

/** Where the share of each ends, but for the last one. */
export function thresholds(shares: readonly number[]): number[] {
  let sum = 0;
  return shares.slice(0, -1).map((share) => (sum += share));
}
