import { request } from 'node:http';
import { expect, test } from '@jest/globals';
import { houseOfThisFile, portOf, withAnother } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test.each([
  'evil.example',
  'chatlink.test.evil.example',
  'chatlink.test:8080',
  'sub.chatlink.test',
  'chatlink.test@evil.example',
  '127.0.0.1',
  'localhost',
  '',
])('a request for the host "%s" is not for us', async (host) => {
  const ann = visitor(house);
  ann.headers = { Host: host };
  const page = await ann.get('/');
  expect(page.status).toBe(421);
  expect(page.header('set-cookie')).toBeUndefined();
});

test.each([
  [['Host', 'chatlink.test'], 200],
  [['Host', 'chatlink.test', 'host', 'chatlink.test'], 400],
  [['Host', 'chatlink.test', 'HOST', 'evil.example'], 400],
  [['Host', 'evil.example', 'Host', 'chatlink.test'], 400],
])('%j: answered %i, since a proxy may go by another one than we', async (headers, status) => {
  const answered = await new Promise<number | undefined>((resolve, reject) => {
    request({ port: portOf(house), path: '/', headers }, (res) => resolve(res.resume().statusCode))
      .on('error', reject)
      .end();
  });
  expect(answered).toBe(status);
});

test('the host’s capital letters do not matter', async () => {
  const ann = visitor(house);
  ann.headers = { Host: 'ChatLink.TEST' };
  expect((await ann.get('/')).status).toBe(200);
});

test('no header names the site in a letter: links are made from PUBLIC_URL', async () => {
  const ann = visitor(house);
  ann.headers = {
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'host=evil.example',
    'X-Forwarded-Proto': 'ftp',
  };
  const { person } = await ann.startSignUp();
  const letter = await house.outbox.next(String(person.email));
  expect(letter.text).toContain('http://chatlink.test/sign-up/code');
  expect(JSON.stringify(letter)).not.toContain('evil');
  expect((await ann.get('/')).html).not.toContain('evil');
});

test('on a laptop 127.0.0.1 and localhost are the same place', async () => {
  await withAnother(house, { env: { PUBLIC_URL: 'http://localhost:3000' } }, async (laptop) => {
    const ann = visitor(laptop);
    for (const host of ['localhost:3000', '127.0.0.1:3000']) {
      ann.headers = { Host: host, Origin: `http://${host}` };
      expect((await ann.get('/login')).status).toBe(200);
      expect((await ann.signIn('nobody_here', 'wrong-password')).status).toBe(422);
    }
    ann.headers = { Host: 'localhost:4000' };
    expect((await ann.get('/')).status).toBe(421);
  });
});

test('health is answered under every name, since probes know none', async () => {
  const probe = visitor(house);
  probe.headers = { Host: '10.0.0.7' };
  expect((await probe.get('/health/live')).status).toBe(200);
  expect((await probe.get('/health/ready')).status).toBe(200);
});
