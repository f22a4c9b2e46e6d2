import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { createUploadTurns } from '../../../src/platform/upload-turns.ts';
import { bodyOf } from '../../../src/web/body.ts';
import { filesOf, readUpload } from '../../../src/web/uploads.ts';
import { eventually } from '../../support/captured.ts';
import { encodeMultipart, filePart, multipartType } from '../../support/uploading.ts';

const MAX = 1_000;
const pace = { bytes: 10, every: 100 };
const body = encodeMultipart([{ name: 'a', content: '1' }, filePart('photo', Buffer.from('picture'))]);

/** A site of one form, with room for one upload and a line of one; `answer` is when it answers. */
const siteWith = (answer: () => Promise<void>, room = 1) => {
  const turns = createUploadTurns({ room, waiting: 1 });
  const app = express();
  app.post(
    '/',
    readUpload({
      maxBytes: MAX,
      tooLarge: 'Too large.',
      turns,
      senderOf: (req) => req.get('from') ?? '',
      pace,
    }),
    async (req, res) => {
      const files = filesOf(req).map(({ field, bytes, type }) => [field, bytes.toString(), type]);
      await answer();
      res.json({ files, fields: req.body ? [...bodyOf(req)] : null });
    },
  );
  const told: ErrorRequestHandler = (err: { status: number; message: string }, _req, res, _next) => {
    res.status(err.status).json(err.message);
  };
  app.use(told);
  const send = async (bytes = body, type = multipartType, from = '') =>
    request(app)
      .post('/')
      .set({ 'Content-Type': type, From: from })
      .ok(() => true)
      .send(bytes);
  return { app, send, load: () => turns.load() };
};

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

test('an upload keeps its place until it is answered; the next waits, the one after is told to come back', async () => {
  let answerAll = () => {};
  const gate = new Promise<void>((resolve) => (answerAll = resolve));
  const { send, load } = siteWith(() => gate);
  const by = (sender: string) => send(body, multipartType, sender);
  const [first, second] = [by('ann'), by('ben')];
  while (load().waiting < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(load()).toEqual({ running: 1, waiting: 1 });
  const third = await by('cleo');
  expect([third.status, third.body]).toEqual([
    503,
    'Very many pictures are being sent right now. Please try again in a moment.',
  ]);
  answerAll();
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
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
  const { send, load } = siteWith(() => gate, 1_000_000);
  const ofAnn = Array.from({ length: 10 }, () => send(body, multipartType, 'ann'));
  await eventually(() => load().running === 2, 'two of ten');
  const ofBen = send(body, multipartType, 'ben');
  await eventually(() => load().running === 3, 'one of somebody else');
  answerAll();
  for (const answer of await Promise.all([...ofAnn, ofBen])) expect(answer.status).toBe(200);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

test('who sends too slowly is cut off, and gives the place back', async () => {
  const { app, load } = siteWith(async () => {});
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: ${multipartType}\r\nContent-Length: 900\r\n\r\n--x`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 408 .*too slowly/s);
  await eventually(() => load().running === 0, 'its place');
  socket.destroy();
  server.closeAllConnections();
  server.close();
});
