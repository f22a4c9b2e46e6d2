import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import {
  challengeOf,
  joining,
  peopleCalled,
  resend,
  sessionsOf,
  typeCode,
  wrongCode,
} from '../../support/joining.ts';
import { repeatedly, tally, together } from '../../support/many.ts';

const house = await houseOfThisFile();

test('the fifth try may still be the right one', async () => {
  const { ann, code } = await joining(house);
  const tries = await repeatedly(4, (n) => typeCode(ann, wrongCode(code, n + 1)));
  expect(tries.map((page) => /(\d) tr(?:y|ies) left/.exec(page.html)?.[1])).toEqual(['4', '3', '2', '1']);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('the fifth wrong code ends it: the right one comes too late, and the pending sign-up is forgotten', async () => {
  const { ann, person, to, code } = await joining(house);
  const tries = await repeatedly(5, (n) => typeCode(ann, wrongCode(code, n + 1)));
  expect(tries.map((page) => page.status)).toEqual([422, 422, 422, 422, 303]);
  expect(tries[4]?.redirectedTo).toBe('/sign-up');
  const { id } = await challengeOf(house, to);
  expect(JSON.stringify([...(await sessionsOf(house)).values()])).not.toContain(id);
  expect((await ann.get('/sign-up')).html).toContain('That was the fifth wrong code');

  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
  expect((await ann.post('/sign-up/code/resend')).redirectedTo).toBe('/sign-up');
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('sending another code refills nothing', async () => {
  const { ann, to, code } = await joining(house);
  await repeatedly(3, (n) => typeCode(ann, wrongCode(code, n + 1)));
  await resend(ann);
  const second = await house.outbox.nextCode(to);
  expect((await ann.get('/sign-up/code')).html).toContain('2 tries left');
  await repeatedly(2, (n) => typeCode(ann, wrongCode(second, n + 1)));
  expect((await typeCode(ann, second)).redirectedTo).toBe('/sign-up');
});

test('fifty wrong codes at once take exactly five turns', async () => {
  const { ann, person, to, code } = await joining(house);
  await together(50, (n) => typeCode(ann, wrongCode(code, n + 1)));
  expect((await challengeOf(house, to)).attempts).toBe(5);
  const [budget] = await house.stores.sql<{ failures: Date[] }>(
    'SELECT * FROM "DestinationBudget" WHERE "destinationKey" = $1',
    [to],
  );
  expect(budget?.failures).toHaveLength(5);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
  expect(await peopleCalled(house, person.username)).toBe(0);
});

test('the right code among fifty wrong ones wins only if it had one of the five turns', async () => {
  const { ann, person, code } = await joining(house);
  const pages = await together(50, (n) => typeCode(ann, n === 49 ? code : wrongCode(code, n + 1)));
  const ways = tally(pages.map((page) => page.redirectedTo ?? 'stays'));
  expect(await peopleCalled(house, person.username)).toBe(ways['/profile'] ?? 0);
});

test('tries do not come back with time', async () => {
  const { ann, code } = await joining(house);
  await repeatedly(4, (n) => typeCode(ann, wrongCode(code, n + 1)));
  house.clock.pass(minutes(9));
  expect((await ann.get('/sign-up/code')).html).toContain('1 try left');
});
