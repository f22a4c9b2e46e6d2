const FIRST_MS = 250;
const MOST_MS = 10_000;

/** Half of it by chance: thousands who were cut off at once do not come back at once. */
export function pauseAfter(failures: number, chance: number = Math.random()): number {
  const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return whole / 2 + (chance * whole) / 2;
}
