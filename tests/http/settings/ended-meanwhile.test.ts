import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../../support/captured.ts';
import { right } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { copyOf, isIn } from '../../support/security.ts';
import { encodeMultipart, filePart, multipartType, picturesOf } from '../../support/uploading.ts';
import { visitor } from '../../support/visitor.ts';

/** Requests that are still under way when their session ends. */
const house = await houseOfThisFile();

test('whoever signs out while a new password is being written stays signed out', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  await ann.token();
  const slow = copyOf(house, ann);
  await slow.get('/settings/password');

  // The row is held, so that the change waits before its last step.
  const holder = new pg.Client(house.stores.databaseUrl);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM "User" WHERE "username" = $1 FOR UPDATE', [username]);
  const next = 'meadow-trumpet-93';
  const change = slow.post('/settings/password', {
    currentPassword: right,
    password: next,
    passwordConfirmation: next,
  });
  await eventually(async () => {
    const [waits] = await house.stores.sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE "wait_event_type" = 'Lock' AND "datname" = current_database()`,
    );
    return waits!.n > 0;
  }, 'the change at the lock');
  await ann.post('/logout');
  await holder.query('COMMIT');
  await holder.end();

  expect((await change).redirectedTo).toBe('/login');
  expect([await isIn(slow), await isIn(ann)]).toEqual([false, false]);
  expect((await visitor(house).signIn(email, next)).status).toBe(303);
});

test('a picture whose sender was signed out on its way is not kept', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const token = { name: '_csrf', content: await ann.token() };
  const body = encodeMultipart([
    token,
    filePart('photo', Buffer.alloc(100_000, 1)),
    { name: 'alt', content: '' },
  ]);
  await ann.get('/');
  const sending = request({
    port: (house.server.address() as AddressInfo).port,
    method: 'POST',
    path: '/settings/photos',
    headers: {
      Host: house.host,
      Cookie: [...ann.cookies].map((pair) => pair.join('=')).join('; '),
      'Content-Type': multipartType,
      'Content-Length': body.length,
    },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.write(body.subarray(0, 60_000));
  await pause(100);
  await ann.post('/logout');
  sending.end(body.subarray(60_000));
  const [answer] = await answered;
  answer.resume();
  expect([answer.statusCode, answer.headers.location]).toEqual([303, expect.stringMatching(/^\/login/)]);
  expect(await picturesOf(house, username)).toEqual([]);
});
