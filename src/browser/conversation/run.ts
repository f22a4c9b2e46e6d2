export interface Told {
  mine: boolean;
  at: number;
  /** What is new begins with it. */
  isNew: boolean;
}

export interface Place {
  startsDay: boolean;
  /** Another of the same person follows at once. */
  continues: boolean;
}

/** Where days begin and what stands close together, as the page draws it; `dayOf` in the zone of whoever reads. */
export function places(told: readonly Told[], dayOf: (at: number) => string, withinMs: number): Place[] {
  return told.map((one, n) => {
    const [before, next] = [told[n - 1], told[n + 1]];
    const day = dayOf(one.at);
    const isRun = next !== undefined && next.mine === one.mine && !next.isNew && dayOf(next.at) === day;
    return {
      startsDay: before === undefined || dayOf(before.at) !== day,
      continues: isRun && next.at - one.at <= withinMs,
    };
  });
}
