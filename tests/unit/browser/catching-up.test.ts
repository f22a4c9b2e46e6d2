import { expect, test } from '@jest/globals';
import { type CatchUp, catchingUp } from '../../../src/browser/conversation/catching-up.ts';

const given = (seqs: number[], lastSeq: number, change: number): CatchUp => ({
  items: seqs.map((seq) => ({ seq, html: '' })),
  changed: [],
  change,
  lastSeq,
  readSeq: 0,
  theirReadSeq: null,
  status: 'accepted',
  draft: '',
});

function page(...answers: (CatchUp | null)[]) {
  const [asked, taken]: [string[], number[]] = [[], []];
  const up = catchingUp({
    path: '/chats/ben',
    last: 1,
    change: 4,
    most: 2,
    ask: async (url) => {
      asked.push(url.replace('/chats/ben/messages?', ''));
      const answer = answers.shift();
      if (!answer) throw new Error('nobody answers');
      return answer;
    },
    take: ({ items }) => void taken.push(...items.map(({ seq }) => seq)),
  });
  return { up, asked, taken };
}

test('asks until it has all, a part at a time', async () => {
  const { up, asked, taken } = page(given([2, 3], 4, 9), given([4], 4, 9));
  expect(await up.look()).toBe(true);
  expect(asked).toEqual(['after=1&changedAfter=4', 'after=3&changedAfter=9']);
  expect(taken).toEqual([2, 3, 4]);
  expect([up.follows(6), up.follows(5), up.last()]).toEqual([false, true, 5]);
});

test('numbers that are not for this reader are no hole', async () => {
  const { up } = page(given([2], 7, 9));
  await up.look();
  expect(up.follows(8)).toBe(true);
});

test('asked while it asks, it asks once more, for what came meanwhile', async () => {
  const { up, asked } = page(given([], 1, 4), given([2], 2, 5));
  expect(await Promise.all([up.look(), up.look(), up.look()])).toEqual([true, true, true]);
  expect(asked).toHaveLength(2);
  expect(up.last()).toBe(2);
});

test('nobody answers: it is said, and the next question begins where it was', async () => {
  const { up, asked } = page(null, given([2], 2, 5));
  expect([await up.look(), await up.look()]).toEqual([false, true]);
  expect(asked[1]).toBe(asked[0]);
});
