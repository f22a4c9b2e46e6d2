import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import type { OpenSocket } from '../../support/live/open-socket.ts';
import { talker, talkers } from '../../support/live/talkers.ts';

const house = await houseOfThisFile();
const { open } = socketsOf(house);

const heardTyping = ({ heard }: OpenSocket) => heard.filter(({ event }) => event === 'chat.typing');

test('that one types is told to the partner, at another process as well, and to nobody else', async () => {
  await withAnother(house, {}, async (there) => {
    const [ann, ben] = await talkers(house);
    const [mine, tab, theirs, far] = [
      await open(ann.who),
      await open(ann.who, there),
      await open(ben.who),
      await open(ben.who, there),
    ];
    expect(await mine.act('chat.typing', { with: ben.username })).toEqual({ ok: true, with: ben.username });
    expect(await theirs.next('chat.typing')).toEqual({ with: ann.username });
    expect(await far.next('chat.typing')).toEqual({ with: ann.username });
    const { body } = await ann.api.get(`/chats/${ben.username}`);
    expect((await ann.api.post(`/chats/${String(body.id)}/typing`)).status).toBe(200);
    expect(await far.next('chat.typing')).toEqual({ with: ann.username });
    expect([mine, tab].flatMap(heardTyping)).toEqual([]);
  });
});

test('only between partners, and there is nobody else', async () => {
  const [ann, ben] = [await talker(house), await talker(house)];
  const [mine, theirs] = [await open(ann.who), await open(ben.who)];
  const nobody = { ok: false, reason: 'nobody', says: expect.any(String) };
  const typing = () => mine.act('chat.typing', { with: ben.username });
  expect(await typing()).toEqual(nobody);
  await ann.api.post(`/chats/${ben.username}`, {
    text: 'Hallo',
    clientId: '0193a5c2-77f1-4f0b-a1d4-5be0c1de9f42',
  });
  expect(await typing()).toEqual(nobody);
  await ben.api.post(`/chats/${ann.username}/accept`);
  expect(await typing()).toMatchObject({ ok: true });
  expect(await theirs.next('chat.typing')).toEqual({ with: ann.username });
  await ben.api.post(`/people/${ann.username}/block`);
  expect(await typing()).toEqual(nobody);
  expect(await mine.act('chat.typing', { with: 'nobody.here' })).toEqual(nobody);
  expect(await mine.act('chat.typing', { with: ann.username })).toEqual(nobody);
  expect(heardTyping(theirs)).toHaveLength(1);
});

test.each(['the one who types', 'the other'])('not if %s shows no presence', async (who) => {
  const [ann, ben] = await talkers(house);
  const [mine, theirs] = [await open(ann.who), await open(ben.who)];
  const hides = who === 'the other' ? ben : ann;
  await hides.api.post('/settings/privacy', { presence: 'off' });
  expect(await mine.act('chat.typing', { with: ben.username })).toMatchObject({ ok: true });
  await hides.api.post('/settings/privacy', { presence: 'on' });
  await mine.act('chat.typing', { with: ben.username });
  await theirs.next('chat.typing');
  expect(heardTyping(theirs)).toHaveLength(1);
});

test('of fifty at once of a session, forty', async () => {
  const [ann, ben] = await talkers(house);
  const answers = await together(50, () => ann.api.post(`/chats/${ben.username}/typing`));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(40);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
});
