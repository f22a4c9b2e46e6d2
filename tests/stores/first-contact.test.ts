import { describe, expect, test } from '@jest/globals';
import { days, hours, later } from '../../src/kernel/clock.ts';
import { callerFrom, chatting, type Person } from '../support/chatting.ts';
import { repeatedly, tally } from '../support/many.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { writing, blocks, endings, people, hello, answer, status, listed, read, rows, asOf, newId } =
  chatting(nodes);

const names = (count: number, prefix = 'p'): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}_${n}x`);

/** One who writes, and many to write to. */
async function writer(count: number): Promise<{ ann: Person; others: string[] }> {
  const others = names(count);
  const [ann] = await people('ann', ...others);
  return { ann: ann!, others };
}
async function personOf(name: string): Promise<Person> {
  const [row] = await stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "username" = $1', [name]);
  return { id: row!.id, securityVersion: 0, now: clock.now(), name };
}
const setBorn = (date: string, ...who: string[]) =>
  stores.sql('UPDATE "User" SET "dateOfBirth" = $1 WHERE "username" = ANY($2)', [date, who]);
const setJoined = (moment: Date, who: string) =>
  stores.sql('UPDATE "User" SET "createdAt" = $1 WHERE "username" = $2', [moment, who]);
function yearsBefore(years: number, moment: Date): string {
  const [year, ...rest] = moment.toISOString().slice(0, 10).split('-');
  return [Number(year) - years, ...rest].join('-');
}
async function helloToAll(ann: Person, others: readonly string[]): Promise<Record<string, number>> {
  return tally(await repeatedly(others.length, (n) => hello(n, ann, others[n]!)));
}
async function waitOf(ann: Person, other: string): Promise<number | undefined> {
  const sent = await writing(0).sending.send(
    asOf(ann),
    { with: other, text: 'Hallo', clientId: newId() },
    callerFrom(),
  );
  return sent.ok ? undefined : sent.retryInMs;
}

describe('new people in 24 hours:', () => {
  test('ten, and the next as soon as the first is a day ago, to the millisecond', async () => {
    const { ann, others } = await writer(12);
    expect(await hello(0, ann, others[0]!)).toBe('sent');
    clock.pass(hours(1));
    expect(await helloToAll(ann, others.slice(1))).toEqual({ sent: 9, 'too-often': 2 });
    expect(await waitOf(ann, others[11]!)).toBe(hours(23));
    clock.pass(hours(23) - 1);
    expect([await waitOf(ann, others[11]!), await hello(0, ann, others[11]!)]).toEqual([1, 'too-often']);
    clock.pass(1);
    expect([await hello(1, ann, others[10]!), await hello(0, ann, others[11]!)]).toEqual([
      'sent',
      'too-often',
    ]);
  });

  test('of fifty at once, on two nodes, ten', async () => {
    const { ann, others } = await writer(50);
    const said = await atOnce(50, (n) => hello(n, ann, others[n]!));
    expect(tally(said)).toEqual({ sent: 10, 'too-often': 40 });
    expect([(await rows('Conversation')).length, (await rows('Message')).length]).toEqual([10, 10]);
  });

  test('of eleven at once one is too many', async () => {
    const { ann, others } = await writer(11);
    expect(tally(await atOnce(11, (n) => hello(n, ann, others[n]!)))).toEqual({ sent: 10, 'too-often': 1 });
  });

  test('one that was taken back counts, and none is said instead within a day', async () => {
    const { ann, others } = await writer(11);
    for (const name of others.slice(0, 5)) {
      await hello(0, ann, name);
      await answer(0, 'withdraw', ann, name);
      // One message until they answer: taken back, it is no second one within a day.
      expect(await hello(0, ann, name)).toBe('closed');
    }
    expect(await helloToAll(ann, others.slice(5))).toEqual({ sent: 5, 'too-often': 1 });
  });

  test('who answers a hello starts nothing', async () => {
    const { ann, others } = await writer(11);
    expect(await helloToAll(ann, others.slice(0, 10))).toEqual({ sent: 10 });
    const [ben] = await people('ben');
    await hello(0, ben!, 'ann');
    expect(await hello(0, ann, 'ben')).toBe('accepted');
  });

  test('three on the first day of an account, which ends to the millisecond', async () => {
    const { ann, others } = await writer(8);
    await setJoined(clock.now(), 'ann');
    expect(await helloToAll(ann, others.slice(0, 4))).toEqual({ sent: 3, 'too-often': 1 });
    await setJoined(later(clock.now(), -days(1) + 1), 'ann');
    expect(await hello(0, ann, others[4]!)).toBe('too-often');
    await setJoined(later(clock.now(), -days(1)), 'ann');
    expect(await hello(0, ann, others[4]!)).toBe('sent');
  });

  test.each([['2011-06-01'], ['2009-06-01']])('five for whoever was born on %s', async (born) => {
    const { ann, others } = await writer(6);
    await setBorn(born, 'ann', ...others);
    await stores.sql(`UPDATE "User" SET "whoMayWrite" = 'band'`);
    expect(await helloToAll(ann, others)).toEqual({ sent: 5, 'too-often': 1 });
  });

  test('nobody is nobody, whether the limit is reached or not', async () => {
    const { ann, others } = await writer(11);
    expect(await hello(0, ann, 'no_one_is_here')).toBe('nobody');
    await helloToAll(ann, others.slice(0, 10));
    expect([await hello(0, ann, 'no_one_is_here'), await hello(0, ann, others[10]!)]).toEqual([
      'nobody',
      'too-often',
    ]);
    expect(await rows('FirstHello')).toHaveLength(10);
  });
});

describe('whoever is not wanted slows down to two:', () => {
  test('after five declines, not after four, and a day later no more', async () => {
    const { ann, others } = await writer(10);
    const [first, second] = [others.slice(0, 5), others.slice(5)];
    for (const name of first) await hello(0, ann, name);
    const declined = async (name: string) => answer(0, 'decline', { ...(await personOf(name)) }, 'ann');
    for (const name of first.slice(0, 4)) await declined(name);
    expect(await hello(0, ann, second[0]!)).toBe('sent');
    clock.pass(1);
    await declined(first[4]!);
    expect(await hello(0, ann, second[1]!)).toBe('too-often');
    clock.pass(days(1) - 1);
    // Four of the declines are a day ago, to the millisecond.
    expect(await helloToAll(ann, second.slice(1))).toEqual({ sent: 4 });
  });

  test('after three blocks, not after two', async () => {
    const { ann, others } = await writer(8);
    const block = async (name: string) => blocks(0).block(asOf(await personOf(name)), ann.id);
    for (const name of others.slice(0, 3)) await hello(0, ann, name);
    for (const name of others.slice(0, 2)) await block(name);
    // Whom one never wrote to takes nobody's hellos away.
    for (const name of others.slice(5, 8)) await block(name);
    expect(await hello(0, ann, others[3]!)).toBe('sent');
    await block(others[2]!);
    expect(await hello(0, ann, others[4]!)).toBe('too-often');
    clock.pass(days(1));
    expect(await hello(0, ann, others[4]!)).toBe('sent');
  });
});

describe('the same first words', () => {
  const text = 'Hallo, you look nice';
  const spam = async (from: Person, to: string, caller = callerFrom()) =>
    hello(0, from, to, { text, caller });

  test('to a fifth person wait for the desk, and look sent', async () => {
    const { ann, others } = await writer(6);
    for (const name of others.slice(0, 4)) expect(await spam(ann, name)).toBe('sent');
    expect(await hello(1, ann, others[4]!, { text: 'HALLO — you look  nice!!' })).toBe('sent');
    expect([await status(ann, others[3]!), await status(ann, others[4]!)]).toEqual(['asked', 'asked']);
    const [reached, held] = [await personOf(others[3]!), await personOf(others[4]!)];
    expect([await status(reached, 'ann'), await listed(reached, 'requests')]).toEqual(['asking', ['ann']]);
    expect([
      await status(held, 'ann'),
      await listed(held, 'requests'),
      await answer(0, 'accept', held, 'ann'),
    ]).toEqual(['new', [], 'nobody']);
    expect((await read(held, 'ann')).messages).toEqual([]);
    expect((await rows<{ heldAt: Date | null }>('Conversation')).filter(({ heldAt }) => heldAt)).toHaveLength(
      1,
    );
    expect(await stores.sql('SELECT FROM "RecordedEvent"')).toHaveLength(4);
    // Other words go.
    expect([await hello(0, ann, others[5]!), await status(await personOf(others[5]!), 'ann')]).toEqual([
      'sent',
      'asking',
    ]);
    // Whoever writes to them by themselves lets them in.
    expect([await hello(0, held, 'ann'), await status(ann, others[4]!)]).toEqual(['accepted', 'accepted']);
    expect((await read(held, 'ann')).messages.map((m) => m.text)).toEqual([
      'HALLO — you look  nice!!',
      expect.any(String),
    ]);
  });

  test.each([
    ['one device', (n: number) => callerFrom(undefined, 'the-laptop', `name-of-${n}`)],
    ['one /64', (n: number) => callerFrom(`2001:db8:1:2::${n + 1}`)],
  ])('count over the accounts of %s', async (_, caller) => {
    const others = names(6);
    const writers = await people(...names(5, 'w'), ...others);
    await repeatedly(5, (n) => spam(writers[n]!, others[n]!, caller(n)));
    const reached = await repeatedly(5, async (n) => status(await personOf(others[n]!), writers[n]!.name));
    expect(reached).toEqual(['asking', 'asking', 'asking', 'asking', 'new']);
  });

  test('count once a person, and from elsewhere not at all', async () => {
    const others = names(2);
    const writers = await people(...names(8, 'w'), ...others);
    await repeatedly(7, (n) => spam(writers[n]!, others[0]!, callerFrom('2001:db8:1:2::1')));
    expect(await listed(await personOf(others[0]!), 'requests')).toHaveLength(7);
    await spam(writers[7]!, others[1]!, callerFrom('2001:db8:1:3::1'));
    expect(await listed(await personOf(others[1]!), 'requests')).toHaveLength(1);
  });

  test('of ten accounts on one device at once reach four people', async () => {
    const others = names(10);
    const writers = await people(...names(10, 'w'), ...others);
    await atOnce(10, (n) =>
      hello(n, writers[n]!, others[n]!, { text, caller: callerFrom(undefined, 'the-laptop') }),
    );
    const reached = await repeatedly(10, async (n) => status(await personOf(others[n]!), writers[n]!.name));
    expect(tally(reached)).toEqual({ asking: 4, new: 6 });
  });

  test('are forgotten after a day', async () => {
    const { ann, others } = await writer(5);
    for (const name of others.slice(0, 4)) await spam(ann, name);
    clock.pass(days(1) - 1);
    await endings(0).forget(clock.now());
    expect(await rows('FirstHello')).toHaveLength(4);
    clock.pass(1);
    await endings(0).forget(clock.now());
    expect(await rows('FirstHello')).toEqual([]);
    expect([await spam(ann, others[4]!), await status(await personOf(others[4]!), 'ann')]).toEqual([
      'sent',
      'asking',
    ]);
  });
});

describe('minors', () => {
  test('hear from matches of their band only, and from nobody of another', async () => {
    const [ann, ben, cem] = await people('ann', 'ben', 'cem');
    await setBorn('2009-06-01', 'ann', 'ben');
    // All speak German and learn English: no match of each other.
    expect([await hello(0, ann!, 'ben'), await hello(0, cem!, 'ann'), await hello(0, ann!, 'cem')]).toEqual([
      'nobody',
      'nobody',
      'nobody',
    ]);
    await stores.sql(
      `UPDATE "UserLanguage" SET "role" = (CASE "role" WHEN 'native' THEN 'learning' ELSE 'native' END)::"LanguageRole", "level" = NULL WHERE "userId" = $1`,
      [ben!.id],
    );
    expect([await hello(0, ann!, 'ben'), await status(ben!, 'ann')]).toEqual(['sent', 'asking']);
    expect([await hello(0, cem!, 'ben'), await status(cem!, 'ben')]).toEqual(['nobody', 'nobody']);
  });

  test('are asked by a hello that waited until one of the two grew older: it ends', async () => {
    const [ann, ben] = await people('ann', 'ben');
    await stores.sql(`UPDATE "User" SET "whoMayWrite" = 'band'`);
    await setBorn(yearsBefore(18, later(clock.now(), days(2))), 'ann');
    await setBorn(yearsBefore(17, clock.now()), 'ben');
    expect(await hello(0, ann!, 'ben')).toBe('sent');
    clock.pass(days(4));
    // Before anything has heard of it, neither may go on.
    expect([
      await answer(0, 'accept', ben!, 'ann'),
      await status(ben!, 'ann'),
      await listed(ben!, 'requests'),
    ]).toEqual(['nobody', 'nobody', []]);
    expect(await endings(0).withdrawAcrossBands(ann!.id, clock.now())).toBe(2);
    // As after a block: nothing tells the one from the other.
    expect([
      await listed(ann!, 'chats'),
      await listed(ben!, 'chats'),
      await listed(ben!, 'requests'),
    ]).toEqual([['former'], ['former'], []]);
    expect(await endings(0).withdrawAcrossBands(ann!.id, clock.now())).toBe(0);
  });
});
