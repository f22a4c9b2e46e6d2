import { beforeEach, expect, test } from '@jest/globals';
import { ApiClient } from '../../support/api.ts';
import { edit } from '../../support/editing.ts';
import { give } from '../../support/given-pictures.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { speak } from '../../support/speaking.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
let ann: Visitor;
let username: string;

beforeEach(async () => {
  ann = visitor(house);
  ({ username } = await ann.signUp({ learningLanguages: ['es'] }));
});

/** Where the one proposal of the profile leads; null: there is none. */
async function proposal(): Promise<string | null> {
  const { html } = await ann.get('/profile');
  const card = /<section class="card next-step"[\s\S]*?<\/section>/.exec(html)?.[0];
  return card ? /<a class="button" href="([^"]+)"/.exec(card)![1]! : null;
}

async function idOfAnn(): Promise<string> {
  const [row] = await house.stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "username" = $1', [
    username,
  ]);
  return row!.id;
}

test('a thin profile proposes one step after the other, and a full one none', async () => {
  expect(await proposal()).toBe('/settings/avatar');
  await give(house, await idOfAnn());
  expect(await proposal()).toBe('/settings/profile');
  await edit(ann, { bio: 'Ahoj!' });
  expect(await proposal()).toBe('/settings/languages');
  await speak(ann, 'de / es-B1');
  expect(await proposal()).toBeNull();
});

test('what was put away stays away, on other devices too, and comes once into the copy', async () => {
  await ann.get('/profile');
  await together(5, () => ann.post('/profile/next-step', { step: 'picture' }));
  expect(await proposal()).toBe('/settings/profile');
  expect((await ann.post('/profile/next-step', { step: 'words' })).redirectedTo).toBe('/profile');
  expect((await ann.post('/profile/next-step', { step: 'elsewhere' })).redirectedTo).toBe('/profile');
  const elsewhere = visitor(house);
  await elsewhere.signIn(username, 'lantern-tandem-42');
  ann = elsewhere;
  expect(await proposal()).toBe('/settings/languages');
  expect(
    await house.stores.sql('SELECT "dismissedSteps" FROM "User" WHERE "username" = $1', [username]),
  ).toEqual([{ dismissedSteps: ['picture', 'words'] }]);
});

test('the API puts steps away as well, and knows no others', async () => {
  const api = new ApiClient(ann);
  expect((await api.post('/profile/next-step', { step: 'picture' })).status).toBe(200);
  expect((await api.post('/profile/next-step', { step: 'hat' })).status).toBe(422);
  expect(await proposal()).toBe('/settings/profile');
});
