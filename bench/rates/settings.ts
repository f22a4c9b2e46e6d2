/** A whole number from the environment, for shorter trials. */
export function number(name: string, usual: number): number {
  const given = process.env[name];
  return given && /^\d+$/.test(given) ? Number(given) : usual;
}

export const rateSettings = {
  rounds: number('BENCH_ROUNDS', 5),
  /** Of one measurement. */
  seconds: number('BENCH_SECONDS', 10),
  /**
   * A measurement is made in pieces, ours and its limit by turns, so that a machine that changes its speed changes it for
   * both. Pages, and what takes a second by itself.
   */
  piece: { page: 0.5, journey: 5 },
  /** Of each, before the first round: code is compiled, pools and caches fill. */
  warmUp: number('BENCH_WARM_UP', 3),
  /** Browsers at once on pages. */
  pageConnections: 32,
  /** People at once who sign in, join or reset. */
  people: 16,
} as const;
