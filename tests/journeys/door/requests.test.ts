import { beforeAll, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { type TestHouse, houseOfThisFile, portOf, withAnother } from '../../support/house.ts';
import { joining, peopleCalled, sessionsOf, typeCode } from '../../support/joining.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { BOUNDARY, encodeMultipart, multipartType, pathOf } from '../../support/uploading.ts';
import { encodeForm, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('methods', () => {
  beforeAll(() => house.empty());

  test.each([
    ['/', 'post', 'GET, HEAD'],
    ['/', 'put', 'GET, HEAD'],
    ['/sign-up', 'put', 'GET, HEAD, POST'],
    ['/sign-up/code', 'put', 'GET, HEAD, POST'],
    ['/sign-up/code/status', 'post', 'GET, HEAD'],
    ['/login', 'put', 'GET, HEAD, POST'],
    ['/profile', 'post', 'GET, HEAD'],
    ['/people/somebody', 'put', 'GET, HEAD'],
    ['/logout', 'put', 'POST'],
    ['/sign-up/cancel', 'put', 'POST'],
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
});

describe('hosts', () => {
  beforeAll(() => house.empty());

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

  test('no header names the site in an email: links are made from PUBLIC_URL', async () => {
    const ann = visitor(house);
    ann.headers = {
      'X-Forwarded-Host': 'evil.example',
      Forwarded: 'host=evil.example',
      'X-Forwarded-Proto': 'ftp',
    };
    const { person } = await ann.startSignUp();
    const mail = await house.outbox.next(String(person.email));
    expect(mail.text).toContain('http://chatlink.test/sign-up/code');
    expect(JSON.stringify(mail)).not.toContain('evil');
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
});

describe('steps', () => {
  beforeAll(() => house.empty());

  test('with nothing pending, every step of the code leads to the form', async () => {
    const ann = visitor(house);
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up?why=elsewhere');
    expect((await ann.post('/sign-up/code', { code: '123456' })).redirectedTo).toBe('/sign-up');
    expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
    expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
    expect((await ann.get('/sign-up/code/status')).status).toBe(404);
  });

  test('signed in, every step of joining and signing in leads to where members start', async () => {
    const ann = visitor(house);
    const { username, password } = await ann.signUp();
    for (const path of ['/', '/sign-up', '/login'])
      expect((await ann.get(path)).redirectedTo).toBe('/people');
    for (const path of ['/sign-up', '/sign-up/cancel'])
      expect((await ann.post(path)).redirectedTo).toBe('/people');
    // The last form of joining, pressed twice, leads to where the first press did.
    const code = async () =>
      Promise.all([
        ann.get('/sign-up/code'),
        ann.post('/sign-up/code', { code: '123456' }),
        ann.post('/sign-up/code/resend'),
      ]).then((pages) => pages.map(({ redirectedTo }) => redirectedTo));
    expect(await code()).toEqual(['/welcome', '/welcome', '/welcome']);
    for (const step of ['picture', 'words', 'levels']) await ann.post('/welcome/skip', { step });
    await ann.get('/welcome');
    expect(await code()).toEqual(['/people', '/people', '/people']);
    expect((await ann.signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('a visitor is asked to sign in, and told where it goes on', async () => {
    const ann = visitor(house);
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await ann.get('/people/bob?x=1')).redirectedTo).toBe('/login?next=%2Fpeople%2Fbob%3Fx%3D1');
  });

  test('after signing out nothing protected is shown, and no copy of it is kept', async () => {
    const ann = visitor(house);
    await ann.signUp();
    expect((await ann.get('/profile')).header('cache-control')).toBe('no-store');
    await ann.post('/logout');
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
    expect((await ann.post('/logout')).redirectedTo).toBe('/login');
  });

  test('a pending sign-up does not stand in the way of signing in', async () => {
    const { username, password } = await visitor(house).signUp();
    const { ann } = await joining(house);
    expect((await ann.signIn(username, password)).redirectedTo).toBe('/people');
    await ann.post('/logout');
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  });
});

describe('cross site', () => {
  beforeAll(() => house.empty());

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
    for (const fields of [
      {},
      { _csrf: '' },
      { _csrf: 'x' },
      { _csrf: foreign },
      { _csrf: [foreign, foreign] },
    ])
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
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
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
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
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
});

describe('proxies', () => {
  beforeAll(() => house.empty());

  let names = 0;
  /**
   * Thirty-one failed sign-ins under these forwarded addresses: the last is refused only if they count as one client.
   */
  const failuresUnder = async (at: TestHouse, forwarded: (n: number) => string) =>
    statuses(
      await repeatedly(31, (n) =>
        visitor(at, { ip: forwarded(n) }).signIn(`someone_${++names}`, 'wrong-password'),
      ),
    );
  const one = { 422: 30, 429: 1 };
  const many = { 422: 31 };

  test('behind one proxy, the address it saw counts, not what a client wrote before it', async () => {
    expect(await failuresUnder(house, (n) => `198.51.100.${n}`)).toEqual(many);
    expect(await failuresUnder(house, (n) => `198.51.100.${n}, 203.0.113.99`)).toEqual(one);
  });

  test('without proxies the header is ignored', async () => {
    await withAnother(house, { env: { TRUSTED_PROXY_HOPS: '0' } }, async (bare) => {
      expect(await failuresUnder(bare, (n) => `198.51.101.${n}`)).toEqual(one);
    });
  });

  test('behind two proxies the last but one counts', async () => {
    await withAnother(house, { env: { TRUSTED_PROXY_HOPS: '2' } }, async (deep) => {
      expect(await failuresUnder(deep, (n) => `203.0.113.98, 198.51.102.${n}`)).toEqual(one);
      expect(await failuresUnder(deep, (n) => `198.51.103.${n}, 203.0.113.97`)).toEqual(many);
    });
  });
});

describe('front door', () => {
  beforeAll(() => house.empty());

  describe('what the browser says of where a form comes from', () => {
    const sent = async (headers: Record<string, string>) => {
      const { ann, person, code } = await joining(house);
      ann.headers = headers;
      const page = await typeCode(ann, code);
      return { page, people: await peopleCalled(house, person.username) };
    };

    test.each<Record<string, string>>([
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://chatlink.test:80' },
      { Origin: 'http://chatlink.test.' },
    ])('%j is ours', async (headers) => {
      const { page, people } = await sent(headers);
      expect([page.redirectedTo, people]).toEqual(['/welcome', 1]);
    });

    test.each<Record<string, string>>([
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'none', Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: '' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'NULL' },
    ])('%j is not', async (headers) => {
      const { page, people } = await sent(headers);
      expect([page.status, people]).toEqual([403, 0]);
    });

    test('a token is wanted all the same', async () => {
      const ann = visitor(house);
      await ann.token();
      ann.headers = { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' };
      expect((await ann.send('post', '/login', encodeForm({ _csrf: 'x' }))).status).toBe(403);
    });
  });

  test.each(['chatlink.test:80', 'chatlink.test.', 'CHATLINK.TEST.:80', 'chatlink.test:'])(
    'the host %s is ours, and messages link to the one name',
    async (host) => {
      const ann = visitor({ ...house, host });
      const { email } = await ann.join();
      expect(house.outbox.to(email)[0]!.text).toContain('http://chatlink.test/');
    },
  );

  test.each(['chatlink.test:443', 'chatlink.test..', 'chatlink.test.evil.example', 'chatlink.test:80:80'])(
    'the host %s is not',
    async (host) => {
      expect((await visitor({ ...house, host }).get('/')).status).toBe(421);
    },
  );

  describe('a form in another charset', () => {
    test.each(['iso-8859-1', 'utf-7', '"windows-1252"', 'utf-16'])(
      '%s is not guessed at',
      async (charset) => {
        const ann = visitor(house);
        const form = encodeForm({ _csrf: await ann.token(), identifier: 'ann', password: 'wrong-password' });
        const type = 'application/x-www-form-urlencoded';
        expect((await ann.send('post', '/login', form, `${type}; charset=${charset}`)).status).toBe(415);
        expect((await ann.send('post', '/login', form, `${type}; charset=UTF-8`)).status).toBe(422);
      },
    );

    test('nor is a part of a form with a file', async () => {
      const ann = visitor(house);
      await ann.signUp();
      const body = encodeMultipart([
        { name: '_csrf', content: await ann.token(), type: 'text/plain; charset=utf-7' },
      ]);
      expect((await ann.send('post', pathOf.avatar, body, multipartType)).status).toBe(415);
      const type = `multipart/form-data; charset=utf-7; boundary=${BOUNDARY}`;
      expect((await ann.send('post', pathOf.avatar, body, type)).status).toBe(415);
    });
  });
});
