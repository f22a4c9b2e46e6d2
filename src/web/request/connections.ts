import type { RequestListener, Server } from 'node:http';
import type { RequestHandler } from 'express';
import { seconds } from '../../kernel/clock.ts';
import { tooOften } from '../../kernel/errors.ts';
import { createPlaces } from './places.ts';

/** Of one address, so many connections are kept; one more is closed without an answer. */
export const boundConnections = (server: Server, most: number): void => {
  const places = createPlaces(most);
  server.on('connection', (socket) => {
    // It has gone already.
    if (socket.remoteAddress === undefined) return void socket.destroy();
    const giveBack = places.take(socket.remoteAddress);
    if (!giveBack) return void socket.destroy();
    socket.once('close', giveBack);
    return undefined;
  });
};

/**
 * The same by the visitor's own address, for requests that are in hand: behind proxies all connections come from those.
 * What comes from no address is refused (400): a proxy of ours writes something else, or TRUSTED_PROXY_HOPS is wrong.
 */
export const boundRequests = (most: number): RequestHandler => {
  const places = createPlaces(most);
  return (req, res, next) => {
    const giveBack = places.take(req.ip);
    if (!giveBack) throw tooOften('Too many requests from your network at once.', 5);
    res.once('close', giveBack);
    next();
  };
};

/** Longer bodies than a form's are watched by whoever reads them (uploads.ts), or have been answered before (`endLateBodies`). */
const hasForm = ({ headers }: { headers: NodeJS.Dict<string | string[]> }): boolean =>
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) &&
  !/^\s*multipart\//i.test(String(headers['content-type'] ?? ''));

/** Ends requests whose form is not there within so many milliseconds, as Node ends those of late headers. */
export const formsWithin =
  (most: number, app: RequestListener): RequestListener =>
  (req, res) => {
    if (!hasForm(req)) return app(req, res);
    const timer = setTimeout(() => {
      if (req.complete) return;
      const { socket } = req;
      if (!res.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      socket.destroySoon();
      // Who does not even read the answer is not waited for.
      setTimeout(() => socket.destroy(), seconds(2)).unref();
    }, most);
    const enough = () => clearTimeout(timer);
    req.once('end', enough);
    req.once('close', enough);
    return app(req, res);
  };
