import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { createHttpServer, serverLimits } from '../../../src/http-server.ts';
import { eventually } from '../../support/captured.ts';
import { together } from '../../support/many.ts';

/** The site's own limits, but for what a test would have to wait for. */
const quick = {
  ...serverLimits,
  headersTimeout: 500,
  requestTimeout: 1_000,
  connectionsCheckingInterval: 50,
};

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  server.close();
});

async function serve(limits: typeof serverLimits = serverLimits): Promise<number> {
  const app = express();
  app.use(express.text({ type: '*/*' }));
  app.all('/', (_req, res) => res.send('here'));
  server = createHttpServer(app, limits).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A client that speaks bytes, not HTTP: what it heard, and whether it was hung up on. */
async function caller(port: number, first = '') {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  const call = { socket, heard: '', closed: false };
  socket.on('data', (chunk: Buffer) => (call.heard += chunk.toString()));
  socket.on('error', () => {});
  socket.on('close', () => (call.closed = true));
  await once(socket, 'connect');
  socket.write(first);
  return call;
}
async function isServed(port: number): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/`).catch(() => null))?.status === 200;
}

test('headers that never end are answered 408 and hung up on', async () => {
  const port = await serve(quick);
  const slow = await caller(port, 'GET / HTTP/1.1\r\nHost: x\r\n');
  const drip = setInterval(() => slow.socket.write('X-More: y\r\n'), 20);
  await eventually(() => slow.closed, 'the end of the slow one');
  clearInterval(drip);
  expect(slow.heard).toContain('408 Request Timeout');
});

test('a connection that says nothing at all is closed', async () => {
  const port = await serve(quick);
  const silent = await caller(port);
  await eventually(() => silent.closed, 'the end of the silent one');
});

test('a body that never ends is cut off, and meanwhile others are served', async () => {
  const port = await serve(quick);
  const slow = await caller(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na');
  expect(await isServed(port)).toBe(true);
  await eventually(() => slow.closed, 'the end of the slow body');
  expect(slow.heard).toContain('408 Request Timeout');
});

test('a flood of headers is answered 431', async () => {
  const port = await serve();
  const flood = await caller(port, `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(17 * 1024)}\r\n\r\n`);
  await eventually(() => flood.heard.includes('431 Request Header Fields Too Large'), 'the answer');
});

/** So many header fields, `last` at the end of them. */
function fields(count: number, last: string): string {
  return ['Host: x', ...Array.from({ length: count - 2 }, (_, n) => `X-${n}: 1`), last].join('\r\n');
}

test('as many fields as may be are all heard, one more is answered 431', async () => {
  const port = await serve();
  const most = serverLimits.maxHeadersCount;
  for (const [count, status] of [
    [most, '200 OK'],
    [most + 1, '431'],
    [most + 28, '431'],
    [most * 5, '431'],
  ] as const) {
    const call = await caller(port, `POST / HTTP/1.1\r\n${fields(count, 'Content-Length: 0')}\r\n\r\n`);
    await eventually(() => call.heard.startsWith(`HTTP/1.1 ${status}`), `${status} for ${count} fields`);
  }
});

test.each(['Transfer-Encoding: chunked', 'Content-Length: 1000000'])(
  'a body that is announced behind too many fields (%s) ends with the answer',
  async (announced) => {
    const port = await serve();
    const sly = await caller(port, `POST / HTTP/1.1\r\n${fields(150, announced)}\r\n\r\n`);
    const drip = setInterval(() => sly.socket.write('1\r\na\r\n'), 20);
    await eventually(() => sly.closed, 'the end of the sly one');
    clearInterval(drip);
    expect(sly.heard).toContain('431 Request Header Fields Too Large');
  },
);

test('of a crowd of idle connections so many stay as may, and the rest take nothing away', async () => {
  const port = await serve({ ...serverLimits, maxConnections: 50 });
  const crowd = await together(80, () => caller(port));
  await eventually(() => crowd.filter((one) => one.closed).length >= 30, 'the surplus to be closed');
  expect(crowd.filter((one) => !one.closed)).toHaveLength(50);
  for (const one of crowd) one.socket.destroy();
  await eventually(() => isServed(port), 'room again');
});

test('a half-open connection is forgotten after the time that proxies keep theirs', async () => {
  const port = await serve({ ...quick, keepAliveTimeout: 100 });
  const half = await caller(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => half.heard.includes('here'), 'the answer');
  await eventually(() => half.closed, 'the end of the idle one');
});

const get = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

test('so many requests may be sent without waiting for an answer; one more ends the connection', async () => {
  const port = await serve();
  const polite = await caller(port, get.repeat(serverLimits.maxUnanswered));
  await eventually(() => polite.heard.match(/here/g)?.length === serverLimits.maxUnanswered, 'all answers');
  expect(polite.closed).toBe(false);
  const greedy = await caller(port, get.repeat(serverLimits.maxUnanswered + 1));
  await eventually(() => greedy.closed, 'the end of the greedy one');
  // Whoever waits may go on for ever.
  for (let n = 1; n <= 3 * serverLimits.maxUnanswered; n++) {
    polite.socket.write(get);
    await eventually(
      () => polite.heard.match(/here/g)?.length === serverLimits.maxUnanswered + n,
      'an answer',
    );
  }
  expect(await isServed(port)).toBe(true);
});

test('a target in absolute form is its path, and one that is none reaches the site all the same', async () => {
  const port = await serve();
  const whole = await caller(port, 'GET http://elsewhere.example/?a=1 HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => whole.heard.includes('here'), 'an answer');
  const broken = await caller(port, 'GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n');
  await eventually(() => broken.heard.includes('404'), 'an answer');
});

test('the limits of the site are those that were thought through', () => {
  expect(serverLimits.keepAliveTimeout).toBeGreaterThan(60_000);
  expect(serverLimits.headersTimeout).toBeLessThan(serverLimits.requestTimeout);
});
