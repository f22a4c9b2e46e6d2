import { expect, test } from '@jest/globals';
import { openQueue } from '../../../src/browser/unsent/queue.ts';
import { createSender } from '../../../src/browser/unsent/sender.ts';
import type { Waiting, WaitingStore } from '../../../src/browser/unsent/waiting.ts';
import type { Answer } from '../../../src/browser/live/answer.ts';

function storeInMemory(): WaitingStore {
  const kept = new Map<number, Waiting>();
  let count = 0;
  return {
    all: async () => [...kept.values()],
    put: async ({ n = ++count, ...one }) => void kept.set(n, { ...one, n }),
    delete: async (n) => void kept.delete(n),
  };
}

/** Answers in their order; then all is well. */
async function sending(texts: string[], ...answers: Answer[]) {
  const [sent, paused, refused]: [string[], number[], string[]] = [[], [], []];
  const store = Promise.resolve(storeInMemory());
  const queue = openQueue('ann', store, () => {});
  const others = openQueue('eve', store, () => {});
  const words = { with: 'ben', language: '', answers: '', at: 0 };
  await others.add({ ...words, clientId: 'x', text: 'not mine' });
  for (const text of texts) await queue.add({ ...words, clientId: text, text });
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  const sender = createSender({
    queue,
    send: async ({ text }) => {
      sent.push(text);
      return answers.shift() ?? { ok: true };
    },
    onStored: () => void queue.all().then((all) => all.every((one) => one.refused !== undefined) && finish()),
    onRefused: (_, says) => void refused.push(says),
    alone: (act) => act(),
    pause: async (ms) => void paused.push(ms),
  });
  sender.wake();
  sender.wake();
  await done;
  return { sent, paused, refused, queue, others };
}

test('goes in its order, each once, and nothing of anybody else', async () => {
  const { sent, queue, others } = await sending(['one', 'two', 'three']);
  expect(sent).toEqual(['one', 'two', 'three']);
  expect(await queue.all()).toEqual([]);
  expect(await others.all()).toHaveLength(1);
});

test('what has no answer, or came too fast, goes again before what follows it', async () => {
  const { sent, paused } = await sending(
    ['one', 'two'],
    { ok: false, reason: 'lost' },
    { ok: false, reason: 'too-fast', retryInMs: 700 },
  );
  expect(sent).toEqual(['one', 'one', 'one', 'two']);
  expect(paused[0]).toBeLessThanOrEqual(250);
  expect(paused[1]).toBe(700);
});

test('what is not taken stays, says why, and holds nothing up', async () => {
  const no = { ok: false, reason: 'contact-detail', says: 'There is a number in it.' };
  const { sent, refused, queue } = await sending(['one', 'two'], no);
  expect(sent).toEqual(['one', 'two']);
  expect(refused).toEqual(['There is a number in it.']);
  expect(await queue.all()).toMatchObject([{ text: 'one', refused: 'There is a number in it.' }]);
  await queue.again('one');
  expect((await queue.all())[0]).not.toHaveProperty('refused');
});
