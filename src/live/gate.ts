import type { Express, RequestHandler } from 'express';
import { AppError, tooOften, unavailable } from '../kernel/errors.ts';
import { message } from '../kernel/message.ts';
import { createExpress, type ExpressOptions } from '../web/express.ts';
import type { Hosts } from '../web/request/hosts.ts';
import { createPlaces } from '../web/request/places.ts';
import { livePolicy } from './policy.ts';

interface GateDeps {
  express: Omit<ExpressOptions, 'navFacts'>;
  hosts: Hosts;
  sessions: readonly RequestHandler[];
  /** How many sockets are open. */
  open: () => number;
  isClosing: () => boolean;
}

/** Browsers say from which site a script opens a socket, and CORS does not hold them back. */
function ourOriginOnly({ isOurOrigin }: Hosts): RequestHandler {
  return (req, _res, next) => {
    if (!isOurOrigin(req.get('origin') ?? '')) throw new AppError(403, message('web.request.crossSite'));
    next();
  };
}

/** Another's `sid` would take their socket over. */
const websocketOnly: RequestHandler = (req, _res, next) => {
  const query = new URLSearchParams(req.originalUrl.split('?')[1] ?? '');
  if (req.method !== 'GET' || query.get('transport') !== 'websocket' || query.has('sid'))
    throw new AppError(400, message('web.error.unreadable'));
  next();
};

const signedInOnly: RequestHandler = (req, _res, next) => {
  if (!req.session.userId) throw new AppError(401, message('web.api.signedOut'));
  next();
};

/** What is asked of a handshake, as of a request: it ends with an error, or may go on. */
export function createGate({ express, hosts, sessions, open, isClosing }: GateDeps): Express {
  const places = createPlaces(livePolicy.mostOfAddress);
  const app = createExpress({ ...express, navFacts: null });
  app.use((req, _res, next) => {
    if (isClosing() || open() >= livePolicy.most) throw unavailable(message('web.error.down'));
    const release = places.take(req.ip);
    if (!release) throw tooOften(message('web.limit.networkAtOnce'), 5);
    req.socket.once('close', release);
    next();
  });
  app.use(hosts.check, ourOriginOnly(hosts), websocketOnly, [...sessions], signedInOnly);
  return app;
}
