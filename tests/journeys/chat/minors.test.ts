import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { ways } from '../../support/both-ways.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { partnersIn, talkOf, write } from '../../support/partnering.ts';

/** Where one of two is under 18, nobody sends or gets contact details: not in a message, and not by the side door either. */
const house = await houseOfThisFile();
const young = { dateOfBirth: '2009-06-01' };
const details = {
  phone: 'Call me: +49 1512 3456789',
  email: 'ann@example.com is me',
  link: 'Look: https://example.com/me',
  handle: 'insta: ann_2009_x',
};

describe.each(ways)('by $name', (way) => {
  const isHeldBack = async (
    act: Promise<{ status: number; faults: Record<string, string> }>,
    what: string,
  ) => {
    const { status, faults } = await act;
    expect([status, faults.text ?? 'said elsewhere']).toEqual([
      422,
      expect.stringMatching(/18|said elsewhere/),
    ]);
    expect(what).not.toBe('');
  };

  test.each(Object.entries(details))(
    '%s is held back in messages, edits, corrections and their notes, both ways',
    async (kind, text) => {
      const { ann, ben } = await partnersIn(house, young);
      for (const [from, to] of [
        [ann, ben],
        [ben, ann],
      ] as const) {
        const chat = `/chats/${to.username}`;
        await isHeldBack(way.send(from.who, chat, { text, clientId: randomUUID() }), kind);
        await write(from, to, 'Alles gut?');
        const { messages } = await talkOf(from, to);
        const last = messages.at(-1)!.seq;
        await isHeldBack(way.send(from.who, `${chat}/messages/${last}/edit`, { text }), kind);
        const correct = `/chats/${from.username}/messages/${last}/correct`;
        await isHeldBack(way.send(to.who, correct, { text, note: '', clientId: randomUUID() }), kind);
        await isHeldBack(
          way.send(to.who, correct, { text: 'Alles gut!', note: text, clientId: randomUUID() }),
          kind,
        );
      }
      const said = JSON.stringify((await talkOf(ann, ben)).messages);
      expect([said.includes('example.com'), said.includes('3456789'), said.includes('ann_2009_x')]).toEqual([
        false,
        false,
        false,
      ]);
    },
  );
});

test('two adults who accepted each other may give each other what they like', async () => {
  const { ann, ben } = await partnersIn(house);
  for (const text of Object.values(details)) expect((await write(ann, ben, text)).status).toBe(303);
  expect((await talkOf(ben, ann)).messages).toHaveLength(5);
});
