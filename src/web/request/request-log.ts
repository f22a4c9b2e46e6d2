import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../../platform/watching/log.ts';
import type { Metrics } from '../../platform/watching/metrics.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      id: string; // made here, never taken from a client; in the log and on error pages
    }
  }
}

/** The template ("/people/:username"), as addresses hold names and tokens. Never `baseUrl`, which the client spelt. */
export function routeOf(req: Request): string {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : '(none)';
}

function isNoise(req: Request): boolean {
  return /^\/(health|assets)\//.test(req.originalUrl);
}

/** Id, log line and metrics of each request. */
export function requestLog(
  log: Log,
  metrics: Metrics,
  duringRequest: (id: string, work: () => void) => void,
): RequestHandler {
  // These lines hold nothing to redact, and looking for it costs more than writing.
  const lines = log.child({}, { redact: [] });
  return (req, res, next) => {
    const since = performance.now();
    req.id = randomUUID();
    res.once('close', () => {
      const ms = Math.round(performance.now() - since);
      const [method, route, status] = [req.method, routeOf(req), res.statusCode];
      metrics.answered(method, route, status, ms);
      const aborted = res.writableFinished ? {} : { aborted: true };
      lines[isNoise(req) ? 'debug' : 'info'](
        { id: req.id, method, route, status, ms, ...aborted },
        'request',
      );
    });
    duringRequest(req.id, next);
  };
}
