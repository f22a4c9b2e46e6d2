import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const ann = visitor(house);
await ann.signUp();

test.each([
  ['/people/%00', 404],
  ['/people/a%00b', 404],
  ['/people/%ED%A0%80', 400],
  ['/people/%FF', 400],
  ['/people/..%2f..%2fetc', 404],
  [`/people/${'x'.repeat(5_000)}`, 404],
  ['/people/__proto__', 404],
  ["/people/'%20OR%20'1'='1", 404],
  ['/%', 404],
  ['/profile/', 200],
  ['/constructor', 404],
])('%s is answered without a stumble, to visitors and to people', async (path, status) => {
  expect((await ann.get(path)).status).toBe(status);
  expect((await visitor(house).get(path)).status).toBeLessThan(500);
});

test('odd questions behind a path change nothing', async () => {
  for (const query of ['next=%00', 'next=%FF', 'next[]=a', '__proto__[x]=1', `next=/${'a'.repeat(9_000)}`])
    expect((await visitor(house).get(`/login?${query}`)).status).toBe(200);
});
