import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, peopleCalled, sessionsOf, typeCode } from '../../support/joining.ts';
import { encodeForm, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const posts = [
  '/sign-up',
  '/sign-up/code',
  '/sign-up/code/resend',
  '/sign-up/cancel',
  '/login',
  '/logout',
  '/nothing-here',
];

test.each(posts)('a form sent to %s without its token, or with another, is refused', async (path) => {
  const ann = visitor(house);
  const foreign = await visitor(house).token();
  await ann.token();
  for (const fields of [{}, { _csrf: '' }, { _csrf: 'x' }, { _csrf: foreign }, { _csrf: [foreign, foreign] }])
    expect((await ann.send('post', path, encodeForm(fields))).status).toBe(403);
});

test('a token twice is no token, and none is read from the address or a header', async () => {
  const ann = visitor(house);
  const token = await ann.token();
  expect((await ann.send('post', '/login', encodeForm({ _csrf: [token, token] }))).status).toBe(403);
  expect((await ann.send('post', `/login?_csrf=${encodeURIComponent(token)}`, '')).status).toBe(403);
  ann.headers = { 'X-CSRF-Token': token, 'CSRF-Token': token };
  expect((await ann.send('post', '/login', '')).status).toBe(403);
  ann.headers = {};
  expect((await ann.post('/login')).status).toBe(422);
});

test.each([
  ['Sec-Fetch-Site', 'cross-site'],
  ['Sec-Fetch-Site', 'same-site'],
  ['Sec-Fetch-Site', 'surprise'],
  ['Origin', 'https://evil.example'],
  ['Origin', 'https://chatlink.test'],
  ['Origin', 'http://sub.chatlink.test'],
  ['Origin', 'http://chatlink.test:8080'],
  ['Origin', 'http://chatlink.test.evil.example'],
  ['Origin', 'null'],
])('with %s: %s a form is refused, even with the right token', async (name, value) => {
  const { ann, person, code } = await joining(house);
  ann.headers = { [name]: value };
  const page = await typeCode(ann, code);
  expect(page.status).toBe(403);
  expect(page.html).toContain('This request came from another site');
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test.each([
  { 'Sec-Fetch-Site': 'same-origin' },
  { 'Sec-Fetch-Site': 'none' },
  { Origin: 'http://chatlink.test' },
  { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://chatlink.test' },
])('a form of our own pages passes with %j', async (headers) => {
  const { ann, code } = await joining(house);
  ann.headers = headers as unknown as Record<string, string>;
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('a link on another site may lead here: reading needs no leave', async () => {
  const ann = visitor(house);
  ann.headers = { 'Sec-Fetch-Site': 'cross-site' };
  expect((await ann.get('/')).status).toBe(200);
  expect((await ann.get('/login')).status).toBe(200);
});

test('nobody can be signed out, joined or made to wait by an address alone', async () => {
  const { ann, code } = await joining(house);
  await ann.get(`/sign-up/code?code=${code}`);
  await ann.get('/sign-up/code/resend');
  await ann.get('/sign-up/cancel');
  await ann.get(`/sign-up?${encodeForm(newPerson())}`);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
  await ann.get('/logout');
  expect((await ann.get('/profile')).status).toBe(200);
});

test('reading changes nothing in the database', async () => {
  const ann = visitor(house);
  await ann.startSignUp();
  const rows = async () =>
    JSON.stringify(
      await house.stores.sql(
        'SELECT "id", "attempts", "sends", "consumedAt" FROM "RegistrationOtp" ORDER BY "id"',
      ),
    );
  const before = await rows();
  const sessions = (await sessionsOf(house)).size;
  for (const path of ['/', '/sign-up', '/sign-up/code', '/sign-up/code/status', '/login', '/profile'])
    for (const method of ['get', 'head'] as const) await ann.send(method, path);
  expect(await rows()).toBe(before);
  expect((await sessionsOf(house)).size).toBe(sessions);
});
