import type { RequestListener, Server } from 'node:http';
import type { RequestHandler } from 'express';
import { seconds } from '../../kernel/clock.ts';
import { tooOften } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';
import { createPlaces } from './places.ts';

/** Closes further ones without an answer. */
export function boundConnections(server: Server, most: number): void {
  const places = createPlaces(most);
  server.on('connection', (socket) => {
    // It has gone already.
    if (socket.remoteAddress === undefined) return void socket.destroy();
    const release = places.take(socket.remoteAddress);
    if (!release) return void socket.destroy();
    socket.once('close', release);
    return undefined;
  });
}

/** For requests behind proxies. 400 without an address: then TRUSTED_PROXY_HOPS is wrong. */
export function boundRequests(most: number): RequestHandler {
  const places = createPlaces(most);
  return (req, res, next) => {
    const release = places.take(req.ip);
    if (!release) throw tooOften(message('web.limit.networkAtOnce'), 5);
    res.once('close', release);
    next();
  };
}

/** Other bodies are watched by upload-body.ts, or were refused before (`endLateBodies`). */
function hasForm({ headers }: { headers: NodeJS.Dict<string | string[]> }): boolean {
  return (
    (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) &&
    !/^\s*multipart\//i.test(String(headers['content-type'] ?? ''))
  );
}

/** Milliseconds, as Node's limit for headers. */
export function formsWithin(most: number, app: RequestListener): RequestListener {
  return (req, res) => {
    if (!hasForm(req)) return app(req, res);
    const timer = setTimeout(() => {
      if (req.complete) return;
      const { socket } = req;
      if (!res.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      socket.destroySoon();
      // Doesn't wait for a client that won't read the answer.
      setTimeout(() => socket.destroy(), seconds(2)).unref();
    }, most);
    const enough = () => clearTimeout(timer);
    req.once('end', enough);
    req.once('close', enough);
    return app(req, res);
  };
}
