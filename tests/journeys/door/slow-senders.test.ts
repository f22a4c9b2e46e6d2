import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createHttpServer, serverLimits } from '../../../src/http-server.ts';
import { boundRequests } from '../../../src/web/request/connections.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { multipartType, upload } from '../../support/uploading.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
const site: RequestListener = express()
  .use(express.text({ type: '*/*' }))
  .all('/', (_req, res) => void res.send('here'));

/** A client that speaks bytes, from one of this machine's addresses. */
async function caller(port: number, first: string, localAddress = '127.0.0.1') {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  sockets.push(socket);
  const call = { socket, heard: '', closed: false };
  socket.on('data', (chunk: Buffer) => (call.heard += chunk.toString()));
  socket.on('error', () => {});
  socket.on('close', () => (call.closed = true));
  await once(socket, 'connect');
  socket.write(first);
  return call;
}
function post(type: string, length = 1_000) {
  return `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\na`;
}
const get = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a form that comes byte by byte', () => {
  const within = { ...serverLimits, formTimeout: 300 };

  test.each([
    post('application/x-www-form-urlencoded'),
    post('text/plain'),
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n',
    'PUT / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\nContent-Length: 1000\r\n\r\n',
  ])('is ended as a whole, however it moves: %j', async (first) => {
    const port = await listening(createHttpServer(site, within));
    const slow = await caller(port, first);
    const drip = setInterval(() => slow.socket.write('1\r\na\r\n'), 20);
    await eventually(() => slow.closed, 'the end of the slow one');
    clearInterval(drip);
    expect(slow.heard).toContain('408 Request Timeout');
  });

  test('and one that is whole in time is answered, the connection goes on', async () => {
    const formTimeout = 2_000;
    const port = await listening(createHttpServer(site, { ...serverLimits, formTimeout }));
    const call = await caller(port, post('application/x-www-form-urlencoded', 2));
    await pause(formTimeout / 10);
    call.socket.write('b');
    await eventually(() => call.heard.includes('here'), 'the answer');
    await pause(formTimeout);
    call.socket.write(get);
    await eventually(() => call.heard.match(/here/g)?.length === 2, 'another answer');
  });

  test('is not what carries files: whoever reads those watches them', async () => {
    const port = await listening(createHttpServer(site, within));
    const call = await caller(port, post(multipartType, 3));
    await pause(600);
    call.socket.write('bc');
    await eventually(() => call.heard.includes('here'), 'the answer');
  });

  test('has ten seconds on the site, a file a quarter of an hour', () => {
    expect([serverLimits.formTimeout, serverLimits.requestTimeout]).toEqual([10_000, 900_000]);
  });
});

describe('of one address', () => {
  const few = { ...serverLimits, maxPerAddress: 10 };
  const isServed = async (port: number, from: string): Promise<boolean> => {
    const call = await caller(port, get, from);
    await eventually(() => call.closed || call.heard !== '', 'an answer or none');
    call.socket.destroy();
    return call.heard.includes('here');
  };

  test('so many connections stay as may, others are served, and there is room again', async () => {
    const port = await listening(createHttpServer(site, few));
    const crowd = await together(60, () => caller(port, post('text/plain')));
    await eventually(() => crowd.filter((one) => one.closed).length >= 50, 'the surplus to be closed');
    expect(crowd.filter((one) => !one.closed)).toHaveLength(10);
    expect(await isServed(port, '127.0.0.1')).toBe(false);
    for (let n = 2; n < 30; n++) expect(await isServed(port, `127.0.0.${n}`)).toBe(true);
    for (const one of crowd) one.socket.destroy();
    await eventually(() => isServed(port, '127.0.0.1'), 'room again');
  });

  test('behind proxies connections are not counted, since all are theirs', async () => {
    const port = await listening(createHttpServer(site, few, { proxied: true }));
    const crowd = await together(60, () => caller(port, get));
    await eventually(() => crowd.every((one) => one.heard.includes('here')), 'all answers');
  });

  test('so many requests are in hand as may be, by the address that the proxy saw', async () => {
    const app = express().set('trust proxy', 1).use(boundRequests(10));
    let answerAll = () => {};
    const gate = new Promise<void>((resolve) => (answerAll = resolve));
    app.get('/', async (_req, res) => {
      await gate;
      res.send('here');
    });
    app.get('/now', (_req, res) => void res.send('now'));
    const port = await listening(createServer(app));
    const asked = (path: string, ip: string) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'X-Forwarded-For': ip } });
    const held = together(10, (n) => asked('/', `198.51.100.1:${n + 1}`));
    await eventually(async () => (await asked('/now', '198.51.100.1')).status === 429, 'all places');
    expect((await asked('/now', '::ffff:198.51.100.1')).status).toBe(429);
    expect((await asked('/now', '198.51.100.2')).status).toBe(200);
    answerAll();
    expect((await held).map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
    await eventually(async () => (await asked('/now', '198.51.100.1')).status === 200, 'places again');
  });
});

describe('of five members with two slow uploads each', () => {
  /** Announces nine megabytes, sends so many bytes of them and keeps still. */
  const slowly = async (who: Visitor, bytes: number) => {
    const cookies = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const head = `POST /settings/photos HTTP/1.1\r\nHost: ${house.host}\r\nX-Forwarded-For: ${who.ip}\r\nCookie: ${cookies}`;
    const call = await caller(
      portOf(house),
      `${head}\r\nContent-Type: ${multipartType}\r\nContent-Length: 9000000\r\n\r\n--x`,
    );
    call.socket.write(Buffer.alloc(bytes));
    return call;
  };

  const slowUploads = async (of: number, bytes: number) => {
    const members = await together(of, async () => {
      const who = visitor(house);
      await who.signUp();
      return who;
    });
    return together(2 * of, (n) => slowly(members[n >> 1]!, bytes));
  };

  test('nobody else notices, with a small picture or a large one', async () => {
    const slow = await slowUploads(5, 100_000);
    const ann = visitor(house);
    await ann.signUp();
    expect((await upload(ann, 'photo', await jpegOf())).status).toBe(303);
    // No picture, which is said as soon as all of it has come.
    expect((await upload(ann, 'photo', Buffer.alloc(5_000_000))).status).toBe(422);
    expect(slow.filter((one) => one.closed || one.heard !== '')).toEqual([]);
  });

  test('and of six who hold all room, those end whose uploads would never, so that others get in', async () => {
    const slow = await slowUploads(6, 8_999_000);
    const sent = () => slow.filter(({ socket }) => socket.writableLength === 0).length;
    await eventually(() => sent() >= 10, 'all room to be taken');
    const drip = setInterval(() => slow.forEach(({ socket }) => socket.write('x')), 1_000);
    const ann = visitor(house);
    await ann.signUp();
    expect((await upload(ann, 'photo', Buffer.alloc(5_000_000))).status).toBe(422);
    clearInterval(drip);
    expect(slow.some((one) => one.heard.includes('408'))).toBe(true);
  });
});
