import { openQueue } from '../../src/platform/queue/queue.ts';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

let asked = 0;

/** Asks for so many runs of a timer at once, as several workers' schedules might, and waits for all of them. */
export async function runTimer({ stores: { redis } }: TestHouse, name: string, times = 1): Promise<void> {
  const queue = openQueue<object>(name, redis, { tries: 1, backoff: 0 });
  const ids = Array.from({ length: times }, () => `asked-${++asked}`);
  await Promise.all(ids.map((id) => queue.add(id, {})));
  for (const id of ids)
    await eventually(
      async () => (await redis.zscore(`bull:{${name}}:completed`, id)) !== null,
      `${name} ${id}`,
    );
  // A house that opens runs it of itself, and leaves what another one is at to it.
  await eventually(async () => (await redis.llen(`bull:{${name}}:active`)) === 0, `all of ${name}`);
  await queue.close();
}

export async function clean(house: TestHouse, times = 1): Promise<void> {
  await runTimer(house, 'cleanup', times);
}

export async function countRows({ stores }: TestHouse, table: string): Promise<number> {
  return (await stores.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;
}
