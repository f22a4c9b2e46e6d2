import { beforeEach, describe, expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import type { OpenSocket } from '../../support/live/open-socket.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { accepted, talker, type Talker, talkers } from '../../support/live/talkers.ts';
import { idOf } from '../../support/relations.ts';
import { textOf } from '../../support/visitor.ts';

const house = await houseOfThisFile();
/** Another process. */
const there = await houseOfThisFile({ beside: house });
const { open } = socketsOf(house);
const { clock } = house;

const inConversation = async (viewer: Talker, other: Talker) =>
  (await viewer.api.get(`/chats/${other.username}`)).body.presence as unknown;
const seen = async (viewer: Talker, other: Talker) => {
  const listed = ((await viewer.api.get('/chats')).body.items as { presence: unknown }[])[0];
  expect(listed!.presence).toBe(await inConversation(viewer, other));
  return listed!.presence;
};
const told = ({ heard }: OpenSocket) =>
  heard.filter(({ event }) => event === 'presence').map(({ data }) => data);
/** What is done when a socket opens and closes is done behind it. */
const becomes = (state: unknown, viewer: Talker, other: Talker) =>
  eventually(async () => (await inConversation(viewer, other)) === state, `${String(state)} to be seen`);

/** From this moment on, by whichever process says so. */
async function lasts({ username }: Talker): Promise<void> {
  const id = await idOf(house, username);
  await eventually(
    async () =>
      (await house.stores.redis.zscore('heartbeats:{presence}', id)) ===
      String(clock.now().getTime() + seconds(45)),
    'a heartbeat',
  );
}

beforeEach(() => house.empty());

describe('whoever has a socket is here', () => {
  test('to a partner, at another process, and 45 seconds longer, to the millisecond', async () => {
    const [ann, ben] = await talkers(house);
    expect(await seen(ann, ben)).toBe('gone');
    const mine = await open(ann.who);
    const theirs = await open(ben.who, there);
    expect(await mine.next('presence')).toEqual({ who: ben.username, state: 'here' });
    expect(await seen(ann, ben)).toBe('here');
    clock.pass(seconds(1));
    await theirs.close();
    await lasts(ben);
    clock.pass(seconds(15)); // one's own is refreshed, so that it does not end with the other's
    await lasts(ann);
    clock.pass(seconds(30) - 1);
    expect(await seen(ann, ben)).toBe('here');
    expect(told(mine)).toHaveLength(1);
    clock.pass(1);
    expect(await seen(ann, ben)).toBe('gone');
    expect(await mine.next('presence')).toEqual({ who: ben.username, state: 'gone' });
  });

  test('as long as any process has one, and it is told once', async () => {
    const [ann, ben] = await talkers(house);
    const [mine, far] = [await open(ann.who), await open(ann.who, there)];
    const sockets = [await open(ben.who), await open(ben.who, there), await open(ben.who, there)];
    await becomes('here', ann, ben);
    await sockets[0]!.close();
    for (let n = 0; n < 6; n++) {
      clock.pass(seconds(15));
      await lasts(ben);
    }
    expect(await seen(ann, ben)).toBe('here');
    for (const socket of [mine, far]) expect(told(socket)).toEqual([{ who: ben.username, state: 'here' }]);
  });

  test('and whoever comes back within that time was never gone', async () => {
    const [ann, ben] = await talkers(house);
    const mine = await open(ann.who);
    for (const at of [house, there, house]) {
      const theirs = await open(ben.who, at);
      await becomes('here', ann, ben);
      await theirs.close();
    }
    await open(ben.who, there);
    await becomes('here', ann, ben);
    expect(told(mine)).toEqual([{ who: ben.username, state: 'here' }]);
  });

  test('and of whoever was at a process that was killed, another one tells that they are gone', async () => {
    const [ann, ben] = await talkers(house);
    const mine = await open(ann.who);
    const till = clock.now().getTime() + seconds(45);
    await house.stores.redis.zadd('heartbeats:{presence}', till, await idOf(house, ben.username));
    expect(await seen(ann, ben)).toBe('here');
    for (let n = 0; n < 3; n++) {
      clock.pass(seconds(15));
      await lasts(ann);
    }
    expect(await mine.next('presence')).toEqual({ who: ben.username, state: 'gone' });
  });

  test('and a flush of Redis heals with the next refresh', async () => {
    const [ann, ben] = await talkers(house);
    await open(ben.who, there);
    await becomes('here', ann, ben);
    await house.stores.redis.del('heartbeats:{presence}');
    clock.pass(seconds(15));
    await lasts(ben);
    await becomes('here', ann, ben);
  });
});

describe('nobody else learns of it', () => {
  test('neither a stranger, nor whoever waits for an answer', async () => {
    const [ann, eve] = [await talker(house), await talker(house)];
    const mine = await open(eve.who);
    await open(ann.who);
    await ann.api.post(`/chats/${eve.username}`, {
      text: 'Hallo',
      clientId: '0193a5c2-77f1-4f0b-a1d4-5be0c1de9f42',
    });
    expect((await ann.api.get(`/chats/${eve.username}`)).body.presence).toBeNull();
    expect((await eve.api.get(`/chats/${ann.username}`)).body.presence).toBeNull();
    expect((await eve.api.get('/chats/requests')).body.items).toMatchObject([{ presence: null }]);
    expect(told(mine)).toEqual([]);
  });

  test('nor a partner whom one has blocked', async () => {
    const [ann, ben] = await talkers(house);
    await ann.api.post(`/people/${ben.username}/block`);
    const mine = await open(ben.who);
    const theirs = await open(ann.who, there);
    const cleo = await talker(house);
    await accepted(cleo, ben);
    await open(cleo.who, there);
    expect(await mine.next('presence')).toEqual({ who: cleo.username, state: 'here' });
    expect(told(mine)).toHaveLength(1);
    expect(told(theirs)).toEqual([]);
    const items = (await ben.api.get('/chats')).body.items as { person: unknown; presence: unknown }[];
    expect(items.find(({ person }) => person === null)!.presence).toBeNull();
  });

  test.each(['the one', 'the other'])(
    'nor anybody, once %s turns it off, and it is told at once',
    async (who) => {
      const [ann, ben] = await talkers(house);
      const [mine, theirs] = [await open(ann.who), await open(ben.who, there)];
      await becomes('here', ann, ben);
      await becomes('here', ben, ann);
      const chooses = who === 'the one' ? ann : ben;
      const choose = (presence: string) => chooses.api.post('/settings/privacy', { presence });
      await choose('off');
      expect([await seen(ann, ben), await seen(ben, ann)]).toEqual([null, null]);
      const states = (socket: OpenSocket) => told(socket).map(({ state }) => state);
      await eventually(
        () => states(mine).at(-1) === null && states(theirs).at(-1) === null,
        'both to be told',
      );
      await choose('on');
      expect([await seen(ann, ben), await seen(ben, ann)]).toEqual(['here', 'here']);
      await eventually(
        () => states(mine).at(-1) === 'here' && states(theirs).at(-1) === 'here',
        'both to be told',
      );
    },
  );

  test('nor of anybody under 18 who has not turned it on', async () => {
    const [teen, friend] = [
      await talker(house, { dateOfBirth: '2011-01-01' }),
      await talker(house, { dateOfBirth: '2011-02-02' }),
    ];
    await house.stores.sql(`UPDATE "User" SET "whoMayWrite" = 'band'`);
    await accepted(teen, friend);
    await open(friend.who);
    expect(await seen(teen, friend)).toBeNull();
    for (const { api } of [teen, friend]) await api.post('/settings/privacy', { presence: 'on' });
    await becomes('here', teen, friend);
  });
});

test('the page says it in words, and the list with a dot that has a word', async () => {
  const [ann, ben] = await talkers(house);
  const page = async (path: string) => (await ann.who.get(path)).html;
  expect(await page(`/chats/${ben.username}`)).toMatch(
    /data-state="here" hidden>.*data-state="gone">Not here now/s,
  );
  await open(ben.who, there);
  await becomes('here', ann, ben);
  expect(await page(`/chats/${ben.username}`)).toMatch(
    /data-state="here">Here now.*data-state="gone" hidden/s,
  );
  expect(textOf(await page('/chats'))).toContain('Here now');
  await ann.api.post('/settings/privacy', { presence: 'off' });
  expect(await page(`/chats/${ben.username}`)).not.toContain('data-presence');
  expect(await page('/chats')).not.toContain('data-presence');
});
