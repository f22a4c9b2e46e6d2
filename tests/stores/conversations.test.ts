import { describe, expect, test } from '@jest/globals';
import { days } from '../../src/kernel/clock.ts';
import { opaqueIdOf, readOpaqueId } from '../../src/features/chat/pairs/conversation-id.ts';
import { chatting } from '../support/chatting.ts';
import { twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock } = nodes;
const { chat, blocks, people, hello, answer, status, read, listed, rows, asOf, newId, writing } =
  chatting(nodes);

async function annAndBen() {
  const [ann, ben] = await people('ann', 'ben');
  return { ann: ann!, ben: ben! };
}
const partners = async () => (await rows('Partner')).length;
const eventNames = async () =>
  (await stores.sql<{ name: string }>('SELECT "name" FROM "RecordedEvent" ORDER BY "id"')).map(
    ({ name }) => name,
  );

describe('a first hello', () => {
  test('waits with the other, who accepts it', async () => {
    const { ann, ben } = await annAndBen();
    expect(await status(ann, 'ben')).toBe('new');
    expect(await hello(0, ann, 'ben', { text: 'Hallo Ben' })).toBe('sent');
    expect([await status(ann, 'ben'), await status(ben, 'ann')]).toEqual(['asked', 'asking']);
    expect([await listed(ann, 'chats'), await listed(ben, 'chats')]).toEqual([['ben'], []]);
    expect([await listed(ann, 'requests'), await listed(ben, 'requests')]).toEqual([[], ['ann']]);
    expect(await read(ben, 'ann')).toMatchObject({
      with: 'ann',
      mayWrite: true,
      messages: [{ seq: 1, mine: false, text: 'Hallo Ben', clientId: null }],
    });
    expect(await partners()).toBe(0);
    expect(await answer(1, 'accept', ben, 'ann')).toBe('done');
    expect([await status(ann, 'ben'), await status(ben, 'ann')]).toEqual(['accepted', 'accepted']);
    expect([await listed(ann, 'chats'), await listed(ben, 'chats'), await listed(ben, 'requests')]).toEqual([
      ['ben'],
      ['ann'],
      [],
    ]);
    expect(await partners()).toBe(1);
    expect(await eventNames()).toEqual(['chat.requested', 'chat.accepted']);
    expect(await hello(0, ann, 'ben')).toBe('sent');
  });

  test('is one message until the other answers', async () => {
    const { ann } = await annAndBen();
    expect([await hello(0, ann, 'ben'), await hello(0, ann, 'ben')]).toEqual(['sent', 'closed']);
  });

  test('is answered by words of the other, which accept it', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    expect(await hello(1, ben, 'ann')).toBe('accepted');
    expect([await status(ann, 'ben'), await partners()]).toEqual(['accepted', 1]);
    expect((await read(ann, 'ben')).messages.map(({ seq, mine }) => [seq, mine])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test('of one client id is one, whatever came between', async () => {
    const { ann, ben } = await annAndBen();
    const clientId = newId();
    const send = async (n: number) =>
      writing(n).sending.send(
        asOf(ann),
        { with: 'ben', text: 'Hallo', clientId },
        { sessionId: '', address: '127.0.0.1', userAgent: '', cookies: '' },
      );
    const first = await send(0);
    expect(await send(1)).toEqual(first);
    await answer(0, 'accept', ben, 'ann');
    expect(await send(0)).toEqual(first);
    expect(await rows('Message')).toHaveLength(1);
    expect(await rows('FirstHello')).toHaveLength(1);
  });

  test('says no contact details', async () => {
    const { ann } = await annAndBen();
    expect(await hello(0, ann, 'ben', { text: 'Write me: ann@example.com' })).toBe('contact-detail');
    expect(await hello(0, ann, 'nobody_here', { text: 'Write me: ann@example.com' })).toBe('contact-detail');
    expect(await rows('Message')).toEqual([]);
  });

  test('is said by nobody who is hidden, and to nobody who wants none', async () => {
    const { ann, ben } = await annAndBen();
    await stores.sql(`UPDATE "User" SET "visibility" = 'nobody' WHERE "username" = 'ann'`);
    expect([await hello(0, ann, 'ben'), await hello(0, ben, 'ann'), await hello(0, ann, 'x_y_z')]).toEqual([
      'hidden',
      'nobody',
      'nobody',
    ]);
    await stores.sql(
      `UPDATE "User" SET "visibility" = 'members', "whoMayWrite" = 'nobody' WHERE "username" = 'ann'`,
    );
    expect([await hello(0, ann, 'ben'), await hello(0, ben, 'ann'), await status(ben, 'ann')]).toEqual([
      'sent',
      'accepted',
      'accepted',
    ]);
    expect([await hello(0, ann, 'ann'), await status(ann, 'ann')]).toEqual(['nobody', 'nobody']);
  });
});

describe('declining', () => {
  test('is silent, and holds for ever, until the other writes', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    const before = [await read(ann, 'ben'), await chat(0).list(asOf(ann), 'chats', '')];
    expect(await answer(0, 'decline', ben, 'ann')).toBe('done');
    expect([await read(ann, 'ben'), await chat(0).list(asOf(ann), 'chats', '')]).toEqual(before);
    expect([await status(ben, 'ann'), await listed(ben, 'requests'), await listed(ben, 'chats')]).toEqual([
      'declined',
      [],
      [],
    ]);
    expect(await hello(0, ann, 'ben')).toBe('closed');
    // Taken back and said again, a day later, it is as if it waited, and reaches nobody.
    expect([await answer(0, 'withdraw', ann, 'ben'), await status(ann, 'ben')]).toEqual(['done', 'new']);
    expect(await hello(0, ann, 'ben')).toBe('closed');
    clock.pass(days(1));
    expect([await hello(0, ann, 'ben', { text: 'Hallo again' }), await status(ann, 'ben')]).toEqual([
      'sent',
      'asked',
    ]);
    expect([await status(ben, 'ann'), await listed(ben, 'requests')]).toEqual(['declined', []]);
    expect(JSON.stringify(await read(ben, 'ann'))).not.toContain('again');
    expect(await eventNames()).toEqual(['chat.requested']);
    expect(await hello(1, ben, 'ann')).toBe('accepted');
    expect((await read(ben, 'ann')).messages.map(({ text }) => text)).toEqual([
      null,
      'Hallo again',
      expect.any(String),
    ]);
    expect([await status(ann, 'ben'), await partners()]).toEqual(['accepted', 1]);
  });

  test('outlasts a block that is taken back', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    await answer(0, 'decline', ben, 'ann');
    const block = await blocks(0).block(asOf(ben), ann.id);
    expect(await hello(0, ann, 'ben')).toBe('nobody');
    await blocks(0).unblock(asOf(ben), block.ok ? block.value.id : '');
    clock.pass(days(1));
    expect([await status(ann, 'ben'), await hello(0, ann, 'ben')]).toEqual(['ended', 'sent']);
    expect(await listed(ben, 'requests')).toEqual([]);
  });

  test('leaves both to write, once the other wrote and took it back', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    await answer(0, 'decline', ben, 'ann');
    await answer(0, 'withdraw', ann, 'ben');
    clock.pass(days(1));
    expect([await hello(0, ben, 'ann'), await status(ann, 'ben'), await status(ben, 'ann')]).toEqual([
      'sent',
      'asking',
      'asked',
    ]);
    expect([
      await answer(0, 'withdraw', ben, 'ann'),
      await hello(0, ann, 'ben'),
      await status(ben, 'ann'),
    ]).toEqual(['done', 'sent', 'asking']);
  });
});

