import { openQueue } from '../../src/platform/queue/queue.ts';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

let asked = 0;

/** Asks for so many cleanings at once, as several workers' schedules might, and waits for all of them. */
export async function clean({ stores: { redis } }: TestHouse, times = 1): Promise<void> {
  const queue = openQueue<object>('cleanup', redis, { tries: 1, backoff: 0 });
  const ids = Array.from({ length: times }, () => `cleaning-${++asked}`);
  await Promise.all(ids.map((id) => queue.add(id, {})));
  for (const id of ids)
    await eventually(async () => (await redis.zscore('bull:{cleanup}:completed', id)) !== null, id);
  // A house that opens cleans of itself, and leaves what another one is at to it.
  await eventually(async () => (await redis.llen('bull:{cleanup}:active')) === 0, 'all cleanings');
  await queue.close();
}

export async function countRows({ stores }: TestHouse, table: string): Promise<number> {
  return (await stores.sql<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;
}
