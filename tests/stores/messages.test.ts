import { describe, expect, test } from '@jest/globals';
import { messagePolicy, sendBucket } from '../../src/features/chat/policy.ts';
import { chatting, type Person } from '../support/chatting.ts';
import { partnersWho } from '../support/partners.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { clock, stores } = nodes;
const chats = chatting(nodes, sendBucket);
const { read, newId, told, rows } = chats;
const { annAndBen, send, edit, remove, react, correct, mark } = partnersWho(chats, clock);

const said = async (me: Person, other: string) =>
  (await read(me, other)).messages.map(({ seq, mine, text }) => [seq, mine, text]);

describe('a message between two who accepted each other', () => {
  test('gets the next number, and is there for both', async () => {
    const { ann, ben } = await annAndBen();
    expect([await send(0, ann, 'ben', 'Wie geht es?'), await send(1, ben, 'ann', 'Gut!')]).toEqual([2, 3]);
    expect(await said(ann, 'ben')).toEqual([
      [1, true, 'Hallo'],
      [2, true, 'Wie geht es?'],
      [3, false, 'Gut!'],
    ]);
    expect(await said(ben, 'ann')).toEqual([
      [1, false, 'Hallo'],
      [2, false, 'Wie geht es?'],
      [3, true, 'Gut!'],
    ]);
  });

  test('is told to both, of each other', async () => {
    const { ann, ben } = await annAndBen();
    told.length = 0;
    const clientId = newId();
    await send(0, ann, 'ben', 'Hm', { clientId });
    const facts = { seq: 2, author: 'ann', clientId, text: 'Hm', change: expect.any(Number) };
    const of = (data: object) => ({
      event: 'chat.message',
      data: expect.objectContaining({ ...facts, ...data }),
    });
    expect(told).toEqual([
      { userId: ann.id, ...of({ with: 'ben', mine: true }) },
      { userId: ben.id, ...of({ with: 'ann', mine: false }) },
    ]);
    await send(1, ben, 'ann', 'Was?', { answers: 2 });
    const quote = { seq: 2, language: null, text: 'Hm' };
    expect(told.slice(2)).toEqual([
      {
        userId: ben.id,
        ...of({
          seq: 3,
          author: 'ben',
          clientId: expect.any(String),
          text: 'Was?',
          answers: { ...quote, mine: false },
        }),
      },
      {
        userId: ann.id,
        ...of({
          seq: 3,
          author: 'ben',
          clientId: expect.any(String),
          text: 'Was?',
          answers: { ...quote, mine: true },
        }),
      },
    ]);
  });

  test('sent again, fifty times at once on two nodes, keeps its number', async () => {
    const { ann } = await annAndBen();
    const clientId = newId();
    const numbers = await atOnce(50, (n) => send(n, ann, 'ben', 'Einmal', { clientId }));
    expect(new Set(numbers)).toEqual(new Set([2]));
    expect(await said(ann, 'ben')).toHaveLength(2);
    clock.pass(1000 * 60 * 60 * 24 * 31);
    expect(await send(1, ann, 'ben', 'Einmal', { clientId })).toBe(2);
  });

  test('of fifty at once by both on two nodes, each has a number of its own without holes', async () => {
    const { ann, ben } = await annAndBen();
    const numbers = await atOnce(50, (n) =>
      n % 4 < 2 ? send(n, ann, 'ben', `A ${n}`) : send(n, ben, 'ann', `B ${n}`),
    );
    expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 2),
    );
    const [talk] = await rows<{ lastSeq: number; lastChange: number }>('Conversation');
    expect(talk).toMatchObject({ lastSeq: 51 });
    const messages = await rows<{ seq: number; change: number }>('Message');
    expect(new Set(messages.map(({ change }) => change)).size).toBe(51);
  });

  test('thirty go at once, and then one every half second; a repeat costs nearly nothing', async () => {
    const { ann } = await annAndBen();
    const clientIds = Array.from({ length: 31 }, newId);
    const sent = [];
    for (const clientId of clientIds) sent.push(await send(0, ann, 'ben', 'Viel', { clientId }));
    expect(sent.slice(0, 29)).toEqual(Array.from({ length: 29 }, (_, n) => n + 2));
    expect(sent.at(-1)).toBe('too-fast');
    // The hello was a millisecond earlier, and counts.
    clock.pass(498);
    expect(await send(1, ann, 'ben', 'Viel', { clientId: clientIds.at(-1)! })).toBe('too-fast');
    clock.pass(1);
    expect(await send(1, ann, 'ben', 'Viel', { clientId: clientIds.at(-1)! })).toEqual(expect.any(Number));
  });

  test('in one statement with one that is refused: each has its own answer', async () => {
    const { ann } = await annAndBen();
    const answers = await Promise.all([
      send(0, ann, 'ben', 'Eins'),
      send(0, ann, 'ben', 'Zwei', { answers: 77 }),
      send(0, ann, 'nobody', 'Drei'),
      send(0, { ...ann, securityVersion: 9 }, 'ben', 'Vier'),
      send(0, ann, 'ben', 'Fünf'),
    ]);
    expect(answers).toEqual([2, 'gone', 'nobody', 'signed-out', 3]);
  });

  test('against a block: it came before or is refused', async () => {
    for (let round = 0; round < 20; round++) {
      await stores.empty();
      const { ann, ben } = await annAndBen();
      const [sent] = await Promise.all([
        send(0, ann, 'ben', 'Noch da?'),
        chats.blocks(1).block(chats.asOf(ben), ann.id),
      ]);
      const stored = (await rows<{ seq: number }>('Message')).length;
      expect([sent, stored]).toEqual(sent === 2 ? [2, 2] : ['nobody', 1]);
      expect(await send(0, ann, 'ben', 'Und jetzt?')).toBe('nobody');
    }
  });
});

