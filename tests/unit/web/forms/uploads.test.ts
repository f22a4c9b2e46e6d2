import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import type { AppError } from '../../../../src/kernel/errors.ts';
import { verbatim } from '../../../../src/kernel/message.ts';
import { createUploadTurns } from '../../../../src/platform/pictures/upload-turns.ts';
import { bodyOf } from '../../../../src/web/forms/body.ts';
import { filesOf, readUpload } from '../../../../src/web/forms/uploads.ts';
import { eventually } from '../../../support/captured.ts';
import { encodeMultipart, filePart, multipartType } from '../../../support/uploading.ts';
import { english } from '../../../support/words.ts';

const MAX = 1_000;
const patience = { first: 900, silence: 800, pace: { every: 100, within: 600, least: 10 }, waiting: 1_000 };
const body = encodeMultipart([{ name: 'a', content: '1' }, filePart('photo', Buffer.from('picture'))]);

interface Given extends Partial<typeof patience> {
  room?: number;
  open?: number;
}

/** A site of one form, with so much room and places; `answer` is when it answers. */
function siteWith(answer: () => Promise<void>, { room = 10_000, open = 2, ...more }: Given = {}) {
  const turns = createUploadTurns({ usual: { room, open }, small: { room, open } });
  const app = express();
  app.post(
    '/',
    readUpload(
      { maxBytes: MAX, tooLarge: verbatim('Too large.'), turns, patience: { ...patience, ...more } },
      (req) => req.get('from') ?? '',
    ),
    async (req, res) => {
      const files = filesOf(req, 'photo').map(({ field, bytes, type }) => [field, bytes.toString(), type]);
      await answer();
      res.json({ files, fields: req.body ? [...bodyOf(req)] : null });
    },
  );
  const told: ErrorRequestHandler = (err: AppError, _req, res, _next) => {
    res.status(err.status).json(english.say(err.said));
  };
  app.use(told);
  const send = async (bytes = body, type = multipartType, from = '') =>
    request(app)
      .post('/')
      .set({ 'Content-Type': type, From: from })
      .ok(() => true)
      .send(bytes);
  return { app, send, load: () => turns.load() };
}

