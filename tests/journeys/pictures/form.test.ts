import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { jpegOf } from '../../support/pictures.ts';
import {
  encodeMultipart,
  filePart,
  files,
  multipartType,
  pathOf,
  picturesOf,
  postParts,
  upload,
} from '../../support/uploading.ts';
import { encodeForm, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
const { username } = await ann.signUp();
const jpeg = await jpegOf();

async function nothingKept(): Promise<void> {
  expect(await picturesOf(house, username)).toEqual([]);
  expect(await files(house)).toEqual([]);
}
function alt(content: string) {
  return { name: 'alt', content };
}

test.each(['avatar', 'photo'] as const)('a form of %s without a file says so', async (kind) => {
  const unchosen = { name: kind, filename: '', type: 'application/octet-stream', content: '' };
  for (const parts of [[unchosen], []]) {
    const page = await postParts(ann, pathOf[kind], parts);
    expect([page.status, faultsIn(page.html)]).toEqual([422, { [kind]: 'Choose a picture.' }]);
  }
  // A form whose browser does not know about files sends the file's name.
  const page = await ann.post(pathOf[kind], { [kind]: 'holiday.jpg' });
  expect([page.status, faultsIn(page.html)]).toEqual([422, { [kind]: 'Choose a picture.' }]);
  await nothingKept();
});

test('two files are one too many', async () => {
  const page = await postParts(ann, '/settings/photos', [filePart('photo', jpeg), filePart('photo', jpeg)]);
  expect([page.status, faultsIn(page.html)]).toEqual([422, { photo: 'Please send one picture at a time.' }]);
  await nothingKept();
});

test.each([
  ['a file of another name', [filePart('avatar', jpeg)], 400],
  ['a second file of another name', [filePart('photo', jpeg), filePart('x', jpeg)], 400],
  ['a nested name', [filePart('photo[]', jpeg)], 400],
  ['a prototype', [filePart('__proto__', jpeg)], 400],
  ['a text that does not belong there', [filePart('photo', jpeg), { name: 'x', content: '1' }], 400],
  ['a text twice', [filePart('photo', jpeg), alt('a'), alt('b')], 400],
  ['a text of bad UTF-8', [filePart('photo', jpeg), { name: 'alt', content: Buffer.from([0xff]) }], 400],
  ['a NUL', [filePart('photo', jpeg), alt('a\0b')], 400],
  ['a text of 100 KB', [filePart('photo', jpeg), alt('a'.repeat(100_000))], 413],
  ['very many texts', Array.from({ length: 50 }, () => alt('a')), 413],
])('%s is refused with a sentence', async (_what, parts, status) => {
  const page = await postParts(ann, '/settings/photos', parts);
  expect(page.status).toBe(status);
  expect(textOf(page.html)).toMatch(/this (kind of )?form/i);
  await nothingKept();
});

test('a description of 200 characters is taken, one more is not, and comes back', async () => {
  const send = (text: string) => upload(ann, 'photo', Buffer.from('no picture'), { alt: text });
  expect(faultsIn((await send('ä'.repeat(200))).html)).not.toHaveProperty('alt');
  const page = await send('ä'.repeat(201));
  expect(faultsIn(page.html).alt).toContain('at most 200 characters');
  expect(page.html).toContain(`value="${'ä'.repeat(201)}"`);
  expect(faultsIn((await send('a\u202eb')).html).alt).toContain('reverses the direction');
});

test('without its token, with another or in another body a form is refused, and nothing kept', async () => {
  const body = (...parts: Parameters<typeof encodeMultipart>[0]) =>
    encodeMultipart([...parts, filePart('avatar', jpeg)]);
  const foreign = await visitor(house).token();
  const token = await ann.token();
  for (const tokens of [[], [''], [foreign], [token, token]]) {
    const parts = tokens.map((content) => ({ name: '_csrf', content }));
    const page = await ann.send('post', '/settings/avatar', body(...parts), multipartType);
    expect(page.status).toBe(403);
  }
  const asFile = { ...filePart('_csrf', Buffer.from(token)) };
  expect((await ann.send('post', '/settings/avatar', body(asFile), multipartType)).status).toBe(403);
  await nothingKept();
});

test('from another site it is refused before it is read', async () => {
  for (const [name, value] of [
    ['Sec-Fetch-Site', 'cross-site'],
    ['Origin', 'https://evil.example'],
  ] as const) {
    ann.headers = { [name]: value };
    expect((await upload(ann, 'avatar', jpeg)).status).toBe(403);
  }
  ann.headers = {};
  await nothingKept();
});

test('whoever is not signed in is led to sign in', async () => {
  const stranger = visitor(house);
  for (const path of Object.values(pathOf)) {
    const page = await stranger.send(
      'post',
      path,
      encodeMultipart([filePart('avatar', jpeg)]),
      multipartType,
    );
    expect([page.status, page.redirectedTo]).toEqual([
      303,
      `/login?next=${encodeURIComponent(path)}&why=signed-out`,
    ]);
  }
  for (const path of ['/settings/avatar', '/settings/photos', '/settings/pictures/status'])
    expect((await stranger.get(path)).redirectedTo).toBe(`/login?next=${encodeURIComponent(path)}`);
});

test.each([
  ['no boundary', 'multipart/form-data', 415],
  ['another kind of parts', 'multipart/mixed; boundary=x', 415],
  ['another boundary', 'multipart/form-data; boundary=x', 400],
  ['JSON', 'application/json', 403],
])('%s is refused', async (_what, type, status) => {
  const token = { name: '_csrf', content: await ann.token() };
  const body = encodeMultipart([token, filePart('avatar', jpeg)]);
  expect((await ann.send('post', '/settings/avatar', body, type)).status).toBe(status);
  await nothingKept();
});

test('no other form takes files', async () => {
  const body = encodeMultipart([{ name: '_csrf', content: await ann.token() }, filePart('bio', jpeg)]);
  for (const path of ['/settings/profile', '/settings/languages', '/logout'])
    expect((await ann.send('post', path, body, multipartType)).status).toBe(403);
});

/** Speaks HTTP by hand: answers what the server said, and how much of the body it let through until then. */
async function rawPost(
  headers: string,
  body: Iterable<Buffer>,
): Promise<{ status: number; text: string; sent: number }> {
  const socket = connect(portOf(house), '127.0.0.1');
  socket.on('error', () => {});
  let text = '';
  const answered = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (/<\/html>|Content-Length: 0|"}}/.test(text)) resolve();
    });
    socket.on('close', () => resolve());
  });
  let done = false;
  void answered.then(() => (done = true));
  socket.write(
    `POST /settings/avatar HTTP/1.1\r\nHost: ${house.host}\r\nX-Forwarded-For: ${ann.ip}\r\nAccept: text/html\r\n` +
      `Cookie: sid=${ann.cookies.get('sid')}\r\nContent-Type: ${multipartType}\r\n${headers}\r\n\r\n`,
  );
  let sent = 0;
  for (const chunk of body) {
    if (done || socket.destroyed) break;
    sent += chunk.length;
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => {}), answered]);
    await new Promise(setImmediate);
  }
  if (!done) socket.end();
  await answered;
  socket.destroy();
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text, sent };
}

