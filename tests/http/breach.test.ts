import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createBreachCheck } from '../../src/platform/breach.ts';
import { createLog } from '../../src/platform/log.ts';

const leaked = 'lantern-tandem-42';
const digest = createHash('sha1').update(leaked).digest('hex').toUpperCase();

let server: Server;
let asked: string[] = [];
let answer = { status: 200, body: '' };
const logged: string[] = [];
let isBreached: (password: string) => Promise<boolean>;

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(`${req.url} ${String(req.headers['add-padding'])}`);
    res.writeHead(answer.status).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const log = createLog('info', { write: (line) => void logged.push(line) });
  isBreached = createBreachCheck(log, `http://127.0.0.1:${port}`);
});
beforeEach(() => {
  asked = [];
  logged.length = 0;
});
afterAll(() => {
  server.close();
});

test('a leaked password is known, and only five digits of its hash left the house', async () => {
  answer = { status: 200, body: `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${digest.slice(5)}:3861\r\n` };
  expect(await isBreached(leaked)).toBe(true);
  expect(asked).toEqual([`/range/${digest.slice(0, 5)} true`]);
});

test('another password, and a padding line with a count of nought, are not', async () => {
  answer = { status: 200, body: `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${digest.slice(5)}:0` };
  expect(await isBreached(leaked)).toBe(false);
  expect(await isBreached('something-else-42')).toBe(false);
});

test('when the range cannot be asked the door stays open, with a log line and without the password', async () => {
  answer = { status: 500, body: '' };
  expect(await isBreached(leaked)).toBe(false);
  expect(logged.join()).toContain('breach check was skipped');
  expect(logged.join()).not.toContain(leaked);
});
