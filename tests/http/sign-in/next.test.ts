import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { username, password } = await visitor(house).signUp();

test('who wanted a protected page comes back to it', async () => {
  const ann = visitor(house);
  const turned = await ann.get(`/people/${username}?from=a%26b`);
  expect(turned.redirectedTo).toBe(`/login?next=${encodeURIComponent(`/people/${username}?from=a%26b`)}`);
  const form = await ann.get(turned.redirectedTo!);
  const next = /name="next" value="([^"]*)"/
    .exec(form.html)?.[1]
    ?.replaceAll('&#38;', '&')
    .replaceAll('&amp;', '&');
  expect(next).toBe(`/people/${username}?from=a%26b`);
  expect((await ann.signIn(username, password, { next: next! })).redirectedTo).toBe(next);
});

test('a wrong password does not lose the way', async () => {
  const page = await visitor(house).signIn(username, 'wrong-password', { next: '/people/somebody' });
  expect(page.html).toContain('name="next" value="/people/somebody"');
});

test.each([
  ['another site', 'https://evil.example/'],
  ['no protocol', '//evil.example/'],
  ['a backslash', '/\\evil.example'],
  ['two backslashes', '\\\\evil.example'],
  ['a tab that browsers drop', '/\t/evil.example'],
  ['dots that vanish', '/.//evil.example'],
  ['no slash', 'https:evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['no beginning', 'profile'],
  ['no end', `/${'x'.repeat(2_100)}`],
  ['nothing', ''],
])('a way with %s leads to the profile, not away', async (_, next) => {
  const page = await visitor(house).signIn(username, password, { next });
  expect(page.redirectedTo).toBe('/profile');
});

test('an address of somewhere else is not even put into the form', async () => {
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example'])
    expect((await visitor(house).get(`/login?next=${encodeURIComponent(next)}`)).html).not.toContain('evil');
  expect((await visitor(house).get('/login?next=/a&next=/b')).html).not.toContain('name="next"');
  expect((await visitor(house).get('/login?next[a]=/b')).html).not.toContain('name="next"');
});
