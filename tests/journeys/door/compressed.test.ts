import { describe, expect, test } from '@jest/globals';
import { changeEmail, undoIn } from '../../support/contacts.ts';
import { packedFor } from '../../support/copies.ts';
import { houseOfThisFile, portOf } from '../../support/house.ts';
import { linked } from '../../support/resetting.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';
import { browsersAccept, onTheWire, unpacked } from '../../support/wire.ts';

const house = await houseOfThisFile();

function ask(path: string, who?: Visitor, accepts = browsersAccept) {
  return onTheWire(portOf(house), path, {
    Host: house.host,
    'Accept-Encoding': accepts,
    ...(who ? { Cookie: [...who.cookies].map((pair) => pair.join('=')).join('; ') } : {}),
  });
}

async function member(): Promise<{ ann: Visitor; username: string; email: string }> {
  const ann = visitor(house);
  return { ann, ...(await ann.signUp()) };
}

test.each([
  ['/', 200],
  ['/login', 200],
  ['/sign-up', 200],
  ['/no-such-page', 404],
])('%s goes out compressed, as a browser asks', async (path, status) => {
  for (const [accepts, encoding] of [
    [browsersAccept, 'br'],
    ['gzip', 'gzip'],
    ['identity', undefined],
  ] as const) {
    const page = await ask(path, undefined, accepts);
    expect([page.status, page.headers['content-encoding']]).toEqual([status, encoding]);
    expect(page.headers.vary).toContain('Accept-Encoding');
    expect(Number(page.headers['content-length'])).toBe(page.body.length);
    expect(unpacked(page)).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  }
});

test('so do the pages of members, and what programs read', async () => {
  const { ann, username } = await member();
  for (const path of ['/profile', '/settings/security', '/api/v1/settings/languages']) {
    const page = await ask(path, ann);
    const isLong = unpacked(page).length >= 1_024;
    expect([page.status, page.headers['content-encoding']]).toEqual([200, isLong ? 'br' : undefined]);
    expect(page.headers.vary).toContain('Accept-Encoding');
  }
  expect(unpacked(await ask('/profile', ann))).toContain(username);
});

test('a form that begins a session is answered whole, with its cookie', async () => {
  const page = await ask('/login');
  expect(page.headers['set-cookie']).toHaveLength(1);
  expect(unpacked(page)).toMatch(/name="_csrf" value="[^"]{30,}"/);
});

test('redirects, short answers and downloads go out as they are', async () => {
  const { ann, username } = await member();
  await packedFor(house, ann, username);
  for (const path of ['/settings/password', '/health/live', '/settings/account/export.json']) {
    const page = await ask(path, path.startsWith('/settings/account') ? ann : undefined);
    expect([path, page.headers['content-encoding']]).toEqual([path, undefined]);
  }
});

describe('nobody can guess a secret by the length of a compressed page:', () => {
  const token = async (who?: Visitor) =>
    /name="_csrf" value="([\w-]+)"/.exec(unpacked(await ask('/settings/password', who)))![1]!;

  test('the token of a form is another one in each answer, in every part', async () => {
    const { ann } = await member();
    const tokens: string[] = [];
    for (let n = 0; n < 20; n++) tokens.push(await token(ann));
    for (const part of [0, 8, 16, 24]) {
      const parts = tokens.map((one) => one.slice(part, part + 8));
      expect(new Set(parts)).toHaveProperty('size', tokens.length);
    }
    // And yet each of them holds for the session.
    const page = await ann.post('/settings/password', { _csrf: tokens[0], currentPassword: 'wrong' });
    expect(page.status).toBe(422);
  });

  test('a page with a link that holds by itself is not compressed', async () => {
    const { path } = await linked(house);
    const { ann, email } = await member();
    await changeEmail(house, ann);
    for (const secret of [path, await undoIn(house, email)]) {
      const page = await ask(secret);
      expect([page.status, page.headers['content-encoding']]).toEqual([200, undefined]);
      expect(page.headers['cache-control']).toBe('no-store, no-transform');
      expect(page.body.toString()).toContain(`action="${secret}"`);
    }
  });

  test('nor is the page to sign in, where it shows what an address says beside who tried before', async () => {
    const ann = visitor(house);
    await ann.post('/login', { identifier: 'ann@example.org', password: 'mistyped' });
    const page = await ask('/login?next=%2Fann%40example', ann);
    expect([page.headers['content-encoding'], page.headers['cache-control']]).toEqual([
      undefined,
      'no-store, no-transform',
    ]);
    for (const shown of ['value="ann@example.org"', 'value="/ann@example"'])
      expect(page.body.toString()).toContain(shown);
    for (const [path, who] of [['/login', ann], ['/login?next=%2Fann%40example']] as const)
      expect((await ask(path, who)).headers['content-encoding']).toBe('br');
  });
});
