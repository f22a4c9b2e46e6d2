import { AsyncLocalStorage } from 'node:async_hooks';

/** What a piece of work is done for; `job`: by a worker, after the request was answered. */
interface Cause {
  request: string;
  job: boolean;
}

const causes = new AsyncLocalStorage<Cause | undefined>();

/** The id of the request that this very work is done for, be it in a job; undefined where there is none. */
export const requestId = (): string | undefined => causes.getStore()?.request;

/** Whatever `work` begins, and waits for, belongs to that request. */
export const duringRequest = <T>(request: string, work: () => T): T =>
  causes.run({ request, job: false }, work);

/** The same for a job that a request caused; without one it is nobody's. */
export const duringJob = <T>(request: string | undefined, work: () => T): T =>
  causes.run(request === undefined ? undefined : { request, job: true }, work);

/** What every line of a job carries. Lines of a request have its id from the request's own logger. */
export const causeForLog = (): { request?: string } => {
  const cause = causes.getStore();
  return cause?.job ? { request: cause.request } : {};
};
