import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, type TestHouse } from '../../support/house.ts';
import { type Joining, joining, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly, together } from '../../support/many.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** Several people who wait for codes to one address; nobody else may read them. */
const askers = (email: string, count: number): Promise<Joining[]> =>
  repeatedly(count, () => joining(house, { email }, visitor(house)));
const guess = ({ ann, code }: Joining, times: number) =>
  repeatedly(times, (n) => typeCode(ann, wrongCode(code, n + 1)));
const newAddress = (): string => String(newPerson().email);
const failures = async ({ stores }: TestHouse, email: string): Promise<number> => {
  const [row] = await stores.sql<{ n: number }>(
    'SELECT cardinality("failures") AS n FROM "DestinationBudget" WHERE "destinationKey" = $1',
    [email],
  );
  return row?.n ?? 0;
};

test('an address bears ten wrong codes an hour over all sessions, and the eleventh costs no attempt', async () => {
  const email = newAddress();
  const [first, second, third] = (await askers(email, 3)) as [Joining, Joining, Joining];
  await guess(first, 5);
  await guess(second, 5);
  const refused = await typeCode(third.ann, third.code);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '3600']);
  expect(refused.html).toContain('There were too many wrong codes for this destination.');
  const attempts = await house.stores.sql(
    'SELECT "attempts" FROM "RegistrationOtp" WHERE "destination" = $1 ORDER BY "attempts"',
    [email],
  );
  expect(attempts.map((row) => row.attempts)).toEqual([0, 5, 5]);
});

test('the hour of wrong codes slides', async () => {
  const email = newAddress();
  const [first, second] = (await askers(email, 2)) as [Joining, Joining];
  await guess(first, 5);
  house.clock.pass(minutes(5));
  await guess(second, 5);
  house.clock.pass(minutes(54));
  // Asked now, so that the code is alive when the first places come back.
  const third = await joining(house, { email });
  house.clock.pass(minutes(1) - 1);
  const early = await typeCode(third.ann, wrongCode(third.code));
  expect([early.status, early.header('retry-after')]).toEqual([429, '1']);
  house.clock.pass(1);
  expect((await typeCode(third.ann, third.code)).redirectedTo).toBe('/profile');
});

test('a day has twenty wrong codes', async () => {
  const email = newAddress();
  for (let round = 0; round < 2; round++) {
    const [one, two] = (await askers(email, 2)) as [Joining, Joining];
    await guess(one, 5);
    await guess(two, 5);
    house.clock.pass(hours(2));
  }
  expect(await failures(house, email)).toBe(20);
  const last = await joining(house, { email });
  const refused = await typeCode(last.ann, last.code);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, String(20 * 3600)]);
});

test('fifty wrong codes at once over four sessions take ten turns', async () => {
  const email = newAddress();
  const all = await askers(email, 4);
  await together(50, (n) => typeCode(all[n % 4]!.ann, wrongCode(all[n % 4]!.code, n + 1)));
  expect(await failures(house, email)).toBe(10);
});

test('what was guessed is remembered when Redis forgets everything', async () => {
  const email = newAddress();
  const [first, second] = (await askers(email, 2)) as [Joining, Joining];
  await guess(first, 5);
  await guess(second, 5);
  await house.stores.redis.flushdb();
  const third = await joining(house, { email });
  expect((await typeCode(third.ann, third.code)).status).toBe(429);
});

test('the right code is not counted among the wrong ones', async () => {
  const { ann, to, code } = await joining(house);
  await typeCode(ann, wrongCode(code));
  expect(await failures(house, to)).toBe(1);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
  expect(await failures(house, to)).toBe(1);
});
