import { expect, test } from '@jest/globals';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
const { username } = await ann.signUp({ learningLanguages: ['es', 'ja'] });
const ben = visitor(house);
await ben.signUp();
// Where he is welcomed, once.
await ben.get('/profile');

const sql = (text: string) => house.stores.sql(text, [username]);
const withoutReference = (html: string): string =>
  html.replace(/(class="request-id">)[^<]+/, '$1').replace(/(name="_csrf" value=")[^"]+/g, '$1');
const unknown = await ben.get('/people/nobody_at_all');

test('a page tells what a person says of themselves, and nothing else', async () => {
  await edit(ann, { displayName: 'Ann Sørensen', bio: 'Ahoj', interests: ['', 'coffee'], country: 'CH' });
  await sql(
    `UPDATE "UserLanguage" SET "level" = 'B1' WHERE "code" = 'es' AND "userId" = (SELECT "id" FROM "User" WHERE "usernameKey" = $1)`,
  );
  const { status, html } = await ben.get(`/people/${username}`);
  expect(status).toBe(200);
  const text = textOf(html);
  expect(text).toContain(`Ann Sørensen (@${username}) · ChatLink`);
  for (const shown of ['Switzerland', 'June 2026', 'B1 Intermediate', 'Japanese', 'Ahoj', 'Coffee'])
    expect(text).toContain(shown);
  expect(text).not.toMatch(/1995|example\.com|Verified|Edit your profile|Nobody else/);
});

test('one’s own page says that others see it so, and leads back; nobody else is told', async () => {
  const mine = textOf((await ann.get(`/people/${username}`)).html);
  expect(mine).toContain('This is how others see you. Edit your profile or go back to it .');
  expect(textOf((await ben.get(`/people/${username}`)).html)).not.toContain('how others see you');
});

test('without a display name the username stands for it', async () => {
  await edit(ann, { displayName: '' });
  const { html } = await ben.get(`/people/${username.toUpperCase()}`);
  expect(html).toContain(`<bdi>${username}</bdi>`);
  expect(html).toContain(`<title>${username} · ChatLink</title>`);
});

test('a hidden person is nobody to others, and is reminded of it', async () => {
  await edit(ann, { visibility: 'nobody' });
  const page = await ben.get(`/people/${username}`);
  expect(page.status).toBe(404);
  expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
  for (const path of ['/profile', `/people/${username}`]) {
    const own = await ann.get(path);
    expect(own.status).toBe(200);
    expect(textOf(own.html)).toContain('Nobody else sees your profile.');
  }
  await edit(ann, { visibility: 'members' });
  expect((await ben.get(`/people/${username}`)).status).toBe(200);
  expect(textOf((await ann.get('/profile')).html)).not.toContain('Nobody else');
});

test('whoever is leaving is nobody at once, and so is whoever has left', async () => {
  await sql(
    `UPDATE "User" SET "leavingAt" = now(), "purgeAt" = now() + interval '14 days' WHERE "usernameKey" = $1`,
  );
  const leaving = await ben.get(`/people/${username}`);
  await sql(`UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL WHERE "usernameKey" = $1`);
  expect((await ben.get(`/people/${username}`)).status).toBe(200);
  await sql('DELETE FROM "User" WHERE "usernameKey" = $1');
  const left = await ben.get(`/people/${username}`);
  for (const page of [leaving, left]) {
    expect(page.status).toBe(404);
    expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
  }
});

test('an address that can be nobody’s is the same', async () => {
  for (const name of ['a', '_x_', 'x'.repeat(31), 'a%20b', 'ann%2Fbell']) {
    const page = await ben.get(`/people/${name}`);
    expect(page.status).toBe(404);
    expect(withoutReference(page.html)).toBe(withoutReference(unknown.html));
  }
});
