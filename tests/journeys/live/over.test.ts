import { describe, expect, test } from '@jest/globals';
import { leave } from '../../support/deletion.ts';
import { caseAbout, decide, staffOf } from '../../support/desk.ts';
import { houseOfThisFile } from '../../support/house.ts';
import type { OpenSocket } from '../../support/live/open-socket.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { talker, type Talker, talkers } from '../../support/live/talkers.ts';
import { idOf } from '../../support/relations.ts';

const house = await houseOfThisFile();
/** Another process. */
const there = await houseOfThisFile({ beside: house, jobs: false });
/** Two that hand on nothing of what is recorded. */
const silent = await houseOfThisFile({ jobs: false });
const silentToo = await houseOfThisFile({ beside: silent, jobs: false });
const here = socketsOf(house);
const { open } = socketsOf(silent);

const conversationOf = async ({ api }: Talker, other: Talker) =>
  String((await api.get(`/chats/${other.username}`)).body.id);
const told = ({ heard }: OpenSocket) => heard.filter(({ event }) => event === 'chat.over');

describe('a block', () => {
  test.each(['by their page', 'by a report'])(
    '%s is told to both in every process, before any event is handed on',
    async (way) => {
      const [ann, ben] = await talkers(silent);
      const id = await conversationOf(ann, ben);
      const sockets = [
        [await open(ann.who), ben],
        [await open(ann.who, silentToo), ben],
        [await open(ben.who), ann],
        [await open(ben.who, silentToo), ann],
      ] as const;
      const blocks = {
        'by their page': () => ann.api.post(`/people/${ben.username}/block`),
        'by a report': () =>
          ann.api.post('/report', {
            about: `person:${ben.username}`,
            reason: 'insult',
            text: 'Look.',
            block: 'on',
          }),
      };
      await blocks[way as keyof typeof blocks]();
      for (const [socket, other] of sockets)
        expect(await socket.next('chat.over')).toEqual({ with: other.username, id });
      for (const { api } of [ann, ben])
        expect((await api.get(`/chats/${id}`)).body).toMatchObject({ status: 'former', person: null });
      // Twice is once.
      await ann.api.post(`/people/${ben.username}/block`);
      expect(sockets.map(([socket]) => told(socket).length)).toEqual([1, 1, 1, 1]);
    },
  );

  test('between two who never wrote to each other tells nobody anything', async () => {
    const [ann, ben] = [await talker(silent), await talker(silent)];
    const [mine, theirs] = [await open(ann.who), await open(ben.who, silentToo)];
    expect((await ann.api.post(`/people/${ben.username}/block`)).status).toBe(200);
    expect([mine, theirs].flatMap(told)).toEqual([]);
  });

  test('nor whom a hello never reached that is held back', async () => {
    const [ann, ben] = [await talker(silent), await talker(silent)];
    await ann.api.post(`/chats/${ben.username}`, {
      text: 'Hallo',
      clientId: '0193a5c2-77f1-4f0b-a1d4-5be0c1de9f42',
    });
    const id = await conversationOf(ann, ben);
    await silent.stores.sql(`UPDATE "Conversation" SET "heldAt" = now() WHERE "askedBy" = $1`, [
      await idOf(silent, ann.username),
    ]);
    const [mine, theirs] = [await open(ann.who), await open(ben.who, silentToo)];
    await ann.api.post(`/people/${ben.username}/block`);
    expect(await mine.next('chat.over')).toEqual({ with: ben.username, id });
    expect(told(theirs)).toEqual([]);
  });
});

test('a hello that is taken back leaves the requests of the other at once', async () => {
  const [ann, ben] = [await talker(silent), await talker(silent)];
  await ann.api.post(`/chats/${ben.username}`, {
    text: 'Hallo',
    clientId: '0193a5c2-77f1-4f0b-a1d4-5be0c1de9f42',
  });
  const id = await conversationOf(ann, ben);
  const theirs = await open(ben.who, silentToo);
  expect((await ann.api.post(`/chats/${id}/withdraw`)).status).toBe(200);
  expect(await theirs.next('chat.over')).toEqual({ with: ann.username, id });
  expect((await ben.api.get('/chats/requests')).body.items).toEqual([]);
});

describe('whoever becomes nobody to everybody', () => {
  test('by asking for the end of their account, is so on open pages, before any event is handed on', async () => {
    const [ann, ben] = await talkers(silent);
    const id = await conversationOf(ann, ben);
    const [mine, far] = [await open(ann.who), await open(ann.who, silentToo)];
    await open(ben.who, silentToo);
    expect((await leave(ben.who)).status).toBe(303);
    for (const socket of [mine, far])
      expect(await socket.next('chat.over')).toEqual({ with: ben.username, id });
    expect((await ann.api.get(`/chats/${id}`)).body.status).toBe('former');
  });

  test.each([{ act: 'suspend', days: '2' }, { act: 'ban' }])('by the desk ($act)', async (decision) => {
    const staff = await staffOf(house);
    const [ann, ben] = await talkers(house);
    const id = await conversationOf(ann, ben);
    await ann.api.post('/report', { about: `person:${ben.username}`, reason: 'insult', text: 'Look.' });
    const [mine, far] = [await here.open(ann.who), await here.open(ann.who, there)];
    const theirs = await here.open(ben.who, there);
    await decide(staff, await caseAbout(house, await idOf(house, ben.username)), decision);
    for (const socket of [mine, far])
      expect(await socket.next('chat.over')).toEqual({ with: ben.username, id });
    expect(await theirs.closed()).toBe('signed-out');
    expect((await ann.api.get(`/chats/${id}`)).body.status).toBe('former');
  });
});
