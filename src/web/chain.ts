import type { Request, RequestHandler } from 'express';

/**
 * One handler out of several, done one after the other. A router asks of each whether its path fits, parses the path anew
 * and keeps what it found; what stands before every page needs none of that.
 */
export function chain(...handlers: RequestHandler[]): RequestHandler {
  return leadingTo(handlers, (req, res, next) => {
    let n = 0;
    const step = (err?: unknown): void => {
      const handler = handlers[n++];
      if (err || !handler) return next(err);
      try {
        const done: unknown = handler(req, res, step);
        // oxlint-disable-next-line promise/no-callback-in-promise -- `next` is how a handler's failure is told
        if (done instanceof Promise) done.catch(next);
      } catch (failure) {
        next(failure);
      }
      return undefined;
    };
    step();
  });
}

/** For handlers that look at some requests only. */
export function where(concerns: (req: Request) => boolean, handler: RequestHandler): RequestHandler {
  return leadingTo([handler], (req, res, next) => (concerns(req) ? handler(req, res, next) : next()));
}

/** Tells what a handler leads to as a router does, so that the routes behind it can be listed. */
function leadingTo(handlers: RequestHandler[], handler: RequestHandler): RequestHandler {
  return Object.assign(handler, { stack: handlers.map((handle) => ({ handle })) });
}
