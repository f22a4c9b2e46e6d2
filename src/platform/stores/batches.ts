import DataLoader from 'dataloader';

/**
 * Asks a store for many at once: what is asked for by all requests that are being read in one turn of the event loop goes out
 * together, at most `most` a time, and each gets its own answer. `fetch` answers in the order of the keys; where it fails, all
 * of that batch do. Nothing is kept: the same key is asked for again.
 */
export function inBatches<Key, Value>(
  fetch: (keys: readonly Key[]) => Promise<Value[]>,
  most: number,
): (key: Key) => Promise<Value> {
  const loader = new DataLoader<Key, Value>(fetch, {
    cache: false,
    maxBatchSize: most,
    // After everything that has arrived by now was read, not only after one request.
    batchScheduleFn: (send) => void setImmediate(send),
  });
  return (key) => loader.load(key);
}
