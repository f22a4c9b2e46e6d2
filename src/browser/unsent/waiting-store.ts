import type { Waiting, WaitingStore } from './waiting.ts';

const NAME = 'chatlink';
const STORE = 'waiting';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: 'n', autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The storage is closed'));
  });
}

function within<T>(
  db: IDBDatabase,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('The storage is full'));
  });
}

/** Where a browser keeps nothing: as long as the page is open. */
function inMemory(): WaitingStore {
  const kept = new Map<number, Waiting>();
  let count = 0;
  return {
    all: () => Promise.resolve([...kept.values()]),
    put: ({ n = ++count, ...one }) => Promise.resolve(void kept.set(n, { ...one, n })),
    delete: (n) => Promise.resolve(void kept.delete(n)),
  };
}

function inBrowser(db: IDBDatabase): WaitingStore {
  return {
    all: () => within<Waiting[]>(db, 'readonly', (store) => store.getAll()),
    put: async (one) => void (await within(db, 'readwrite', (store) => store.put(one))),
    delete: (n) => within(db, 'readwrite', (store) => store.delete(n)),
  };
}

export function openWaitingStore(): Promise<WaitingStore> {
  return open().then(inBrowser, inMemory);
}
