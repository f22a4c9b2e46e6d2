import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../../platform/watching/log.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      /** Made here, never taken from a client; stands in the log and on error pages. */
      id: string;
    }
  }
}

/**
 * The route's template ("/people/:username"), never the address: addresses hold names and tokens. Templates are whole: what
 * a router stands under (`baseUrl`) is as the client spelt it.
 */
export function routeOf(req: Request): string {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : '(none)';
}

/** What orchestrators and browsers ask for all the time. */
function isNoise(req: Request): boolean {
  return /^\/(health|assets)\//.test(req.originalUrl);
}

/**
 * Gives each request an id, one line when it is over, and its place in the metrics. `duringRequest` lets whatever is done
 * for it know the id.
 */
export function requestLog(
  log: Log,
  metrics: Metrics,
  duringRequest: (id: string, work: () => void) => void,
): RequestHandler {
  // All that stands in these lines is ours: there is nothing to redact, and looking for it would cost more than writing.
  const lines = log.child({}, { redact: [] });
  return (req, res, next) => {
    const since = performance.now();
    req.id = randomUUID();
    res.once('close', () => {
      const ms = Math.round(performance.now() - since);
      const [method, route, status] = [req.method, routeOf(req), res.statusCode];
      metrics.answered(method, route, status, ms);
      // The visitor went away before the answer was out.
      const aborted = res.writableFinished ? {} : { aborted: true };
      lines[isNoise(req) ? 'debug' : 'info'](
        { id: req.id, method, route, status, ms, ...aborted },
        'request',
      );
    });
    duringRequest(req.id, next);
  };
}