const megabyte = Buffer.alloc(1024 * 1024, 'x');
/** 100 MB that are made as they are sent. */
const hundred = function* (chunked: boolean): Generator<Buffer> {
  for (let n = 0; n < 100; n++)
    yield chunked ? Buffer.concat([Buffer.from('100000\r\n'), megabyte, Buffer.from('\r\n')]) : megabyte;
};

test('100 MB that say so are refused before they are read', async () => {
  const { status, text, sent } = await rawPost(`Content-Length: ${100 * megabyte.length}`, hundred(false));
  expect(status).toBe(413);
  expect(text).toContain('larger than 10 MB');
  expect(sent).toBeLessThan(12 * megabyte.length);
});

test.each(['avatar', 'photo'] as const)('a %s of 11 MB is a mistake in the form', async (kind) => {
  const large = Buffer.concat([jpeg, Buffer.alloc(11 * megabyte.length)]);
  // superagent closes its connection by itself, and tells of that before it has unpacked an answer.
  ann.headers = { 'Accept-Encoding': 'identity' };
  const page = await upload(ann, kind, large, { alt: 'Two hats' });
  expect([page.status, faultsIn(page.html)]).toEqual([
    413,
    { [kind]: 'The picture is larger than 10 MB. Please choose a smaller one.' },
  ]);
  expect(page.html).toContain(`action="${pathOf[kind]}" method="post" enctype="multipart/form-data"`);
  ann.headers = { ...ann.headers, Accept: 'application/json' };
  const { errors } = JSON.parse((await upload(ann, kind, large)).html) as { errors: object[] };
  ann.headers = {};
  expect(errors).toEqual([{ name: kind, text: expect.stringContaining('larger than 10 MB') }]);
  await nothingKept();
});

test('100 MB that do not say so are refused when they are too many', async () => {
  const { status, text, sent } = await rawPost('Transfer-Encoding: chunked', hundred(true));
  expect(status).toBe(413);
  expect(text).toContain('larger than 10 MB');
  expect(sent).toBeLessThan(40 * megabyte.length);
  await nothingKept();
});

test('a length that lies is no upload', async () => {
  const token = { name: '_csrf', content: await ann.token() };
  const body = encodeMultipart([token, filePart('avatar', jpeg)]);
  const short = await rawPost(`Content-Length: ${body.length - 10}`, [body]);
  expect(short.status).toBe(400);
  await rawPost(`Content-Length: ${body.length + 10}`, [body]);
  await nothingKept();
});

test('a sender that goes away in the middle leaves nothing behind', async () => {
  const body = encodeMultipart([{ name: '_csrf', content: await ann.token() }, filePart('avatar', jpeg)]);
  const socket = connect(portOf(house), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /settings/avatar HTTP/1.1\r\nHost: ${house.host}\r\nCookie: sid=${ann.cookies.get('sid')}\r\n` +
      `Content-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.subarray(0, 300));
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.destroy();
  expect((await ann.get('/profile')).status).toBe(200);
  await nothingKept();
});

test('a page that asks for JSON, as its script does, hears where to go or what is wrong', async () => {
  const ben = visitor(house);
  await ben.signUp();
  await ben.token();
  ben.headers = { Accept: 'application/json' };
  const refused = await upload(ben, 'avatar', Buffer.from('no picture'));
  expect(refused.status).toBe(422);
  expect(JSON.parse(refused.html)).toEqual({
    errors: [{ name: 'avatar', text: expect.stringContaining("This file isn't a picture") }],
  });
  expect(JSON.parse((await upload(ben, 'avatar', jpeg)).html)).toEqual({ to: '/profile' });
});

test('only what is a form answers a form', async () => {
  for (const [path, leadsTo] of [
    ['/settings/avatar/remove', '/settings/avatar'],
    ['/settings/photos/x/remove', '/settings/photos'],
  ] as const) {
    const page = await ann.get(path);
    expect([page.status, page.redirectedTo]).toEqual([303, leadsTo]);
  }
  expect((await ann.send('put', '/settings/photos', encodeForm({ _csrf: await ann.token() }))).status).toBe(
    405,
  );
});
