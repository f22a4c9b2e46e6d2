import { days, hours } from '../../../kernel/clock.ts';

/** How many in any hour, and in any day. */
export interface PerHourAndDay {
  hour: number;
  day: number;
}

/** Until there is room for one more beside these moments, in milliseconds; 0 when there is. */
export function waitBeside(moments: readonly Date[], { hour, day }: PerHourAndDay, now: Date): number {
  const waits = [
    { window: hours(1), max: hour },
    { window: days(1), max: day },
  ].map(({ window, max }) => {
    const inside = moments.map((m) => m.getTime()).filter((m) => m > now.getTime() - window);
    return inside.length < max
      ? 0
      : inside.sort((a, b) => a - b)[inside.length - max]! + window - now.getTime();
  });
  return Math.max(...waits);
}