describe('taking back', () => {
  test('takes the words from both, and lets one say hello again a day later', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben', { text: 'Oops' });
    expect(await answer(0, 'withdraw', ann, 'ben')).toBe('done');
    expect([await listed(ann, 'chats'), await listed(ben, 'requests'), await status(ben, 'ann')]).toEqual([
      [],
      [],
      'new',
    ]);
    expect(await answer(0, 'accept', ben, 'ann')).toBe('answered');
    expect([(await read(ann, 'ben')).mayWrite, await hello(0, ann, 'ben')]).toEqual([false, 'closed']);
    clock.pass(days(1));
    expect(await hello(0, ann, 'ben', { text: 'Hallo' })).toBe('sent');
    expect((await read(ben, 'ann')).messages.map(({ seq, text }) => [seq, text])).toEqual([[2, 'Hallo']]);
    expect(await rows('FirstHello')).toHaveLength(2);
  });

  test('is for whoever said it, and accepting for the other', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    expect([
      await answer(0, 'accept', ann, 'ben'),
      await answer(0, 'decline', ann, 'ben'),
      await answer(0, 'withdraw', ben, 'ann'),
    ]).toEqual(['answered', 'answered', 'answered']);
    expect(await status(ben, 'ann')).toBe('asking');
  });
});

