import { expect, test } from '@jest/globals';
import { createPasswords } from '../../../../src/platform/passwords/passwords.ts';
import { tally, together } from '../../../support/many.ts';

/** How many still wait for their hash at the moment when each of so many people gets an answer. */
async function waitingWhenAnswered(people: number): Promise<number[]> {
  const passwords = createPasswords({ concurrency: 1, waiting: 50 });
  return together(people, async () => {
    await passwords.hash('lantern-tandem-42');
    return passwords.load().waiting;
  });
}

test.each([
  [1, [0]],
  // Each leaves as soon as it can: there is nobody to make up a group of four with.
  [3, [1, 0, 0]],
  [4, [0, 0, 0, 0]],
  [6, [1, 1, 1, 1, 0, 0]],
  [9, [4, 4, 4, 4, 0, 0, 0, 0, 0]],
])('%i at once: answers leave in fours while enough people wait', async (people, waiting) => {
  expect(await waitingWhenAnswered(people)).toEqual(waiting);
});

test('fifty at once are all answered, each with what is right for it', async () => {
  const passwords = createPasswords({ concurrency: 2, waiting: 48 });
  const stored = await passwords.hash('lantern-tandem-42');
  const answers = await together(
    50,
    async (n) =>
      (await passwords.verify(n % 2 === 0 ? 'lantern-tandem-42' : 'lantern-tandem-43', stored)).right,
  );
  expect(answers).toEqual(answers.map((_, n) => n % 2 === 0));
  expect(passwords.load()).toEqual({ running: 0, waiting: 0 });
});

test('one that fails among others fails alone, and nobody is left waiting', async () => {
  const passwords = createPasswords({ concurrency: 1, waiting: 50 });
  const stored = await passwords.hash('lantern-tandem-42');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => passwords.verify('lantern-tandem-42', n === 1 ? 'no hash' : stored)),
  );
  expect(tally(outcomes.map(({ status }) => status))).toEqual({ fulfilled: 7, rejected: 1 });
  expect(outcomes[1]!.status).toBe('rejected');
  expect(passwords.load()).toEqual({ running: 0, waiting: 0 });
});
