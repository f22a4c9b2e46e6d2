import type { Metrics } from './metrics.ts';

interface Turns {
  load(): { running: number; waiting: number };
}

/** How many are served, and how many wait for their turn. */
export function gaugeTurns(metrics: Metrics, name: string, what: string, turns: Turns): void {
  metrics.gauge(`${name}_running`, `${what} that have their turn`, () => turns.load().running);
  metrics.gauge(`${name}_waiting`, `${what} that wait for it`, () => turns.load().waiting);
}
