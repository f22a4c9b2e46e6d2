import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../support/house.ts';
import { visitor } from '../support/visitor.ts';

const house = await houseOfThisFile();

test('a person joins by email, and is greeted on the profile', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const profile = await ann.get('/profile');
  expect(profile.status).toBe(200);
  expect(profile.html).toContain(username);
  expect(profile.html).toContain('Welcome to ChatLink');
});
