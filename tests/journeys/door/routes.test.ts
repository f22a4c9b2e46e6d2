import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { routesOfApp } from '../../../src/web/routes.ts';
import { sitePathsOf } from '../../../src/web/session/site-paths.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const routes = routesOfApp(house.house.app);
const named = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

test('every route of signed-in people is behind their guard, and nothing else is', () => {
  const known = memberRoutes({ username: 'ann_lee', handle: 'x'.repeat(22) }).map(
    ({ method, route }) => `${method.toUpperCase()} ${route}`,
  );
  const guarded = routes.filter(({ access, path }) => access === 'member' && !path.startsWith('/api/'));
  expect(guarded.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(known.toSorted());
});

test('every route is registered once', () => {
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  expect(names.filter((name, n) => names.indexOf(name) < n)).toEqual([]);
});

test('what the guards declare is what visitors and members meet', async () => {
  const [ann, bea] = [visitor(house), visitor(house)];
  await bea.signUp();
  for (const { method, path, access } of routes) {
    if (method !== 'GET' || path.includes(':')) continue;
    const [asVisitor, asMember] = [await ann.get(path), await bea.get(path)];
    const toSignIn = path.startsWith('/api/')
      ? asVisitor.status === 401
      : (asVisitor.redirectedTo?.startsWith('/login?next=') ?? false);
    expect([path, toSignIn]).toEqual([path, access === 'member']);
    if (access !== 'visitor') continue;
    expect([path, asMember.status]).toEqual([path, 303]);
  }
});

test('every feature that has pages has routes, and every route a feature', () => {
  const sources = readdirSync('src/features', { recursive: true, encoding: 'utf8' });
  const withPages = sources
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /\bRouter\(\)/.test(readFileSync(join('src/features', name), 'utf8')))
    .map((name) => name.split('/')[0]!);
  expect(withPages.length).toBeGreaterThan(5);
  expect(new Set(routes.map(({ feature }) => feature))).toEqual(
    new Set([...withPages, 'health', 'api', 'media']),
  );
});

test('every form of signed-in people, staff among them, is declared with the page that it stands on', () => {
  const { formPage } = sitePathsOf(house.house);
  const filled = (path: string) => path.replaceAll(/:\w+/g, 'x');
  const pages = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => filled(path)));
  for (const { method, path, access } of routes) {
    if (method !== 'POST' || path.startsWith('/api/')) continue;
    const page = formPage(filled(path));
    expect([path, page !== null]).toEqual([path, access === 'member' || access === 'staff']);
    if (page !== null) expect(pages).toContain(page);
  }
});

test.each([
  ['/settings/profile', '/settings/profile'],
  ['/settings/contact/code/resend', '/settings/contact'],
  ['/settings/sessions/abc/revoke', '/settings/security'],
  ['/settings/confirm', '/settings/security'],
  ['/settings/photos/1/remove', '/settings/photos'],
  ['/settings/blocked/1/unblock', '/settings/blocked'],
  ['/people/ann/block', '/people/ann/block'],
  ['/people/ann/hide', '/people/ann'],
  ['/settings', null],
  ['/settings/', null],
  ['/settings/../login', null],
  ['/settings//evil.example', null],
  ['/settings/photos//remove', null],
  ['/settings/photos/a/b/remove', null],
  ['/settingsx/profile', null],
  ['/logout', null],
])('the form of %s stands on %s', (path, page) => {
  expect(sitePathsOf(house.house).formPage(path)).toBe(page);
});

test('every address that a journey visits is in the list', () => {
  const visited = readdirSync('tests/journeys', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => [
      ...readFileSync(join('tests/journeys', name), 'utf8').matchAll(
        /\.(?:get|post)\(\s*['`](\/[^'`?#$\s]*)['?#]/g,
      ),
    ])
    .map(([, path]) => path!);
  expect(visited.length).toBeGreaterThan(500);
  const known = routes.map(
    ({ path }) =>
      new RegExp(`^${path.replace('/api/v1', '').replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`),
  );
  const unknown = new Set(visited.filter((path) => !known.some((route) => route.test(path))));
  // Pages that nobody has, and what a test's own server answers.
  expect(unknown).toEqual(
    new Set(['/nothing-here', '/no/such/page', '/now', '/live/', '/live/socket.io.js']),
  );
});

test.each([
  ['GET /', 'anyone', 'home'],
  ['GET /health/ready', 'anyone', 'health'],
  ['POST /login', 'anyone', 'auth'],
  ['GET /sign-up', 'visitor', 'auth'],
  ['POST /password/code', 'visitor', 'auth'],
  ['POST /settings/password', 'member', 'auth'],
  ['POST /settings/photos', 'member', 'pictures'],
  ['GET /media/:key', 'member', 'media'],
  ['GET /people/:username', 'member', 'profile'],
  ['POST /settings/account/delete', 'member', 'privacy'],
  ['GET /dev/outbox', 'anyone', 'dev'],
])('%s is for %s and of %s', (name, access, feature) => {
  expect(named.get(name)).toMatchObject({ access, feature });
});

test('npm run routes prints them, without any store', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['bin/routes.mjs']);
  const printed = stdout.split('\n').filter((line) => /^(GET|POST) /.test(line));
  expect(printed).toHaveLength(routes.length);
  expect(printed).toContainEqual(expect.stringMatching(/^POST +\/settings\/password +member +auth$/));
});
