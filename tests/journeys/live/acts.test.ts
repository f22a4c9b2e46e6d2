import { expect, test } from '@jest/globals';
import { houseOfThisFile } from '../../support/house.ts';
import { planted } from '../../support/live/planted.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { livePolicy } from '../../../src/live/policy.ts';

const house = await houseOfThisFile({ replaced: { features: planted } });
const { open, member } = socketsOf(house);

test('an act is done by its name, and answered as the API answers: what it does not declare stays', async () => {
  const ann = await member();
  const socket = await open(ann.who);
  expect(await socket.act('trial.say', { text: 'hello', to: '' })).toEqual({
    ok: true,
    text: 'hello',
    by: ann.id,
  });
  expect(await socket.next('trial.said')).toEqual({ text: 'hello' });
});

test('a refusal says why, when to try again, and a sentence', async () => {
  const socket = await open((await member()).who);
  expect(await socket.act('trial.say', { text: 'hello', to: 'nobody' })).toEqual({
    ok: false,
    reason: 'nobody',
    retryInMs: 1_000,
    says: 'There is nobody of that name.',
  });
});

test('what is no right input is told field by field, in the words of the reader', async () => {
  const { who } = await member();
  who.headers = { 'Accept-Language': 'ar-XB' };
  const socket = await open(who);
  const answer = await socket.act('trial.say', { text: '', to: '' });
  expect(answer).toMatchObject({ ok: false, reason: 'invalid', errors: [{ field: 'text' }] });
  expect(answer.says).not.toBe('Some fields need another look.');
  for (const wrong of [null, 'text', 7, [], ['a'], { text: { deep: 1 } }, { text: 'a', to: '', more: 'b' }])
    expect(await socket.act('trial.say', wrong)).toMatchObject({ ok: false, reason: 'invalid' });
});

test('names that are no act, or one of pages only, are not known', async () => {
  const socket = await open((await member()).who);
  for (const name of ['trial.page', 'nothing', 'constructor', '__proto__', 'profile.edit'])
    expect(await socket.act(name)).toEqual({ ok: false, reason: 'unknown' });
});

test('a fault is logged, and the socket stays', async () => {
  const socket = await open((await member()).who);
  expect(await socket.act('trial.say', { text: 'fault', to: '' })).toMatchObject({
    ok: false,
    reason: 'fault',
  });
  expect(house.logged.some((line) => line.includes('an act failed'))).toBe(true);
  expect((await socket.act('trial.say', { text: 'hello', to: '' })).ok).toBe(true);
});

test('who is signed out meanwhile is answered, told and closed', async () => {
  const socket = await open((await member()).who);
  expect(await socket.act('trial.say', { text: 'gone', to: '' })).toMatchObject({ reason: 'signed-out' });
  expect(await socket.closed()).toBe('signed-out');
});

test('limits are counted for page, API and socket together', async () => {
  const { who } = await member();
  const [one, other] = [await open(who), await open(who)];
  expect((await one.act('trial.seldom')).ok).toBe(true);
  expect((await other.act('trial.seldom')).ok).toBe(true);
  const third = await one.act('trial.seldom');
  expect(third).toMatchObject({ ok: false, reason: 'too-often', retryInMs: expect.any(Number) });
});

test('acts of one socket are done in their order, and more than may wait are sent back', async () => {
  const socket = await open((await member()).who);
  const many = Array.from({ length: livePolicy.actsWaiting + 10 }, (_, n) =>
    socket.act('trial.say', { text: `n${n}`, to: '' }),
  );
  const answers = await Promise.all(many);
  expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(livePolicy.actsWaiting);
  const said = socket.heard
    .filter(({ event }) => event === 'trial.said')
    .map(({ data }) => String(data.text));
  expect(said).toEqual([...said].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
});

test('an event without an acknowledgement does nothing', async () => {
  const socket = await open((await member()).who);
  socket.socket.emit('trial.say', { text: 'unheard', to: '' });
  await socket.act('trial.say', { text: 'heard', to: '' });
  expect(socket.heard.map(({ data }) => data.text)).toEqual(['heard']);
});

test('pages are told what they show, in the language of each reader; others are not', async () => {
  const { who } = await member();
  const app = await open(who);
  const english = await open(who, house, { page: true });
  who.headers = { 'Accept-Language': 'ar-XB' };
  const arabic = await open(who, house, { page: true });
  await app.act('trial.say', { text: 'hi', to: '' });
  expect(await app.next('trial.said')).toEqual({ text: 'hi' });
  const [first, second] = [await english.next('trial.said'), await arabic.next('trial.said')];
  expect(first.html).toContain('This can&#39;t be done right now.');
  expect(second.html).toContain('class="notice');
  expect(second.html).not.toBe(first.html);

  for (const text of ['plain', 'undrawable']) {
    await app.act('trial.say', { text, to: '' });
    expect(await english.next('trial.said')).toEqual({ text });
  }
});