test('a form is handed on with its texts and files', async () => {
  const { send, load } = siteWith(async () => {});
  const answer = await send();
  expect(answer.body).toEqual({ files: [['photo', 'picture', 'image/jpeg']], fields: [['a', ['1']]] });
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test('another body passes unread', async () => {
  const { send } = siteWith(async () => {});
  expect((await send(Buffer.from('a=1'), 'text/plain')).body).toEqual({ files: [], fields: null });
});

test('an upload keeps its place until it is answered; of more than there are places, the next is told to come back', async () => {
  let answerAll = () => {};
  const gate = new Promise<void>((resolve) => (answerAll = resolve));
  const { send, load } = siteWith(() => gate);
  const by = (sender: string) => send(body, multipartType, sender);
  const [first, second] = [by('ann'), by('ben')];
  await eventually(() => load().running === 2, 'two under way');
  const third = await by('cleo');
  expect([third.status, third.body]).toEqual([
    503,
    'A lot of pictures are being sent right now. Please try again in a moment.',
  ]);
  answerAll();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test('what finds no room waits until there is, however many wait at once', async () => {
  const { send, load } = siteWith(async () => {}, { room: 1, open: 50 });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => send(body, multipartType, `sender ${n}`)),
  );
  for (const answer of answers) expect(answer.status).toBe(200);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test('what is too large or broken frees its place at once', async () => {
  const { send, load } = siteWith(async () => {});
  const large = encodeMultipart([filePart('photo', Buffer.alloc(MAX + 65 * 1024))]);
  const answer = await send(large);
  expect([answer.status, answer.body]).toEqual([413, 'Too large.']);
  expect((await send(body.subarray(0, -20))).status).toBe(400);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test('one sender has two on their way, whoever else comes is not kept waiting', async () => {
  let answerAll = () => {};
  const gate = new Promise<void>((resolve) => (answerAll = resolve));
  const { send, load } = siteWith(() => gate, { open: 20 });
  const ofAnn = Array.from({ length: 10 }, () => send(body, multipartType, 'ann'));
  await eventually(() => load().running === 2, 'two of ten');
  const ofBen = send(body, multipartType, 'ben');
  await eventually(() => load().running === 3, 'one of somebody else');
  answerAll();
  for (const answer of await Promise.all([...ofAnn, ofBen])) expect(answer.status).toBe(200);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

/** Sends the beginning of a form of 900 bytes, then a piece after each of these pauses, and hears the answer. */
async function pieces(app: express.Express, pauses: readonly number[], content: Buffer) {
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${multipartType}\r\nContent-Length: ${content.length}\r\n\r\n`,
  );
  const answer = once(socket, 'data') as Promise<[Buffer]>;
  const size = Math.ceil(content.length / pauses.length);
  for (const [n, ms] of pauses.entries()) {
    await pause(ms);
    socket.write(content.subarray(n * size, (n + 1) * size));
  }
  const text = (await answer)[0].toString();
  socket.destroy();
  server.closeAllConnections();
  server.close();
  return text;
}

test('who holds all room and trickles is cut off once somebody waits for it, and only then', async () => {
  const { app, send, load } = siteWith(async () => {}, { room: body.length });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nFrom: thief\r\nContent-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  // All but ten bytes at once, then one after the other.
  const held = body.length - 10;
  socket.write(body.subarray(0, held));
  for (let n = 0; n < 4; n++) {
    if (n > 0) await pause(150);
    socket.write(body.subarray(held + n, held + n + 1));
  }
  expect([heard, load().running]).toEqual(['', 1]);
  const answer = await send();
  expect(answer.status).toBe(200);
  await eventually(() => /^HTTP\/1.1 408 .*too slow/s.test(heard), 'the end of the slow one');
  socket.destroy();
  server.close();
  await eventually(() => load().running === 0, 'its place');
});

test('who holds a place and trickles is cut off once most places are taken, however small the upload', async () => {
  // Looked at seldom, so that a fifth sender is turned away before the first is cut off, however busy the machine.
  const pace = { every: 2_000, within: 600, least: 100 };
  const { app, send, load } = siteWith(async () => {}, { open: 4, pace });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = ['ann', 'ben', 'cleo', 'dan'].map((from) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nFrom: ${from}\r\nContent-Type: ${multipartType}\r\nContent-Length: 900\r\n\r\n-`,
    );
    return socket;
  });
  const drip = setInterval(() => slow.forEach((socket) => socket.write('-')), 60);
  await eventually(() => load().running === 4, 'all places to be taken');
  expect((await send(body, multipartType, 'eve')).status).toBe(503);
  await eventually(() => load().running === 2, 'half of the places');
  expect((await send(body, multipartType, 'eve')).status).toBe(200);
  clearInterval(drip);
  for (const socket of slow) socket.destroy();
  server.close();
  await eventually(() => load().running === 0, 'its places');
});

test('what comes in pieces far smaller than a network makes is refused before it costs much', async () => {
  const { app, load } = siteWith(async () => {});
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answerTo = async (size: number, times: number) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {});
    const answer = once(socket, 'data') as Promise<[Buffer]>;
    const end = encodeMultipart([]);
    const chunk = (content: string) => `${content.length.toString(16)}\r\n${content}\r\n`;
    socket.write(
      `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${multipartType}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    socket.write(
      chunk(
        encodeMultipart([{ name: 'a', content: '' }])
          .toString()
          .slice(0, -end.length - 2),
      ),
    );
    socket.write(chunk('x'.repeat(size)).repeat(times) + chunk(`\r\n${end.toString()}`) + chunk(''));
    const [text] = await answer;
    socket.destroy();
    return text.toString().slice(0, 12);
  };
  expect(await answerTo(1, 900)).toBe('HTTP/1.1 200');
  expect(await answerTo(1, 1_100)).toBe('HTTP/1.1 400');
  expect(await answerTo(10, 1_030)).toBe('HTTP/1.1 200');
  server.close();
  await eventually(() => load().running === 0, 'its place');
});

test('who waits for room in vain is told to come back', async () => {
  let answerAll = () => {};
  const gate = new Promise<void>((resolve) => (answerAll = resolve));
  const { send, load } = siteWith(() => gate, { room: body.length });
  const first = send(body, multipartType, 'ann');
  await eventually(() => load().running === 1, 'the first');
  const second = await send(body, multipartType, 'ben');
  expect([second.status, second.body]).toEqual([
    503,
    'A lot of pictures are being sent right now. Please try again in a moment.',
  ]);
  answerAll();
  expect((await first).status).toBe(200);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test.each([
  ['never again', [0, 3_000]],
  ['after the first look', [2_000, 0]],
  ['not for long enough', [50, 50, 50, 50, 2_500, 0]],
])('who falls silent (%s) is cut off, and gives the place back', async (_, pauses) => {
  const { app, load } = siteWith(async () => {});
  expect(await pieces(app, pauses, body)).toMatch(/^HTTP\/1.1 408 .*too slow/s);
  await eventually(() => load().running === 0, 'its place');
});

test.each([
  ['a byte now and then', Array<number>(12).fill(500)],
  ['late, before anybody looks', [2_000, 0]],
  ['with pauses', [0, 750, 0, 750, 0, 750]],
])('who still moves (%s) is waited for', async (_, pauses) => {
  // Seconds lie between what is in time and what is not: a busy machine takes some of them.
  const { app } = siteWith(async () => {}, { first: 4_500, silence: 4_000 });
  expect(await pieces(app, pauses, body)).toMatch(/^HTTP\/1.1 200 /);
});
