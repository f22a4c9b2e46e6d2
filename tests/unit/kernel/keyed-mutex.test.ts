import { expect, test } from '@jest/globals';
import { createKeyedMutex } from '../../../src/kernel/keyed-mutex.ts';

/** Work that is done when it is told to. */
function work() {
  let done = () => {};
  let began = false;
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const act = async (): Promise<string> => {
    began = true;
    await finished;
    return 'done';
  };
  return { act, done: () => done(), began: () => began };
}
function aMoment() {
  return new Promise((resolve) => setImmediate(resolve));
}

test('work of one key waits for the one before it, work of another key does not', async () => {
  const inTurn = createKeyedMutex();
  const [first, second, third] = [work(), work(), work()];
  const answers = [inTurn('ann', first.act), inTurn('ann', second.act), inTurn('ben', third.act)];
  await aMoment();
  expect([first.began(), second.began(), third.began()]).toEqual([true, false, true]);
  first.done();
  await aMoment();
  expect(second.began()).toBe(true);
  second.done();
  third.done();
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done']);
});

test('a failure is told to its own caller only, and the next one has its turn', async () => {
  const inTurn = createKeyedMutex();
  const failing = inTurn('ann', () => Promise.reject(new Error('no')));
  const next = inTurn('ann', async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
