import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';

/** The route's template ("/people/:username"), never the address: addresses hold names and tokens. */
const routeOf = (req: Request): string => {
  const path = (req.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? req.baseUrl + path : '(none)';
};

const line = (req: Request, res: Response, ms = 0) => ({
  method: req.method,
  route: routeOf(req),
  status: res.statusCode,
  ms,
});

/**
 * Gives each request an id (never one that a client chose), a logger that carries it, one line when it is answered, and
 * its place in the metrics.
 */
export const requestLog = (
  log: Log,
  errorForLog: (err: unknown) => object,
  metrics: Metrics,
): RequestHandler[] => [
  (req, res, next) => {
    const since = performance.now();
    res.once('finish', () =>
      metrics.answered(req.method, routeOf(req), res.statusCode, performance.now() - since),
    );
    next();
  },
  pinoHttp<Request, Response>({
    logger: log,
    genReqId: () => randomUUID(),
    quietReqLogger: true,
    // Its own serializer of errors would write down what their messages quote.
    wrapSerializers: false,
    serializers: { req: () => undefined, res: () => undefined, err: errorForLog },
    customAttributeKeys: { reqId: 'id', responseTime: 'ms' },
    customLogLevel: (req) => (/^\/(health|assets)\//.test(req.path) ? 'debug' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customSuccessObject: (req, res, val: { ms?: number }) => line(req, res, val.ms),
    customErrorObject: (req, res, _err, val: { ms?: number }) => line(req, res, val.ms),
  }),
];
