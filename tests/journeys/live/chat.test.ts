import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { logOf, talker, talkers } from '../../support/live/talkers.ts';

const house = await houseOfThisFile();
const { open } = socketsOf(house);

const words = (name: string, text: string, more: object = {}) => ({
  with: name,
  text,
  clientId: randomUUID(),
  ...more,
});

test('what is sent at one process is stored, acknowledged, and told at the other to both', async () => {
  await withAnother(house, {}, async (there) => {
    const [ann, ben] = await talkers(house);
    const [mine, tab, theirs] = [await open(ann.who), await open(ann.who, there), await open(ben.who, there)];
    const sent = words(ben.username, 'Wie geht es dir?');
    const at = house.clock.now().toISOString();
    const stored = await mine.act('chat.send', sent);
    expect(stored).toEqual({ ok: true, seq: 2, at, clientId: sent.clientId, change: expect.any(Number) });
    const told = { seq: 2, author: ann.username, clientId: sent.clientId, text: 'Wie geht es dir?', at };
    for (const [socket, who] of [
      [mine, ben],
      [tab, ben],
      [theirs, ann],
    ] as const)
      expect(await socket.next('chat.message')).toMatchObject({ ...told, with: who.username });
    expect(await logOf(ben, ann)).toEqual([
      [1, 'Hallo'],
      [2, 'Wie geht es dir?'],
    ]);
    // Sent again, at the other process and over HTTP: the same number, and nobody is told again.
    expect(await tab.act('chat.send', sent)).toMatchObject({ ok: true, seq: 2 });
    const { with: name, ...again } = sent;
    expect((await ann.api.post(`/chats/${name}`, again)).body).toMatchObject({ seq: 2 });
    await tab.act('chat.send', words(ben.username, 'Und?'));
    expect(await theirs.next('chat.message')).toMatchObject({ seq: 3 });
    expect(theirs.heard.filter(({ event }) => event === 'chat.message')).toHaveLength(2);
  });
});

test('edits, deletions, reactions and read marks are told to both, and drafts to oneself', async () => {
  await withAnother(house, {}, async (there) => {
    const [ann, ben] = await talkers(house);
    const [mine, theirs, bens] = [await open(ann.who), await open(ben.who, there), await open(ben.who)];
    await mine.act('chat.send', words(ben.username, 'Ich bin gegangt'));
    const which = { with: ben.username, seq: 2 };
    for (const [name, data] of [
      ['chat.edit', { ...which, text: 'Ich bin gegangen' }],
      ['chat.react', { ...which, emoji: '👍' }],
      ['chat.delete', which],
    ] as const) {
      const { ok, change } = await mine.act(name, data);
      expect([name, ok]).toEqual([name, true]);
      expect(await theirs.next('chat.changed')).toEqual({ with: ann.username, seq: 2, change });
      expect(await mine.next('chat.changed')).toEqual({ with: ben.username, seq: 2, change });
    }
    await theirs.act('chat.read', { with: ann.username, seq: 2 });
    const read = { seq: 2, by: ben.username, change: expect.any(Number) };
    expect(await mine.next('chat.read')).toEqual({ with: ben.username, ...read });
    expect(await bens.next('chat.read')).toEqual({ with: ann.username, ...read });
    await theirs.act('chat.draft', { with: ann.username, text: 'Ich wollte' });
    expect(await bens.next('chat.mine')).toEqual({ with: ann.username, what: 'draft', text: 'Ich wollte' });
    expect(mine.heard.some(({ event }) => event === 'chat.mine')).toBe(false);
  });
});

test('what somebody under 18 reads is not told, and no receipts are shown to them', async () => {
  const [teen, friend] = [
    await talker(house, { dateOfBirth: '2011-01-01' }),
    await talker(house, { dateOfBirth: '2011-02-02' }),
  ];
  await house.stores.sql(`UPDATE "User" SET "whoMayWrite" = 'band'`);
  await teen.api.post(`/chats/${friend.username}`, { text: 'Hallo', clientId: randomUUID() });
  await friend.api.post(`/chats/${teen.username}/accept`);
  const [mine, theirs] = [await open(teen.who), await open(friend.who)];
  await mine.act('chat.send', words(friend.username, 'Hast du Zeit?'));
  await theirs.act('chat.read', { with: teen.username, seq: 2 });
  await theirs.act('chat.send', words(teen.username, 'Ja'));
  await mine.next('chat.message');
  await mine.next('chat.message');
  expect(mine.heard.some(({ event }) => event === 'chat.read')).toBe(false);
  expect((await teen.api.get(`/chats/${friend.username}`)).body.theirReadSeq).toBeNull();
});

test('after a block nothing goes and nothing is told, at either process', async () => {
  await withAnother(house, {}, async (there) => {
    const [ann, ben] = await talkers(house);
    const [mine, theirs] = [await open(ann.who), await open(ben.who, there)];
    expect((await ben.api.post(`/people/${ann.username}/block`)).status).toBe(200);
    const nobody = { ok: false, reason: 'nobody', says: expect.any(String) };
    for (const [socket, name] of [
      [mine, ben.username],
      [theirs, ann.username],
    ] as const) {
      expect(await socket.act('chat.send', words(name, 'Noch da?'))).toEqual(nobody);
      expect(await socket.act('chat.edit', { with: name, seq: 1, text: 'Anders' })).toEqual(nobody);
      expect(await socket.act('chat.conversation', { with: name })).toEqual(nobody);
    }
    expect(
      [mine, theirs].flatMap(({ heard }) => heard).filter(({ event }) => event === 'chat.message'),
    ).toEqual([]);
  });
});

test('in a foreign conversation nobody reads, writes, changes or marks anything', async () => {
  const [ann, ben] = await talkers(house);
  const eve = await talker(house);
  const { body } = await ann.api.get(`/chats/${ben.username}`);
  const socket = await open(eve.who);
  const place = { with: body.id };
  for (const [name, data] of [
    ['chat.conversation', place],
    ['chat.send', words(String(body.id), 'Hallo zusammen')],
    ['chat.edit', { ...place, seq: 1, text: 'Anders' }],
    ['chat.delete', { ...place, seq: 1 }],
    ['chat.react', { ...place, seq: 1, emoji: '👍' }],
    ['chat.correct', { ...place, seq: 1, text: 'Besser' }],
    ['chat.keep', { ...place, seq: 1 }],
    ['chat.read', { ...place, seq: 1 }],
    ['chat.draft', { ...place, text: 'Hm' }],
    ['chat.mute', place],
  ] as const)
    expect([name, (await socket.act(name, data)).reason]).toEqual([name, 'nobody']);
  expect((await ann.api.get(`/chats/${ben.username}`)).body).toEqual(body);
});