describe('an edit', () => {
  test('keeps what was said, counts, and is shown to both', async () => {
    const { ann, ben } = await annAndBen();
    await send(0, ann, 'ben', 'Ich bin gegangt');
    expect(await edit(0, ann, 'ben', 2, 'Ich bin gegangen')).toBe('done');
    const [, message] = (await read(ben, 'ann')).messages;
    expect(message).toMatchObject({ text: 'Ich bin gegangen', edits: 1, editedAt: clock.now() });
    expect(await rows('MessageVersion')).toMatchObject([{ seq: 2, edit: 0, text: 'Ich bin gegangt' }]);
    expect(await edit(0, ben, 'ann', 2, 'Nein')).toBe('gone');
  });

  test('goes for 24 hours and ten times, two nodes at once', async () => {
    const { ann } = await annAndBen();
    await send(0, ann, 'ben', 'Text');
    clock.pass(messagePolicy.editableFor - 1);
    const done = await atOnce(20, (n) => edit(n, ann, 'ben', 2, `Text ${n}`));
    expect(done.filter((what) => what === 'done')).toHaveLength(messagePolicy.mostEdits);
    expect(new Set(done)).toEqual(new Set(['done', 'too-often-edited']));
    clock.pass(1);
    expect(await edit(0, ann, 'ben', 2, 'Zu spät')).toBe('too-late');
  });
});

describe('a deletion', () => {
  test('goes for 48 hours, and takes the words from quotes and corrections', async () => {
    const { ann, ben } = await annAndBen();
    await send(0, ann, 'ben', 'Ich habe gegangen');
    await send(1, ben, 'ann', 'Wohin?', { answers: 2 });
    await correct(1, ben, 'ann', 2, 'Ich bin gegangen');
    clock.pass(messagePolicy.deletableFor - 1);
    expect(await remove(0, ann, 'ben', 2)).toBe('done');
    for (const [me, other] of [
      [ann, 'ben'],
      [ben, 'ann'],
    ] as const) {
      const [, message, answer, correction] = (await read(me, other)).messages;
      expect(message).toMatchObject({ seq: 2, text: null });
      expect(answer).toMatchObject({ text: 'Wohin?', answers: { seq: 2, text: null } });
      expect(correction).toMatchObject({ text: null, corrects: { seq: 2, text: null } });
    }
    expect(await remove(0, ann, 'ben', 2)).toBe('gone');
    clock.pass(1);
    expect(await remove(0, ben, 'ann', 3)).toBe('too-late');
  });
});

describe('a correction', () => {
  test('is of the other only, keeps what it corrected, and tells when that was edited since', async () => {
    const { ann, ben } = await annAndBen();
    await send(0, ann, 'ben', 'Ich habe gegangen');
    expect(await correct(0, ann, 'ben', 2, 'Ich bin gegangen')).toBe('gone');
    expect(await correct(1, ben, 'ann', 2, 'Ich bin gegangen', 'gehen: sein')).toBe(3);
    const correction = async () => (await read(ann, 'ben')).messages.at(-1);
    expect(await correction()).toMatchObject({
      text: 'Ich bin gegangen',
      note: 'gehen: sein',
      corrects: { seq: 2, mine: true, text: 'Ich habe gegangen', outdated: false },
    });
    await edit(0, ann, 'ben', 2, 'Ich bin gelaufen');
    expect(await correction()).toMatchObject({ corrects: { text: 'Ich habe gegangen', outdated: true } });
  });
});

describe('what changed since', () => {
  test('is one question: edits, deletions, reactions, corrections that are outdated', async () => {
    const { ann, ben } = await annAndBen();
    for (const text of ['Eins', 'Zwei', 'Drei']) await send(0, ann, 'ben', text);
    const { change } = await read(ben, 'ann');
    await edit(0, ann, 'ben', 2, 'Eins!');
    await remove(0, ann, 'ben', 3);
    await react(1, ben, 'ann', 4, '👍');
    await react(1, ben, 'ann', 4, '🎉');
    await send(1, ann, 'ben', 'Vier');
    const found = await chats.chat(0).read(chats.asOf(ben), {
      with: 'ann',
      before: null,
      after: 4,
      changedAfter: change,
    });
    if (!found.ok) throw new Error(found.reason);
    expect(found.value.messages.map(({ seq }) => seq)).toEqual([5]);
    expect(found.value.changed.map(({ seq, text, reactions }) => [seq, text, reactions])).toEqual([
      [2, 'Eins!', []],
      [3, null, []],
      [4, 'Drei', [{ emoji: '🎉', mine: true }]],
    ]);
    expect(found.value.change).toBe(change + 5);
  });
});

describe('the read mark', () => {
  test('never goes back, nor beyond the last message; unread is counted from the log', async () => {
    const { ann, ben } = await annAndBen();
    const unread = async () => {
      const list = await chats.chat(0).list(chats.asOf(ben), 'chats', '');
      return list.ok ? list.value.items[0]!.unread : list.reason;
    };
    for (let n = 0; n < 5; n++) await send(n, ann, 'ben', `Nummer ${n}`);
    expect(await unread()).toBe(6);
    expect(await mark(0, ben, 'ann', 4)).toBe('done');
    expect(await unread()).toBe(2);
    await atOnce(20, (n) => mark(n, ben, 'ann', (n % 5) + 1));
    expect((await read(ben, 'ann')).readSeq).toBe(5);
    await remove(0, ann, 'ben', 6);
    expect(await unread()).toBe(0);
    await mark(0, ben, 'ann', 999);
    expect((await read(ben, 'ann')).readSeq).toBe(6);
    expect((await read(ann, 'ben')).theirReadSeq).toBe(6);
  });
});
