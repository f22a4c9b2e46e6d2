import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { routesOf } from '../../support/member-routes.ts';
import { encodeForm, newPerson, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** A browser that keeps no cookie: every request comes without one. */
async function withoutCookies(path: string, fields: Record<string, string | string[]>) {
  const page = await visitor(house).get(path);
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const ann = visitor(house);
  ann.headers = { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://chatlink.test' };
  return ann.send('post', path, encodeForm({ _csrf, ...fields }));
}

test.each([
  ['/login', { identifier: 'ann', password: 'lantern-tandem-42' }],
  ['/sign-up', newPerson()],
  ['/password/forgot', { identifier: 'ann@example.com' }],
] as const)('with cookies blocked, %s says that they are needed', async (path, fields) => {
  const page = await withoutCookies(path, fields as Record<string, string | string[]>);
  expect(page.status).toBe(403);
  expect(textOf(page.html)).toContain('ChatLink needs cookies');
  expect(page.html).not.toContain('was open for too long');
});

test('an old page of somebody who has cookies is not called that', async () => {
  const ann = visitor(house);
  await ann.get('/login');
  const page = await ann.send('post', '/sign-up/cancel', encodeForm({ _csrf: 'of-another-session' }));
  expect(page.status).toBe(403);
  expect(page.html).not.toContain('needs cookies');
});

test('password managers find the page where a password is changed', async () => {
  const ann = visitor(house);
  expect((await ann.get('/.well-known/change-password')).redirectedTo).toBe('/settings/password');
  await ann.signUp();
  const answer = await ann.get('/.well-known/change-password');
  expect([answer.status, answer.redirectedTo]).toEqual([303, '/settings/password']);
  expect((await ann.get('/settings/password')).status).toBe(200);
});

test('robots.txt forbids nothing, so that crawlers read what must not be listed', async () => {
  const page = await visitor(house).get('/robots.txt');
  expect([page.status, page.header('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  expect(page.html).toBe('User-agent: *\nDisallow:\n');
});

test('no address that may hold a name or a token is listed, whatever it answers', async () => {
  const named = routesOf(house).flatMap((route) => (/^GET .*:\w/.test(route) ? [route.slice(4)] : []));
  expect(named).toContain('/people/:username');
  const paths = [
    ...named.map((path) => path.replaceAll(/:\w+/g, 'lucia')),
    '/people/lucia/nothing',
    '/login?next=%2Fpeople%2Flucia',
    '/sign-up?next=%2Fpeople%2Flucia',
    '/no-such-page',
    '/profile',
  ];
  const ann = visitor(house);
  for (const path of paths)
    expect([path, (await ann.get(path)).header('x-robots-tag')]).toEqual([path, 'noindex']);
  await ann.signUp();
  expect((await ann.get('/people/lucia')).header('x-robots-tag')).toBe('noindex');
});

test.each(['/', '/login', '/sign-up', '/safety', '/rules', '/help', '/about', '/privacy', '/terms'])(
  '%s may be listed',
  async (path) => {
    expect((await visitor(house).get(path)).header('x-robots-tag')).toBeUndefined();
  },
);

test('who joined in an answer that got lost is told so, and led to sign in', async () => {
  const { ann, person, code } = await joining(house);
  // The answer never came: the browser still has the session of before, which still waits for its code.
  const key = `sess:${decodeURIComponent(ann.sessionCookie!).slice(2).split('.')[0]}`;
  const before = (await house.stores.redis.get(key))!;
  const cookies = new Map(ann.cookies);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  await house.stores.redis.set(key, before, 'EX', 600);

  for (const press of ['type', 'read', 'resend'] as const) {
    const again = visitor(house);
    for (const [name, value] of cookies) again.cookies.set(name, value);
    await house.stores.redis.set(key, before, 'EX', 600);
    const token = JSON.parse(before) as { csrfSecret?: string };
    expect(token.csrfSecret).toBeDefined();
    const page =
      press === 'read'
        ? await again.get('/sign-up/code')
        : press === 'type'
          ? await typeCode(again, code)
          : await again.post('/sign-up/code/resend');
    expect([press, page.redirectedTo]).toEqual([press, '/login']);
    const door = await again.get('/login');
    expect(textOf(door.html)).toContain(`Your account is ready, ${String(person.username)}.`);
    expect(door.html).toContain(`value="${String(person.username)}"`);
    expect((await again.signIn(String(person.username), String(person.password))).redirectedTo).toBe(
      '/people',
    );
  }
});

test('whose sign-up was ended, or whose name somebody else has meanwhile, is not told that', async () => {
  const { ann, person, code } = await joining(house);
  const key = `sess:${decodeURIComponent(ann.sessionCookie!).slice(2).split('.')[0]}`;
  const before = (await house.stores.redis.get(key))!;
  await ann.post('/sign-up/cancel');
  await visitor(house).signUp({ username: person.username });
  await house.stores.redis.set(key, before, 'EX', 600);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
});

test('the country of a number is guessed from the browser’s languages, and never over a choice', async () => {
  const guessed = async (languages: string): Promise<string | undefined> => {
    const ann = visitor(house);
    ann.headers = { 'Accept-Language': languages };
    const list = /id="mobileCountry"[\s\S]*?<\/select>/.exec((await ann.get('/sign-up')).html)?.[0];
    return /value="(\w+)" selected/.exec(list ?? '')?.[1];
  };
  expect(await guessed('de-AT,de;q=0.9,en-US;q=0.8')).toBe('AT');
  expect(await guessed('en-US,en;q=0.9,fr-CH;q=0.8')).toBe('CH');
  expect(await guessed('en-US,en;q=0.9')).toBe('US');
  expect(await guessed('zh-Hant-TW')).toBe('TW');
  for (const none of ['de', '*', 'es-419', 'en-AQ', 'x', '']) expect(await guessed(none)).toBeUndefined();

  const ann = visitor(house);
  ann.headers = { 'Accept-Language': 'de-AT' };
  const { page } = await ann.startSignUp({ email: 'ann@', mobileCountry: '' });
  expect(/id="mobileCountry"[\s\S]*?<\/select>/.exec(page.html)?.[0]).not.toContain('selected');
});
