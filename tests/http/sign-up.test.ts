import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { visitor } from '../support/visitor.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('a person joins by email, and is greeted on the profile', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const profile = await ann.get('/profile');
  expect(profile.status).toBe(200);
  expect(profile.html).toContain(username);
  expect(profile.html).toContain('Welcome to ChatLink');
});
