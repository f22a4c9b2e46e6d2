import { beforeAll, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { picturePolicy } from '../../../src/features/pictures/policy.ts';
import { type Answer, ApiClient } from '../../support/api.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import {
  encodeMultipart,
  files,
  filePart,
  type FormPart,
  multipartType,
  picturesOf,
  settled,
} from '../../support/uploading.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

let jpeg: Buffer;
let ann: Visitor;
let username: string;
let api: ApiClient;
beforeAll(async () => {
  await house.empty();
  jpeg = await jpegOf();
  ann = visitor(house);
  ({ username } = await ann.signUp());
  api = new ApiClient(ann);
});

function send(parts: readonly FormPart[], path = '/settings/photos', client = api): Promise<Answer> {
  return client.postRaw(path, encodeMultipart(parts), multipartType);
}
async function nothingKept(): Promise<void> {
  expect(await picturesOf(house, username)).toEqual([]);
  expect(await files(house)).toEqual([]);
}

test.each<[string, FormPart[], number, object]>([
  [
    'no file',
    [{ name: 'alt', content: 'x' }],
    422,
    { reason: 'invalid', errors: [{ field: 'photo', message: 'Choose a picture.' }] },
  ],
  [
    'two files',
    [filePart('photo', Buffer.from('a')), filePart('photo', Buffer.from('b'))],
    422,
    { errors: [{ field: 'photo', message: 'Please send one picture at a time.' }] },
  ],
  [
    'a file that is none',
    [filePart('photo', Buffer.from('no picture'))],
    422,
    { reason: 'unusable', detail: expect.stringContaining("isn't a picture") },
  ],
  ['a file of another name', [filePart('avatar', Buffer.from('x'))], 400, {}],
  ['a name too many', [filePart('photo', Buffer.from('x')), { name: 'userId', content: '1' }], 400, {}],
  ['a text of 100 KB', [{ name: 'alt', content: 'x'.repeat(100_000) }], 413, {}],
  [
    'a file of 11 MB',
    [filePart('photo', Buffer.alloc(11 * 1024 * 1024))],
    413,
    { detail: expect.stringContaining('larger than 10 MB') },
  ],
])('%s is a problem, and nothing kept', async (_what, parts, status, body) => {
  const answer = await send(parts);
  expect(answer.header('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toMatchObject({ status, ...body });
  await nothingKept();
});

test('bodies that are no form of ours are problems', async () => {
  const whole = encodeMultipart([filePart('photo', jpeg)]);
  for (const [body, type, status] of [
    [whole, 'multipart/form-data', 415],
    [whole, 'multipart/mixed; boundary=x', 415],
    [whole, 'multipart/form-data; boundary=x', 400],
    [whole.subarray(0, -20), multipartType, 400],
    [whole, 'image/jpeg', 415],
    [jpeg, 'application/json', 400],
    ['{}', 'application/json', 422],
    ['{"photo":"holiday.jpg"}', 'application/json', 422],
  ] as const) {
    const answer = await api.postRaw('/settings/photos', body as Buffer, type);
    expect([type, answer.status, answer.body.status]).toEqual([type, status, status]);
  }
  await nothingKept();
});

test('without a session or its token nothing is read', async () => {
  const body = encodeMultipart([{ name: '_csrf', content: await ann.token() }, filePart('photo', jpeg)]);
  const stranger = new ApiClient(visitor(house));
  const answers = [
    await stranger.send('post', '/settings/photos', body, { type: multipartType }),
    await api.send('post', '/settings/photos', body, { type: multipartType }),
  ];
  expect(answers.map((answer) => [answer.status, answer.body.reason])).toEqual([
    [401, 'signed-out'],
    [403, 'csrf'],
  ]);
  await nothingKept();
});

test('who signs out while a file is on its way is told so', async () => {
  const bea = visitor(house);
  const { username: hers } = await bea.signUp();
  const token = await new ApiClient(bea).token();
  const body = encodeMultipart([filePart('photo', jpeg)]);
  const socket = connect(portOf(house), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  socket.write(
    `POST /api/v1/settings/photos HTTP/1.1\r\nHost: ${house.host}\r\nX-Forwarded-For: ${bea.ip}\r\nConnection: close\r\n` +
      `Cookie: sid=${bea.cookies.get('sid')}\r\nX-CSRF-Token: ${token}\r\nContent-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.subarray(0, 300));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await bea.post('/logout');
  socket.write(body.subarray(300));
  await eventually(() => heard.includes('requestId'), 'the answer');
  socket.destroy();
  expect(heard).toMatch(/^HTTP\/1.1 401 /);
  expect(heard).toContain('"reason":"signed-out"');
  expect(await picturesOf(house, hers)).toEqual([]);
});

test('a photo and an avatar are taken as pages take them', async () => {
  const photo = await send([filePart('photo', jpeg), { name: 'alt', content: 'Two hats' }]);
  const avatar = await send([filePart('avatar', jpeg)], '/settings/avatar');
  expect([photo.status, avatar.status]).toEqual([200, 200]);
  const kept = new Map((await settled(house, username)).map((picture) => [picture.kind, picture]));
  expect(kept.get('photo')).toMatchObject({ id: photo.body.id, state: 'ready', alt: 'Two hats' });
  expect(kept.get('avatar')).toMatchObject({ id: avatar.body.id, state: 'ready' });
});

test('there is room for so many photos, and fifty at once find no more', async () => {
  const carl = visitor(house);
  await carl.signUp();
  const his = new ApiClient(carl);
  await his.token();
  const answers = await together(50, () => send([filePart('photo', jpeg)], '/settings/photos', his));
  const taken = answers.filter(({ status }) => status === 200);
  expect(taken).toHaveLength(picturePolicy.photosMax);
  for (const { status, body } of answers.filter((answer) => !taken.includes(answer)))
    expect([status, body.reason]).toEqual([422, 'full']);
});

test('page and program have one count', async () => {
  let last = await send([]);
  for (let n = 0; n < 60 && last.status !== 429; n++) last = await send([]);
  expect(last.body).toMatchObject({ status: 429, detail: expect.stringContaining('a lot of pictures') });
  expect(last.body.retryInMs).toBeGreaterThan(0);
  expect((await ann.post('/settings/avatar')).status).toBe(429);
});
