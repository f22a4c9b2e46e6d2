import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { encodeForm, type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
await ann.signUp();

/** Answers of every kind: pages, redirects, refusals. */
const answers = async (): Promise<[string, Page][]> => {
  const { ann: joiner, code } = await joining(house);
  const stranger = visitor(house);
  return [
    ['landing', await stranger.get('/')],
    ['sign-up', await stranger.get('/sign-up')],
    ['login', await stranger.get('/login')],
    ['code', await joiner.get('/sign-up/code')],
    ['wrong code', await typeCode(joiner, '1')],
    ['profile', await ann.get('/profile')],
    ['another’s profile', await ann.get('/people/nobody_at_all')],
    ['not found', await stranger.get('/nothing-here')],
    ['wrong method', await stranger.get('/logout')],
    ['forged', await stranger.send('post', '/login', encodeForm({ identifier: 'x' }))],
    ['invalid', await stranger.post('/login')],
    ['turned to sign in', await stranger.get('/profile')],
    ['turned to the profile', await ann.get('/login')],
    ['joined', await typeCode(joiner, code)],
    ['signed out', await joiner.post('/logout')],
  ];
};

test('every answer carries the headers that keep a browser safe, and none is kept', async () => {
  for (const [name, page] of await answers()) {
    const headers = {
      name,
      nosniff: page.header('x-content-type-options'),
      referrer: page.header('referrer-policy'),
      frames: page.header('x-frame-options'),
      cache: page.header('cache-control'),
      opener: page.header('cross-origin-opener-policy'),
      by: page.header('x-powered-by'),
    };
    expect(headers).toEqual({
      name,
      nosniff: 'nosniff',
      referrer: 'same-origin',
      frames: 'DENY',
      cache: 'no-store',
      opener: 'same-origin',
      by: undefined,
    });
    expect(page.header('permissions-policy')).toContain('camera=()');
    const csp = page.header('content-security-policy') ?? '';
    expect(csp).not.toMatch(/unsafe|\*|https?:/);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'self'",
    ])
      expect(csp).toContain(part);
  }
});

test('pages hold no script or style of their own', async () => {
  for (const [name, { html }] of await answers()) {
    const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>|<style|\son\w+=|\sstyle=|javascript:/gi)];
    expect({ name, inline: inline.map(([found]) => found) }).toEqual({ name, inline: [] });
  }
});

test('a page that is not there shows no stack, and no reference: nothing of ours is to mend', async () => {
  const page = await visitor(house).get('/nothing-here');
  expect(page.html).not.toContain('request-id');
  expect(page.html).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
});

test('something that breaks inside is a quiet 500, with an id that the log knows', async () => {
  await house.stores.sql('ALTER TABLE "UserLanguage" RENAME TO "Mislaid"');
  const page = await ann.get('/profile');
  await house.stores.sql('ALTER TABLE "Mislaid" RENAME TO "UserLanguage"');
  expect(page.status).toBe(500);
  const id = /class="request-id">([^<]+)</.exec(page.html)?.[1] ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(house.logged.filter((line) => line.includes(id) && line.includes('request failed'))).toHaveLength(1);
  expect(page.html).not.toMatch(/UserLanguage|relation|SELECT|Prisma|node_modules/);
  expect((await ann.get('/profile')).status).toBe(200);
});

test('an id that a client chose is not believed', async () => {
  const who = visitor(house);
  who.headers = { 'X-Request-Id': 'chosen-by-me' };
  expect((await who.get('/nothing-here')).html).not.toContain('chosen-by-me');
});

test('who asks for JSON hears errors in JSON, with the id that the log has', async () => {
  const who = visitor(house);
  who.headers = { Accept: 'application/json' };
  const page = await who.get('/nothing-here');
  const { error } = JSON.parse(page.html) as { error: { status: number; requestId: string } };
  expect(error).toMatchObject({ status: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const lines = house.logged.map((l) => JSON.parse(l) as Record<string, unknown>);
  expect(lines.find((l) => l.id === error.requestId)).toMatchObject({
    status: 404,
    method: 'GET',
    route: '(none)',
  });
});

test('files with a hash in their name are kept for good', async () => {
  const path = /href="(\/assets\/css\/app\.[^"]+)"/.exec((await ann.get('/profile')).html)?.[1] ?? '';
  const file = await ann.get(path);
  expect([file.status, file.header('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
});

test('an https site says so to browsers', async () => {
  await withAnother(house, { env: { PUBLIC_URL: 'https://chatlink.test' } }, async (https) => {
    const page = await visitor(https).get('/');
    expect(page.header('strict-transport-security')).toContain('max-age=63072000');
    expect(page.header('content-security-policy')).toContain('upgrade-insecure-requests');
  });
  expect((await ann.get('/profile')).header('strict-transport-security')).toBeUndefined();
});
