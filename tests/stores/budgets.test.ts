import { describe, expect, test } from '@jest/globals';
import {
  type BudgetKeys,
  type BudgetKind,
  pruneBudgets,
  refundWrongCodeSql,
  spendSql,
  waitFor,
} from '../../src/features/auth/codes/budget.store.ts';
import { destinationBudget } from '../../src/features/auth/policy.ts';
import { days, hours, minutes } from '../../src/kernel/clock.ts';
import { Prisma } from '../../src/platform/stores/db.ts';
import { repeatedly, tally } from '../support/many.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const { stores, clock, of } = await twoNodes();
const db = of((node) => node.db);

/** Counts one event; `suppressed`: the destination is full, and the page may not tell. */
async function spend(n: number, kind: BudgetKind, keys: BudgetKeys): Promise<string> {
  const counted = Prisma.sql`WITH ${spendSql(kind, keys, clock.now())} SELECT "suppressed" FROM "budget"`;
  const [row] = await db(n).rows<{ suppressed: boolean }>(counted);
  if (!row) return 'full';
  return row.suppressed ? 'suppressed' : 'counted';
}
async function refund(n: number, keys: BudgetKeys): Promise<void> {
  await db(n).run(Prisma.sql`WITH ${refundWrongCodeSql(keys)} SELECT`);
}

const ann = 'ann@example.com';
function to(email = ann): BudgetKeys {
  return { asked: email, destination: email };
}
/** Asked for by a username: the destination counts it unseen. */
function named(name = 'ann'): BudgetKeys {
  return { asked: `named:${name}`, destination: ann };
}
function send(n: number, keys = to()) {
  return spend(n, 'sends', keys);
}
function guess(n: number, keys = to()) {
  return spend(n, 'wrongCodes', keys);
}
const { sends, wrongCodes } = destinationBudget;

describe('a mailbox has one budget', () => {
  const spellings: [string, (n: number) => string][] = [
    ['tags', (n) => `ann+${n}@example.com`],
    ['tags and dots of Gmail', (n) => `a${'.'.repeat(n % 2)}nn+${n}@gmail.com`],
    ['both domains of Gmail', (n) => `ann@${n % 2 ? 'gmail' : 'googlemail'}.com`],
  ];
  test.each(spellings)('however fifty at once on two nodes spell it: %s', async (_, spelling) => {
    const all = await atOnce(50, (n) => send(n, to(spelling(n))));
    expect(tally(all)).toEqual({ counted: sends.hour, full: 50 - sends.hour });
    expect(await waitFor(db(1), 'sends', spelling(7), clock.now())).toBe(hours(1));
  });

  test('but dots of others are other people', async () => {
    const all = await atOnce(50, (n) => send(n, to(n % 2 ? 'a.nn@example.com' : ann)));
    expect(tally(all)).toEqual({ counted: 2 * sends.hour, full: 50 - 2 * sends.hour });
  });
});

test('messages and wrong codes are counted apart', async () => {
  const all = await atOnce(50, (n) => (n % 2 ? send(n) : guess(n)));
  expect(tally(all)).toEqual({
    counted: sends.hour + wrongCodes.hour,
    full: 50 - sends.hour - wrongCodes.hour,
  });
});

test('an hour slides to the millisecond: each place is free an hour after it was taken', async () => {
  await repeatedly(sends.hour, (n) => {
    clock.pass(minutes(1));
    return send(n);
  });
  clock.pass(hours(1) - minutes(sends.hour - 1) - 1);
  expect(await waitFor(db(0), 'sends', ann, clock.now())).toBe(1);
  expect(tally(await atOnce(50, (n) => send(n)))).toEqual({ full: 50 });
  clock.pass(1);
  expect(await waitFor(db(0), 'sends', ann, clock.now())).toBe(0);
  expect(tally(await atOnce(50, (n) => send(n)))).toEqual({ counted: 1, full: 49 });
});

test('a day slides to the millisecond', async () => {
  for (const _ of [1, 2]) {
    expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ counted: 10, full: 40 });
    clock.pass(hours(1));
  }
  clock.pass(days(1) - hours(2) - 1);
  expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ full: 50 });
  clock.pass(1);
  expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ counted: 10, full: 40 });
});

describe('what is asked for by a username', () => {
  test('fills the destination in silence, and the page of the destination does not show it', async () => {
    const all = await atOnce(50, (n) => send(n, named(`ann${n % 10}`)));
    expect(tally(all)).toEqual({ counted: sends.hour, suppressed: 50 - sends.hour });
    expect(await waitFor(db(1), 'sends', ann, clock.now())).toBe(0);
    expect(tally(await atOnce(50, (n) => send(n)))).toEqual({
      suppressed: sends.hour,
      full: 50 - sends.hour,
    });
  });

  test('is full openly by itself', async () => {
    expect(tally(await atOnce(50, (n) => send(n, named())))).toEqual({ counted: 5, full: 45 });
    expect(await waitFor(db(0), 'sends', 'named:ann', clock.now())).toBe(hours(1));
  });
});

describe('a wrong code that was right', () => {
  test('is given back: fifty at once that each guess and are given back never fill a budget', async () => {
    const all = await repeatedly(5, () =>
      atOnce(wrongCodes.hour, async (n) => {
        const counted = await guess(n);
        await refund(n, to());
        return counted;
      }),
    );
    expect(tally(all.flat())).toEqual({ counted: 50 });
    expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ counted: 10, full: 40 });
  });

  test('frees one place, of the mailbox however it is spelt, and of no other', async () => {
    await atOnce(50, (n) => guess(n));
    await atOnce(50, (n) => guess(n, to('ben@example.com')));
    await refund(1, to('ann+tag@example.com'));
    expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ counted: 1, full: 49 });
    expect(await guess(0, to('ben@example.com'))).toBe('full');
  });

  test('frees what was counted unseen, too', async () => {
    await repeatedly(wrongCodes.hour, (n) => guess(n, named()));
    expect(await guess(0, named('other'))).toBe('suppressed');
    await refund(1, named());
    expect(tally(await atOnce(50, (n) => guess(n, named('third'))))).toEqual({
      counted: 1,
      suppressed: 9,
      full: 40,
    });
  });

  test('given back too often is none below zero', async () => {
    await guess(0);
    await atOnce(50, (n) => refund(n, to()));
    expect(tally(await atOnce(50, (n) => guess(n)))).toEqual({ counted: 10, full: 40 });
  });
});

test('a budget that nothing of the last day stands in is deleted, not a millisecond before, and once', async () => {
  await atOnce(50, (n) => send(n, to(`ann${n}@example.com`)));
  const prune = async () => {
    const pruned = await atOnce(50, (n) => pruneBudgets(db(n), clock.now(), 7));
    return pruned.reduce((sum, one) => sum + one, 0);
  };
  clock.pass(days(1) - 1);
  expect(await prune()).toBe(0);
  clock.pass(1);
  expect(await prune()).toBe(50);
  expect(await stores.sql('SELECT FROM "DestinationBudget"')).toEqual([]);
});
