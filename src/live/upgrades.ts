import { type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Socket as SocketIo } from 'socket.io';
import { AppError } from '../kernel/errors.ts';

/** Where the socket is. Clients of Socket.IO add a slash. */
const LIVE = /^\/live\/?(?:\?|$)/;

export type OnUpgrade = (req: IncomingMessage, socket: Socket, head: Buffer) => void;

/** Plainly: no browser shows it to anybody. */
export function refuseUpgrade(socket: Duplex, status: number, retryAfter: number | null = null): void {
  if (!socket.writable) return void socket.destroy();
  const retry = retryAfter === null ? '' : `Retry-After: ${Math.ceil(retryAfter)}\r\n`;
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
    () => socket.destroy(),
  );
}

/** Answers with which status. */
export function refuseWith(socket: Duplex, err: unknown, isDown: (err: unknown) => boolean): number {
  const known = err instanceof AppError ? err : null;
  const status = known?.status ?? (isDown(err) ? 503 : 500);
  refuseUpgrade(socket, status, known ? known.retryAfter : status === 503 ? 5 : null);
  return status;
}

/** Whoever would rather speak HTTP/2 gets their page: Node leaves no other way once it knows an upgrade. */
function answerAsUsual(server: Server, req: IncomingMessage, socket: Socket): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || req.headers['content-length'];
  if (hasBody) return refuseUpgrade(socket, 400);
  const res = new ServerResponse(req);
  res.shouldKeepAlive = false;
  res.assignSocket(socket);
  res.once('finish', () => socket.end());
  server.emit('request', req, res);
}

/** Every upgrade of a server; those of `/live` go on. */
export function takeUpgrades(server: Server, onLive: OnUpgrade): void {
  server.on('upgrade', (req: IncomingMessage, stream: Duplex, head: Buffer) => {
    const socket = stream as Socket;
    // Node's own listener is gone, and without one a broken connection ends the process.
    socket.on('error', () => socket.destroy());
    const isWebSocket = req.headers.upgrade?.toLowerCase() === 'websocket';
    if (!isWebSocket) return answerAsUsual(server, req, socket);
    if (!LIVE.test(req.url ?? '')) return refuseUpgrade(socket, 404);
    return onLive(req, socket, head);
  });
}

/** Node and Socket.IO would keep the request of a handshake as long as its socket is open. */
export function forgetRequest(socket: SocketIo): void {
  const { conn, handshake } = socket;
  Object.assign(conn, { request: null });
  Object.assign(conn.transport, { req: null });
  Object.assign(handshake, { headers: {}, query: {}, auth: {} });
}