describe('a block', () => {
  test.each(['waiting', 'accepted'])('ends what is %s, and both keep it without a name', async (state) => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben', { text: 'Hallo' });
    if (state === 'accepted') await answer(0, 'accept', ben, 'ann');
    const { id } = await read(ann, 'ben');
    const block = await blocks(0).block(asOf(ben), ann.id);
    expect(await partners()).toBe(0);
    for (const [me, other] of [
      [ann, 'ben'],
      [ben, 'ann'],
    ] as const) {
      expect([
        await status(me, other),
        await hello(0, me, other),
        await answer(0, 'accept', me, other),
      ]).toEqual(['nobody', 'nobody', 'nobody']);
      expect([await listed(me, 'chats'), await listed(me, 'requests')]).toEqual([['former'], []]);
      expect(await read(me, id)).toMatchObject({
        id,
        with: id,
        person: null,
        status: 'former',
        mayWrite: false,
        messages: [{ text: 'Hallo' }],
      });
      expect([await hello(0, me, id), await answer(0, 'accept', me, id)]).toEqual(['over', 'answered']);
    }
    await blocks(0).unblock(asOf(ben), block.ok ? block.value.id : '');
    expect([await status(ann, 'ben'), await partners(), await answer(0, 'accept', ben, 'ann')]).toEqual([
      'ended',
      0,
      'answered',
    ]);
    clock.pass(days(1));
    expect([await hello(0, ann, 'ben'), await status(ben, 'ann')]).toEqual(['sent', 'asking']);
  });

  test('is like leaving, suspension and a ban to the other', async () => {
    const { ann, ben } = await annAndBen();
    await hello(0, ann, 'ben');
    const { id } = await read(ann, 'ben');
    for (const gone of [
      `"leavingAt" = now(), "purgeAt" = now()`,
      `"bannedAt" = now()`,
      `"suspendedUntil" = '2999-01-01'`,
    ]) {
      await stores.sql(`UPDATE "User" SET ${gone} WHERE "username" = 'ben'`);
      expect([await status(ann, 'ben'), await status(ann, id), await listed(ann, 'chats')]).toEqual([
        'nobody',
        'former',
        ['former'],
      ]);
      await stores.sql(
        `UPDATE "User" SET "leavingAt" = NULL, "purgeAt" = NULL, "bannedAt" = NULL, "suspendedUntil" = NULL`,
      );
    }
    await stores.sql(`UPDATE "User" SET "bannedAt" = now() WHERE "username" = 'ann'`);
    expect([await listed(ben, 'requests'), await listed(ben, 'chats')]).toEqual([[], ['former']]);
  });
});

test('the id of a conversation is written in 24 characters, and no other text is it', () => {
  const id = '0189d6c5-7a4c-8b3e-9f10-6b1d2c3e4f50';
  const opaque = opaqueIdOf(id);
  expect([opaque.length, readOpaqueId(opaque)]).toEqual([24, id]);
  const others = [
    'AQgw'.includes(opaque.at(-1)!) ? `${opaque.slice(0, -1)}B` : '',
    opaque.slice(1),
    `${opaque}A`,
    'c_',
    'ann',
  ];
  expect(others.map(readOpaqueId)).toEqual([null, null, null, null, null]);
});

test('the id of a pair is a UUID of version 8, whoever is named first', async () => {
  const { ann, ben } = await annAndBen();
  const [row] = await stores.sql<{ one: string; other: string }>(
    `SELECT "conversation_id"($1, $2) AS one, "conversation_id"($2, $1) AS other`,
    [ann.id, ben.id],
  );
  expect(row!.one).toBe(row!.other);
  expect(row!.one).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('whoever has the id of a conversation of others has nothing', async () => {
  const { ann } = await annAndBen();
  const [eve] = await people('eve');
  await hello(0, ann, 'ben');
  const { id } = await read(ann, 'ben');
  expect([await status(eve!, id), await hello(0, eve!, id), await answer(0, 'accept', eve!, id)]).toEqual([
    'nobody',
    'nobody',
    'nobody',
  ]);
});
