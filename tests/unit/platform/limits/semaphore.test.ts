import { expect, test } from '@jest/globals';
import { message } from '../../../../src/kernel/message.ts';
import { createSemaphore } from '../../../../src/platform/limits/semaphore.ts';
import { tally, together } from '../../../support/many.ts';

/** A piece of work that is done when the test says so. */
function held() {
  const done: (() => void)[] = [];
  return { work: () => new Promise<void>((resolve) => done.push(resolve)), done };
}

test('so many run, so many wait, and the rest is told to come back', async () => {
  const turns = createSemaphore({ room: 2, waiting: 3 }, message('web.error.down'), 7);
  const { work, done } = held();
  const all = together(10, () =>
    turns.take(1, work).then(
      () => 'done',
      (err: { status: number; retryAfter: number }) => `${err.status} after ${err.retryAfter}`,
    ),
  );
  expect(turns.load()).toEqual({ running: 2, waiting: 3 });
  for (let n = 0; n < 5; n++) {
    done[n]!();
    await new Promise(setImmediate);
  }
  expect(tally(await all)).toEqual({ done: 5, '503 after 7': 5 });
  expect(turns.load()).toEqual({ running: 0, waiting: 0 });
});

test('work that fails gives its turn on', async () => {
  const turns = createSemaphore({ room: 1, waiting: 5 }, message('web.error.down'), 1);
  const fails = turns.take(1, () => Promise.reject(new Error('broken')));
  const works = turns.take(1, async () => 'done');
  await expect(fails).rejects.toThrow('broken');
  expect(await works).toBe('done');
  expect(turns.load()).toEqual({ running: 0, waiting: 0 });
});

test('what is heavy runs alone, and nobody overtakes it', async () => {
  const turns = createSemaphore({ room: 10, waiting: 9 }, message('web.error.down'), 1);
  const { work, done } = held();
  const finish = async (n: number): Promise<{ running: number; waiting: number }> => {
    done[n]!();
    await new Promise(setImmediate);
    return turns.load();
  };
  const all = [4, 4, 25, 1, 1].map((weight) => turns.take(weight, work));
  expect(turns.load()).toEqual({ running: 2, waiting: 3 });
  expect(await finish(0)).toEqual({ running: 1, waiting: 3 });
  expect(await finish(1)).toEqual({ running: 1, waiting: 2 });
  expect(await finish(2)).toEqual({ running: 2, waiting: 0 });
  await finish(3);
  expect(await finish(4)).toEqual({ running: 0, waiting: 0 });
  await Promise.all(all);
});
