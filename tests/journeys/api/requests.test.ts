import { beforeAll, describe, expect, test } from '@jest/globals';
import { routesOfApp } from '../../../src/web/routes.ts';
import { ApiClient } from '../../support/api.ts';
import { right } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { spoken } from '../../support/speaking.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const path = '/settings/languages';
const wanted = { nativeLanguage: ['de'], learningLanguages: ['es', 'ja'], levels: ['B1', ''] };

let ann: Visitor;
let username: string;
let api: ApiClient;
beforeAll(async () => {
  await house.empty();
  ann = visitor(house);
  ({ username } = await ann.signUp());
  api = new ApiClient(ann);
});

test('an answer is JSON that nobody keeps', async () => {
  const answer = await api.get(path);
  expect(answer.status).toBe(200);
  expect(answer.header('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.header('cache-control')).toBe('no-store');
  expect(answer.body).toEqual({
    languages: [
      { code: 'de', role: 'native', level: null },
      { code: 'es', role: 'learning', level: null },
      { code: 'ja', role: 'learning', level: null },
    ],
    shown: 'de/es.ja',
    nextFrom: null,
  });
});

test('of tokens that are asked for at once after signing in, each is good', async () => {
  const bea = visitor(house);
  await bea.signIn(username, right);
  const asked = await together(10, () => new ApiClient(bea).get('/session'));
  for (const { body } of asked) {
    const headers = { 'X-CSRF-Token': String(body.csrfToken) };
    const answer = await new ApiClient(bea).send('post', '/settings/avatar/remove', '{}', { headers });
    expect(answer.status).toBe(200);
  }
});

test('what a form sends, a program sends as JSON', async () => {
  expect((await api.post(path, wanted)).body).toEqual({ nextFrom: null });
  expect(await spoken(house, username)).toBe('de / es-B1 ja');
});

test('mistakes are told field by field', async () => {
  const answer = await api.post(path, { ...wanted, learningLanguages: ['es', 'xx'] });
  expect(answer.header('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.body).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'Some fields need another look.',
    reason: 'invalid',
    errors: [
      {
        field: 'learningLanguages',
        message: "Choose the languages you're learning from the list.",
        row: 1,
      },
    ],
    requestId: expect.any(String),
  });
});

describe('a body that is no form of ours is refused:', () => {
  test.each([
    ['no JSON', '{', 400],
    ['a list', '[]', 400],
    ['a text', '"de"', 400],
    ['nothing', 'null', 400],
    ['a number', '1', 400],
    ['an object in a field', '{"nativeLanguage":{"0":"de"}}', 400],
    ['an empty value', '{"nativeLanguage":null}', 400],
    ['a fraction', '{"shown":1.5}', 400],
    ['a list in a list', '{"nativeLanguage":[["de"]]}', 400],
    ['numbers in a list', '{"nativeLanguage":[1]}', 400],
    ['a list for a text', '{"shown":["de/es","de/es"]}', 400],
    ['a name too many', '{"userId":"1"}', 400],
    ['a name twice', '{"shown":"","nativeLanguage":["de"],"shown":"x"}', 400],
    ['a name twice, written otherwise', '{"shown":"","sh\\u006fwn":"x"}', 400],
    ['a prototype', '{"__proto__":{"nativeLanguage":["de"]}}', 400],
    ['a prototype as a text', '{"__proto__":"x"}', 400],
    ['a constructor', '{"constructor":"x"}', 400],
    ['NUL', '{"shown":"\\u0000"}', 400],
    ['half a pair', '{"shown":"\\ud800"}', 400],
    ['half a pair in a name', '{"\\ud800":"x"}', 400],
    ['deep lists', `{"shown":${'['.repeat(7_000)}${']'.repeat(7_000)}}`, 400],
    ['deep objects', `${'{"a":'.repeat(2_500)}1${'}'.repeat(2_500)}`, 400],
    ['too many fields', JSON.stringify({ nativeLanguage: Array(61).fill('de') }), 413],
    ['a megabyte', JSON.stringify({ shown: 'x'.repeat(1024 * 1024) }), 413],
  ])('%s', async (_what, body, status) => {
    const answer = await api.postRaw(path, body);
    expect([answer.status, answer.header('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*:\d+|node_modules|SyntaxError/);
    expect(await spoken(house, username)).toBe('de / es-B1 ja');
  });

  test('bad UTF-8', async () => {
    expect((await api.postRaw(path, Buffer.from('{"shown":"\xff"}', 'latin1'))).status).toBe(400);
  });

  test.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/jsonp',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
  ])('%s', async (type) => {
    expect((await api.postRaw(path, JSON.stringify(wanted), type)).status).toBe(415);
  });

  test('a compressed one', async () => {
    const headers = { 'X-CSRF-Token': await api.token(), 'Content-Encoding': 'gzip' };
    expect((await api.send('post', path, Buffer.from('{}'), { headers })).status).toBe(415);
  });
});

test('true is a ticked box, false an empty one, and a number what its digits say', async () => {
  expect((await api.post(path, { ...wanted, shown: true })).status).toBe(200);
  expect((await api.post(path, { ...wanted, shown: false })).status).toBe(200);
  expect((await api.post(path, { ...wanted, shown: 42 })).status).toBe(200);
});

describe('who may:', () => {
  test('nobody without a session, and nothing is redirected', async () => {
    for (const stranger of [new ApiClient(visitor(house))]) {
      for (const answer of [await stranger.get(path), await stranger.send('post', path, '{}')]) {
        expect([answer.status, answer.body.reason]).toEqual([401, 'signed-out']);
        expect(answer.header('www-authenticate')).toBe('Session');
        expect(answer.header('location')).toBeUndefined();
      }
      expect((await stranger.get('/session')).status).toBe(401);
    }
  });

  test('no form without its token, nor with another one', async () => {
    const bea = visitor(house);
    await bea.signUp();
    const hers = new ApiClient(bea);
    const body = JSON.stringify(wanted);
    const fresh = await hers.send('post', path, body);
    expect([fresh.status, fresh.body.reason]).toEqual([403, 'csrf']);
    await hers.token();
    for (const headers of [{}, { 'X-CSRF-Token': 'x' }, { 'X-CSRF-Token': await api.token() }]) {
      const answer = await hers.send('post', path, body, { headers });
      expect([answer.status, answer.body.reason]).toEqual([403, 'csrf']);
    }
    const inBody = JSON.stringify({ ...wanted, _csrf: await hers.token() });
    expect((await hers.send('post', path, inBody)).status).toBe(403);
  });

  test.each([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ])('no other site: %j', async (headers) => {
    const sent = { 'X-CSRF-Token': await api.token(), ...headers } as Record<string, string>;
    const answer = await api.send('post', path, JSON.stringify(wanted), { headers: sent });
    expect([answer.status, answer.header('content-type')]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
    ]);
  });

  test('a session of before a new password ends', async () => {
    const bea = visitor(house);
    const person = await bea.signUp();
    const hers = new ApiClient(bea);
    const token = await hers.token();
    await house.stores.sql('UPDATE "User" SET "securityVersion" = 1 WHERE "username" = $1', [
      person.username,
    ]);
    const headers = { 'X-CSRF-Token': token };
    expect((await hers.send('post', path, JSON.stringify(wanted), { headers })).status).toBe(401);
    await house.stores.sql('UPDATE "User" SET "securityVersion" = 0 WHERE "username" = $1', [
      person.username,
    ]);
    expect((await hers.get(path)).status).toBe(401);
    expect(await spoken(house, person.username)).toBe('de / es ja');
  });
});

describe('addresses:', () => {
  test('what is not there is a problem', async () => {
    for (const where of ['', '/', '/nothing', '/settings', '/settings/password', '/dev/outbox']) {
      const answer = await api.get(where);
      expect([where, answer.status, answer.body.status]).toEqual([where, 404, 404]);
    }
  });

  test('what takes another method says which', async () => {
    const put = await api.send('put', path, '{}');
    expect([put.status, put.header('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const post = await api.post('/session');
    expect([post.status, post.header('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('a read takes no field that it does not know', async () => {
    expect((await api.get(`${path}?userId=1`)).status).toBe(400);
    expect((await api.get(`${path}?%ff`)).status).toBe(400);
  });

  test('every one is listed with its guard', () => {
    const listed = routesOfApp(house.house.app).filter((route) => route.path.startsWith('/api/'));
    expect(listed.length).toBeGreaterThan(2);
    expect(listed.filter(({ access }) => access !== 'member')).toEqual([]);
  });
});
