import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import express from 'express';
import { installJson, neverCompressed, sendText } from '../../../src/web/send-text.ts';
import { browsersAccept, onTheWire, unpacked } from '../../support/wire.ts';

const html = '<p>ä</p>'.repeat(1_000);
const app = express();
installJson(app);
app.get('/page', (_req, res) => sendText(res, 'text/html; charset=utf-8', html));
app.get('/secret', (_req, res) => sendText(neverCompressed(res), 'text/html; charset=utf-8', html));
app.get('/list', (_req, res) => res.json({ items: Array.from({ length: 400 }, (_, n) => n) }));
app.get('/long/:length', (req, res) =>
  sendText(res, 'text/plain; charset=utf-8', 'a'.repeat(Number(req.params.length))),
);
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => void server.close());
const ask = (path: string, accepts?: string, method = 'GET') => {
  const { port } = server.address() as AddressInfo;
  return onTheWire(port, path, accepts === undefined ? {} : { 'Accept-Encoding': accepts }, method);
};

test.each([
  [browsersAccept, 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP', 'gzip'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['gzip;q=0.5, br;q=0.5', 'br'],
  ['*', 'br'],
  ['*, br;q=0', 'gzip'],
  ['*;q=0, gzip', 'gzip'],
  ['identity;q=0, *', 'br'],
  ['identity, br;q=0.5', undefined],
  ['br;q=0, gzip;q=0', undefined],
  ['*;q=0', undefined],
  ['deflate, zstd', undefined],
  ['br;q=much', undefined],
  ['', undefined],
  [undefined, undefined],
])('whoever accepts "%s" gets %s', async (accepts, encoding) => {
  const page = await ask('/page', accepts);
  expect([page.status, page.headers['content-encoding']]).toEqual([200, encoding]);
  expect(Number(page.headers['content-length'])).toBe(page.body.length);
  expect(page.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-type': 'text/html; charset=utf-8' });
  expect(unpacked(page)).toBe(html);
  expect(page.body.length).toBeLessThan(encoding ? 200 : 1e6);
});

test.each([
  [1_023, 'gzip', undefined],
  [1_024, 'gzip', 'gzip'],
  [1_023, 'gzip, identity;q=0', 'gzip'],
  [0, 'gzip', undefined],
])('an answer of %p bytes to whoever accepts "%s" goes out as %p', async (length, accepts, encoding) => {
  const page = await ask(`/long/${length}`, accepts);
  expect([page.headers['content-encoding'], page.headers.vary]).toEqual([encoding, 'Accept-Encoding']);
  expect(unpacked(page)).toHaveLength(length);
});

test('JSON is compressed like a page', async () => {
  const list = await ask('/list', browsersAccept);
  expect(list.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/json; charset=utf-8',
  });
  expect((JSON.parse(unpacked(list)) as { items: number[] }).items).toHaveLength(400);
});

test('HEAD says what GET would, but not how long that would be once compressed', async () => {
  const [packed, plain] = [await ask('/page', 'br', 'HEAD'), await ask('/page', '', 'HEAD')];
  expect([packed.body.length, plain.body.length]).toEqual([0, 0]);
  expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['br', undefined]);
  expect(packed.headers).not.toHaveProperty('content-length');
  expect(packed.headers).not.toHaveProperty('transfer-encoding');
  expect(plain.headers['content-length']).toBe(String(Buffer.byteLength(html)));
});

test.each([browsersAccept, 'gzip', 'identity;q=0, *'])(
  'what holds a secret is never compressed, even for whoever accepts "%s"',
  async (accepts) => {
    const page = await ask('/secret', accepts);
    expect(page.headers).not.toHaveProperty('content-encoding');
    expect(page.headers['cache-control']).toBe('no-store, no-transform');
    expect(page.body.toString()).toBe(html);
  },
);

test('two hundred at once get the whole of it', async () => {
  const pages = await Promise.all(Array.from({ length: 200 }, () => ask('/page', browsersAccept)));
  expect(new Set(pages.map(unpacked))).toEqual(new Set([html]));
});
