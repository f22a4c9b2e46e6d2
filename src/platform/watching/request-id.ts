import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string | undefined>();

/** Also in the jobs of a request. */
export function requestId(): string | undefined {
  return current.getStore();
}

export function duringRequest<T>(id: string | undefined, work: () => T): T {
  return current.run(id, work);
}

/** A line's own `id` wins. */
export function requestForLog(line: object): { request?: string } {
  const request = requestId();
  return request === undefined || 'id' in line ? {} : { request };
}
