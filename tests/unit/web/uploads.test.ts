import { expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { createTurns } from '../../../src/platform/turns.ts';
import { bodyOf } from '../../../src/web/body.ts';
import { filesOf, readUpload } from '../../../src/web/uploads.ts';
import { encodeMultipart, filePart, multipartType } from '../../support/uploading.ts';

const MAX = 1_000;
const body = encodeMultipart([{ name: 'a', content: '1' }, filePart('photo', Buffer.from('picture'))]);

/** A site of one form, with room for one upload and a line of one; `answer` is when it answers. */
const siteWith = (answer: () => Promise<void>) => {
  const turns = createTurns({ room: 1, waiting: 1 }, 'Later, please.', 5);
  const app = express();
  app.post('/', readUpload({ maxBytes: MAX, tooLarge: 'Too large.', turns }), async (req, res) => {
    const files = filesOf(req).map(({ field, bytes, type }) => [field, bytes.toString(), type]);
    await answer();
    res.json({ files, fields: req.body ? [...bodyOf(req)] : null });
  });
  const told: ErrorRequestHandler = (err: { status: number; message: string }, _req, res, _next) => {
    res.status(err.status).json(err.message);
  };
  app.use(told);
  const send = async (bytes = body, type = multipartType) =>
    request(app)
      .post('/')
      .set('Content-Type', type)
      .ok(() => true)
      .send(bytes);
  return { send, load: () => turns.load() };
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
  const [first, second] = [send(), send()];
  while (load().waiting < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(load()).toEqual({ running: 1, waiting: 1 });
  const third = await send();
  expect([third.status, third.body]).toEqual([503, 'Later, please.']);
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
