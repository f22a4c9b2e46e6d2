import { openQueue } from '../../src/platform/queue.ts';
import { eventually } from './captured.ts';
import type { TestHouse } from './house.ts';

let asked = 0;

/** Asks for so many cleanings at once, as two workers' schedules might, and waits until all are done. */
export const clean = async ({ stores: { redis } }: TestHouse, times = 1): Promise<void> => {
  const queue = openQueue<object>('cleanup', redis, { tries: 1, backoff: 0 });
  const ids = Array.from({ length: times }, () => `asked-${++asked}`);
  await Promise.all(ids.map((id) => queue.add(id, {})));
  for (const id of ids)
    await eventually(async () => (await redis.zscore('bull:cleanup:completed', id)) !== null, id);
  await queue.close();
};
