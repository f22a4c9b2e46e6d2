import { expect, test } from '@jest/globals';
import { createCountsStore } from '../../src/features/people/counts/counts.store.ts';
import { countsPolicy } from '../../src/features/people/policy.ts';
import { finding, type Given } from '../support/finding.ts';
import { twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { join } = finding(nodes);
const store = nodes.of(({ db }) => createCountsStore(db))(0);

function people(times: number, name: string, given: Pick<Given, 'native' | 'learning'> & Partial<Given>) {
  return Array.from({ length: times }, (_, n) => ({ username: `${name}${n}`, ...given }));
}

test('nobody is none', async () => {
  expect(await store.count()).toEqual({ people: 0, languages: 0, pairs: [] });
});

test('a pair is told from twenty people on, whichever of its languages they speak', async () => {
  const least = countsPolicy.fewestOfPair;
  await join([
    ...people(least - 1, 'spanish', { native: ['es'], learning: ['en'] }),
    ...people(least - 2, 'german', { native: ['de'], learning: ['en'] }),
    ...people(1, 'english', { native: ['en'], learning: ['es', 'de'] }),
  ]);
  expect(await store.count()).toEqual({
    people: 2 * least - 2,
    languages: 3,
    pairs: [{ languages: ['en', 'es'], people: least }],
  });
});

test('whoever speaks and learns both ways is counted once, and whoever cannot be found not at all', async () => {
  const least = countsPolicy.fewestOfPair;
  await join([
    ...people(least - 1, 'twice', { native: ['es', 'ca'], learning: ['en'] }),
    ...people(least, 'hidden', { native: ['cy'], learning: ['en'], visibility: 'nobody' }),
    ...people(least, 'unfound', { native: ['eu'], learning: ['en'], findable: 'nobody' }),
  ]);
  expect(await store.count()).toEqual({ people: least - 1, languages: 2, pairs: [] });
});

test('whoever leaves or is banned counts no more', async () => {
  const [leaving] = await join(people(2, 'ann', { native: ['es'], learning: ['en'] }));
  await nodes.stores.sql(
    `UPDATE "User" SET "purgeAt" = "createdAt", "leavingAt" = "createdAt" WHERE "id" = $1`,
    [leaving!.id],
  );
  expect(await store.count()).toMatchObject({ people: 1 });
});
