import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses } from '../../support/many.ts';
import { visitor } from '../../support/visitor.ts';
import type { TestHouse } from '../../support/house.ts';

const house = await houseOfThisFile();

let names = 0;
/**
 * Thirty-one failed sign-ins under these forwarded addresses: the last is refused only if they count as one client.
 */
const failuresUnder = async (at: TestHouse, forwarded: (n: number) => string) =>
  statuses(
    await repeatedly(31, (n) =>
      visitor(at, { ip: forwarded(n) }).signIn(`someone_${++names}`, 'wrong-password'),
    ),
  );
const one = { 422: 30, 429: 1 };
const many = { 422: 31 };

test('behind one proxy, the address it saw counts, not what a client wrote before it', async () => {
  expect(await failuresUnder(house, (n) => `198.51.100.${n}`)).toEqual(many);
  expect(await failuresUnder(house, (n) => `198.51.100.${n}, 203.0.113.99`)).toEqual(one);
});

test('without proxies the header is ignored', async () => {
  await withAnother(house, { env: { TRUSTED_PROXY_HOPS: '0' } }, async (bare) => {
    expect(await failuresUnder(bare, (n) => `198.51.101.${n}`)).toEqual(one);
  });
});

test('behind two proxies the last but one counts', async () => {
  await withAnother(house, { env: { TRUSTED_PROXY_HOPS: '2' } }, async (deep) => {
    expect(await failuresUnder(deep, (n) => `203.0.113.98, 198.51.102.${n}`)).toEqual(one);
    expect(await failuresUnder(deep, (n) => `198.51.103.${n}, 203.0.113.97`)).toEqual(many);
  });
});
