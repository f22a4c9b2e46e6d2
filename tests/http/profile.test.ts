import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../support/house.ts';
import { visitor } from '../support/visitor.ts';

const house = await houseOfThisFile();

test('the own profile shows languages with their own names, and contacts masked', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp({
    nativeLanguage: 'de',
    learningLanguages: ['ja', 'ar'],
    country: 'CH',
  });
  const { html } = await ann.get('/profile');
  for (const shown of [
    username,
    'Switzerland',
    'German',
    'Deutsch',
    'Japanese',
    '日本語',
    'Arabic',
    'June 2026',
    'Verified',
  ])
    expect(html).toContain(shown);
  expect(html).toContain('dir="rtl"');
  expect(html).not.toContain(email);
  expect(html).not.toContain('1995');
});

test('another person sees the languages but no contact and no date of birth', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const ben = visitor(house);
  await ben.signUp();
  const page = await ben.get(`/people/${username.toUpperCase()}`);
  expect(page.status).toBe(200);
  expect(page.html).toContain(username);
  expect(page.html).toContain('Spanish');
  for (const secret of ['example.com', '@e•', '1995', 'Verified']) expect(page.html).not.toContain(secret);
});

test('unknown people are 404, and visitors are asked to sign in first', async () => {
  const ann = visitor(house);
  await ann.signUp();
  for (const name of ['nobody_at_all', 'x'.repeat(500), '%00', '..%2f..']) {
    const page = await ann.get(`/people/${name}`);
    expect([400, 404]).toContain(page.status);
  }
  const stranger = await visitor(house).get('/people/ann?tab=1');
  expect(stranger.redirectedTo).toBe('/login?next=%2Fpeople%2Fann%3Ftab%3D1');
});

test('names are in the language the browser asks for, sorted as that language sorts', async () => {
  const claire = visitor(house);
  claire.headers = { 'Accept-Language': 'fr-CH, fr;q=0.9, en;q=0.8' };
  const { html } = await claire.get('/sign-up');
  expect(html).toContain('Allemagne');
  expect(html).toContain('lang="fr"');
  expect(html.indexOf('Égypte')).toBeLessThan(html.indexOf('Zambie'));
  const { html: english } = await visitor(house).get('/sign-up');
  expect(english).toContain('Germany');
  const odd = visitor(house);
  odd.headers = { 'Accept-Language': 'xx, ;;q=, *' };
  expect((await odd.get('/sign-up')).html).toContain('Germany');
});

test('a person whose account went away is signed out, not shown an error', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await house.stores.sql('DELETE FROM "User" WHERE "usernameKey" = $1', [username]);
  expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await ann.get('/login')).status).toBe(200);
});
