import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string | undefined>();

/** The id of the request that this very work is done for, be it in a job; undefined where there is none. */
export function requestId(): string | undefined {
  return current.getStore();
}

/** Whatever `work` begins, and waits for, belongs to that request; without an id to none. */
export function duringRequest<T>(id: string | undefined, work: () => T): T {
  return current.run(id, work);
}

/** What every line carries that is written for a request, unless the line itself says for which. */
export function requestForLog(line: object): { request?: string } {
  const request = requestId();
  return request === undefined || 'id' in line ? {} : { request };
}
