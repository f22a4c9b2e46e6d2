import { describe, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import request from 'supertest';
import { chain, where } from '../../../src/web/chain.ts';

function says(word: string): RequestHandler {
  return (_req, res, next) => {
    res.append('X-Said', word);
    next();
  };
}

async function answerOf(handler: RequestHandler, path = '/') {
  const app = express();
  app.use(handler);
  app.use((_req, res) => res.send('through'));
  app.use(((err: Error, _req, res, _next) => res.status(500).send(err.message)) as ErrorRequestHandler);
  const { status, text, headers } = await request(app).get(path);
  return [status, text, headers['x-said'] ?? ''];
}

describe('handlers in a chain', () => {
  test('are done one after the other, then what follows', async () => {
    expect(await answerOf(chain(says('a'), says('b')))).toEqual([200, 'through', 'a, b']);
    expect(await answerOf(chain())).toEqual([200, 'through', '']);
  });

  test('may wait', async () => {
    const waits: RequestHandler = async (_req, _res, next) => {
      await new Promise((resolve) => setImmediate(resolve));
      next();
    };
    expect(await answerOf(chain(says('a'), waits, says('b')))).toEqual([200, 'through', 'a, b']);
  });

  test('end it by answering', async () => {
    const ends: RequestHandler = (_req, res) => void res.send('ended');
    expect(await answerOf(chain(says('a'), ends, says('b')))).toEqual([200, 'ended', 'a']);
  });

  const failure = new Error('broken');
  test.each<[string, RequestHandler]>([
    [
      'throws',
      () => {
        throw failure;
      },
    ],
    ['rejects', () => Promise.reject(failure)],
    ['passes it on', (_req, _res, next) => next(failure)],
  ])('stop where one %s a failure', async (_how, fails) => {
    expect(await answerOf(chain(says('a'), fails, says('b')))).toEqual([500, 'broken', 'a']);
  });

  test('each passes on once, however deep they stand', async () => {
    const inner = chain(says('b'), says('c'));
    expect(await answerOf(chain(says('a'), inner, says('d')))).toEqual([200, 'through', 'a, b, c, d']);
  });
});

test('a handler looks only at the requests that concern it', async () => {
  const some = where(({ path }) => path === '/some', says('looked'));
  expect(await answerOf(some, '/some')).toEqual([200, 'through', 'looked']);
  expect(await answerOf(some, '/other')).toEqual([200, 'through', '']);
});
