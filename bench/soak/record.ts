import { quantile } from '../statistics.ts';

/** What became of a request. `refused`: a limit or a form said no, as it should. */
export type Outcome = 'done' | 'refused' | 'short breath' | 'fault' | 'no answer';

export function outcomeOf(status: number): Outcome {
  if (status < 400) return 'done';
  if (status === 503) return 'short breath';
  return status < 500 ? 'refused' : 'fault';
}

interface Seen {
  outcome: Outcome;
  ms: number;
  /** Whether all stores were there, and had been for a while. */
  calm: boolean;
}

/** Everything that was asked of the site. */
export class Record {
  readonly #seen: Seen[] = [];
  calm = true;

  note(outcome: Outcome, ms: number): void {
    this.#seen.push({ outcome, ms, calm: this.calm });
  }

  get requests(): number {
    return this.#seen.length;
  }

  /** By outcome; `calm`: only of the time when all stores were there. */
  tally(calm: boolean): { [outcome: string]: number } {
    const counts: { [outcome: string]: number } = {};
    for (const { outcome } of this.#seen.filter((one) => one.calm === calm))
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  }

  /** Milliseconds. */
  latency(share: number, calm: boolean): number {
    return quantile(
      this.#seen.filter((one) => one.calm === calm && one.outcome !== 'no answer').map(({ ms }) => ms),
      share,
    );
  }
}
