import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { forgot, setPassword } from '../../support/recovering.ts';
import { holdingCode, holdingGrant, joinedYesterday } from '../../support/resetting.ts';
import { encodeForm, faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('with nothing begun, every step leads to the start', async () => {
  const ann = visitor(house);
  for (const path of ['/password/code', '/password/new'])
    expect((await ann.get(path)).redirectedTo).toBe('/password/forgot');
  expect((await ann.post('/password/code', { code: '123456' })).redirectedTo).toBe('/password/forgot');
  expect((await ann.post('/password/code/resend')).redirectedTo).toBe('/password/forgot');
  expect((await setPassword(ann)).redirectedTo).toBe('/password/forgot');
  expect((await ann.get('/password/code/status')).status).toBe(404);
  expect((await ann.get('/password/link/no-such-token')).redirectedTo).toBe('/password/forgot');
  expect((await ann.post('/password/link/no-such-token')).redirectedTo).toBe('/password/forgot');
});

test('nobody sets a password before the code is typed', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect((await setPassword(who)).redirectedTo).toBe('/password/forgot');
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
  // What waits is still there.
  expect((await who.get('/password/code')).status).toBe(200);
});

test('with the right code typed, the code page leads on', async () => {
  const { email } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  expect((await who.get('/password/code')).redirectedTo).toBe('/password/new');
  expect((await who.post('/password/code', { code: '123456' })).redirectedTo).toBe('/password/new');
});

test('whoever is signed in is led to the settings, where the password is changed', async () => {
  const ann = visitor(house);
  const { email } = await ann.signUp();
  for (const path of ['/password/forgot', '/password/code', '/password/code/status'])
    expect((await ann.get(path)).redirectedTo).toBe('/settings/password');
  expect((await forgot(ann, email)).redirectedTo).toBe('/settings/password');
  for (const path of ['/password/code', '/password/code/resend'])
    expect((await ann.post(path)).redirectedTo).toBe('/settings/password');
  const next = await ann.get('/password/new');
  expect((await ann.get(next.redirectedTo!)).redirectedTo).toBe('/settings/password');
});

test('an empty form and a form with too much in it are refused, and nothing begins', async () => {
  const ann = visitor(house);
  for (const identifier of ['', '   ']) {
    const page = await forgot(ann, identifier);
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({ identifier: 'Enter your username, email or mobile number.' });
  }
  expect((await ann.post('/password/forgot', { identifier: ['ann', 'ben'] })).status).toBe(400);
  expect((await ann.post('/password/forgot', { identifier: 'ann', password: 'x' })).status).toBe(400);
  expect((await ann.get('/password/code')).redirectedTo).toBe('/password/forgot');
});

test.each([
  ['/password/forgot', 'put', 'GET, HEAD, POST'],
  ['/password/code', 'put', 'GET, HEAD, POST'],
  ['/password/code/status', 'post', 'GET, HEAD'],
  ['/password/code/resend', 'get', 'POST'],
  ['/password/code/resend', 'head', 'POST'],
  ['/password/link/some-token', 'put', 'GET, HEAD, POST'],
  ['/password/new', 'put', 'GET, HEAD, POST'],
] as const)('%s does not answer %s', async (path, method, allow) => {
  const ann = visitor(house);
  const body = method === 'get' || method === 'head' ? undefined : encodeForm({ _csrf: await ann.token() });
  const page = await ann.send(method, path, body);
  expect([page.status, page.header('allow')]).toEqual([405, allow]);
});

test('without its token no form of the reset is carried out', async () => {
  const { username, email, password } = await joinedYesterday(house);
  const who = await holdingGrant(house, email, email);
  const forms = [
    ['/password/forgot', { identifier: email }],
    ['/password/new', { password: 'meadow-trumpet-94', passwordConfirmation: 'meadow-trumpet-94' }],
  ] as const;
  for (const [path, fields] of forms)
    expect((await who.send('post', path, encodeForm({ ...fields, _csrf: 'made-up' }))).status).toBe(403);
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
});
