import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test.each([
  ['/sign-up/code/resend', 'POST'],
  ['/sign-up/cancel', 'POST'],
  ['/logout', 'POST'],
])('%s is not for reading', async (path, allow) => {
  for (const method of ['get', 'head'] as const) {
    const page = await visitor(house).send(method, path);
    expect([page.status, page.header('allow')]).toEqual([405, allow]);
  }
});

test.each([
  ['/', 'post', 'GET, HEAD'],
  ['/', 'put', 'GET, HEAD'],
  ['/sign-up', 'put', 'GET, HEAD, POST'],
  ['/sign-up/code', 'put', 'GET, HEAD, POST'],
  ['/sign-up/code/status', 'post', 'GET, HEAD'],
  ['/login', 'put', 'GET, HEAD, POST'],
  ['/profile', 'post', 'GET, HEAD'],
  ['/people/somebody', 'put', 'GET, HEAD'],
  ['/dev/outbox', 'post', 'GET, HEAD'],
  ['/dev/outbox.json', 'post', 'GET, HEAD'],
] as const)('%s does not answer %s', async (path, method, allow) => {
  const ann = visitor(house);
  const page = await ann.send(method, path, encodeForm({ _csrf: await ann.token() }));
  expect([page.status, page.header('allow')]).toEqual([405, allow]);
});

test('HEAD answers what GET would, without a body', async () => {
  for (const path of ['/', '/login', '/sign-up']) {
    const page = await visitor(house).send('head', path);
    expect([page.status, page.html]).toEqual([200, '']);
  }
});
