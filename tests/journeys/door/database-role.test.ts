import { expect, test } from '@jest/globals';
import { asInProduction, houseOfThisFile, withAnother } from '../../support/house.ts';

const house = await houseOfThisFile();

const warningsOf = async (databaseUrl: string, env: Record<string, string>): Promise<number> => {
  house.logged.length = 0;
  await withAnother(house, { env: { ...env, DATABASE_URL: databaseUrl } }, async () => {});
  return house.logged.filter((line) => line.includes('could change its own tables')).length;
};

test('in production a site that signs in as the owner of its tables says so at its start, and serves', async () => {
  const { env = {} } = asInProduction(house.outbox);
  expect(await warningsOf(house.stores.ownerUrl, env)).toBe(1);
  expect(await warningsOf(house.stores.databaseUrl, env)).toBe(0);
  expect(await warningsOf(house.stores.ownerUrl, {})).toBe(0);
});
