import { afterAll, describe, expect, test } from '@jest/globals';
import { createLog } from '../../../../src/platform/watching/log.ts';
import { openGuessEstimator } from '../../../../src/platform/passwords/guesses.ts';

const log = createLog('silent');
const guessEstimator = openGuessEstimator(log);
afterAll(() => guessEstimator.close());

const refused = { status: 503, retryAfter: 5 };

describe('passwords are judged in a thread of their own:', () => {
  test('words of the person count as the first guesses', async () => {
    const open = await guessEstimator.guessesFor('annabellelee', []);
    expect(await guessEstimator.guessesFor('annabellelee', ['annabellelee'])).toBeLessThan(10);
    expect(open).toBeGreaterThan(1_000);
  });

  test('fifty at once, each gets its own answer', async () => {
    const words = Array.from({ length: 50 }, (_, n) => 'x7'.repeat((n % 5) + 1));
    const alone = new Map<string, number>();
    for (const word of new Set(words)) alone.set(word, await guessEstimator.guessesFor(word, []));
    const together = await Promise.all(words.map((word) => guessEstimator.guessesFor(word, [])));
    expect(together).toEqual(words.map((word) => alone.get(word)));
    expect(new Set(together).size).toBeGreaterThan(3);
  });

  test('this thread serves on meanwhile', async () => {
    const fresh = openGuessEstimator(log);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    await fresh.guessesFor('lantern-tandem-42', []);
    clearInterval(timer);
    await fresh.close();
    // Loading alone takes hundreds of milliseconds.
    expect(turns).toBeGreaterThan(10);
  });

  test('as many may wait, the next is told at once', async () => {
    const many = Array.from({ length: 257 }, () => guessEstimator.guessesFor('lantern-tandem-42', []));
    await expect(many.pop()).rejects.toMatchObject(refused);
    const answers = await Promise.all(many);
    expect(new Set(answers).size).toBe(1);
    expect(await guessEstimator.guessesFor('lantern-tandem-42', [])).toBe(answers[0]);
  });

  test('a thread that ends is replaced at the next question', async () => {
    const mine = openGuessEstimator(log);
    const lost = mine.guessesFor('lantern-tandem-42', []);
    const told = expect(lost).rejects.toMatchObject(refused);
    await mine.close();
    await told;
    expect(await mine.guessesFor('lantern-tandem-42', [])).toBeGreaterThan(1e8);
    await mine.close();
  });
});
