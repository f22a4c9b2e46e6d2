import DataLoader from 'dataloader';

/** One call for all keys that are asked for in one turn of the event loop, at most `most`; nothing is cached. */
export function inBatches<Key, Value>(
  fetch: (keys: readonly Key[]) => Promise<Value[]>,
  most: number,
): (key: Key) => Promise<Value> {
  const loader = new DataLoader<Key, Value>(fetch, {
    cache: false,
    maxBatchSize: most,
    batchScheduleFn: (send) => void setImmediate(send), // after everything that has arrived was read
  });
  return (key) => loader.load(key);
}
