import { expect, test } from '@jest/globals';
import type { Live } from '../../../src/live/live.ts';
import { livePolicy } from '../../../src/live/policy.ts';
import { houseOfThisFile } from '../../support/house.ts';
import type { OpenSocket } from '../../support/live/open-socket.ts';
import { planted } from '../../support/live/planted.ts';
import { upgrade } from '../../support/live/upgrade.ts';
import { socketsOf } from '../../support/live/sockets.ts';

let live: Live;
const house = await houseOfThisFile({
  replaced: {
    features(given) {
      ({ live } = given);
      return planted(given);
    },
  },
});
const { open, member } = socketsOf(house);

interface Raw {
  send(frame: string | Buffer): void;
  ping(): void;
  _socket: { pause(): void; resume(): void };
}

/** What Socket.IO's client stands on. */
function rawOf({ socket }: OpenSocket): Raw {
  return (socket.io.engine.transport as unknown as { ws: Raw }).ws;
}

/** Somebody else is served meanwhile. */
async function expectOthersServed(): Promise<void> {
  const other = await open((await member()).who);
  expect((await other.act('trial.say', { text: 'hi', to: '' })).ok).toBe(true);
}

test.each([
  ['pongs nobody asked for', '3'],
  ['events nobody knows', '42["nothing",{}]'],
  ['acts', '421["trial.say",{"text":"a","to":"nobody"}]'],
  ['acknowledgements nobody asked for', '43999[1]'],
])('thousands of %s end the socket', async (_, frame) => {
  const socket = await open((await member()).who);
  for (let n = 0; n < 5_000; n++) rawOf(socket).send(frame);
  expect(await socket.closed()).toBe('too-many');
  await expectOthersServed();
});

test('thousands of pings below Socket.IO end the socket', async () => {
  const socket = await open((await member()).who);
  for (let n = 0; n < 5_000; n++) rawOf(socket).ping();
  await socket.closed();
  await expectOthersServed();
});

test('who asks and never reads the answers is dropped', async () => {
  const socket = await open((await member()).who);
  const raw = rawOf(socket);
  raw._socket.pause();
  const frame = `421["trial.say",{"text":"${'a'.repeat(100)}","to":""}]`;
  for (let n = 0; n < 20_000; n++) raw.send(frame);
  raw._socket.resume();
  await socket.closed();
});

test('a house asks nothing of a handshake that goes no further', async () => {
  const { who } = await member();
  const { stream } = await upgrade(who, house);
  const gone = new Promise((resolve) => stream!.once('close', resolve));
  // Masked text frames: a place that is not there, over and over.
  const text = Buffer.from('40/nowhere,');
  const frame = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
  stream!.resume();
  for (let n = 0; n < 1_000; n++) stream!.write(frame);
  await gone;
  await expectOthersServed();
});

test('as many frames as anybody needs are taken', async () => {
  const socket = await open((await member()).who);
  for (let n = 0; n < livePolicy.frames.burst - 5; n++) rawOf(socket).send('42["nothing",{}]');
  expect((await socket.act('trial.seldom')).ok).toBe(true);
});

test('binary frames end the socket', async () => {
  for (const frame of [Buffer.alloc(10), Buffer.alloc(60_000)]) {
    const socket = await open((await member()).who);
    for (let n = 0; n < 100; n++) rawOf(socket).send(frame);
    expect(await socket.closed()).toBe('binary');
  }
  const announced = await open((await member()).who);
  rawOf(announced).send('451-["trial.say",{"_placeholder":true,"num":0}]');
  rawOf(announced).send(Buffer.alloc(10));
  expect(await announced.closed()).toBe('binary');
});

test('a frame of 1 MB ends the socket, and one at the bound is read', async () => {
  const socket = await open((await member()).who);
  rawOf(socket).send(`421["nothing","${'a'.repeat(livePolicy.frameBytes - 20)}"]`);
  expect(await socket.act('nothing')).toEqual({ ok: false, reason: 'unknown' });
  rawOf(socket).send(`421["nothing","${'a'.repeat(1024 * 1024)}"]`);
  await socket.closed();
  await expectOthersServed();
});

test.each([
  ['no packet', 'zzz'],
  ['a packet of no kind', '9'],
  ['broken JSON', '421["trial.say",{'],
  ['no event', '42{}'],
  ['a reserved event', '42["disconnect"]'],
  ['an id without end', `42${'9'.repeat(400)}["a"]`],
  ['thousands of attachments', '4599999-["a"]'],
  ['a foreign room', '40/admin,'],
])('%s does no harm', async (_, frame) => {
  const socket = await open((await member()).who);
  rawOf(socket).send(frame);
  // Closed, or as if nothing had been.
  await Promise.race([socket.closed(), socket.act('nothing').catch(() => null)]);
  await expectOthersServed();
});

test('who does not read is dropped, and what waits for them is not kept', async () => {
  const { who, id } = await member();
  const [slow, other] = [await open(who), await open(who)];
  rawOf(slow)._socket.pause();
  const text = 'a'.repeat(60_000);
  for (let n = 0; n < 50; n++) {
    for (let more = 0; more < 10; more++) live.tell(id, 'trial.big', { text });
    live.tell(id, `trial.end${n}`, {});
    await other.next(`trial.end${n}`);
  }
  expect(other.heard.filter(({ event }) => event === 'trial.big')).toHaveLength(500);
  rawOf(slow)._socket.resume();
  await slow.closed();
  expect(slow.heard.length).toBeLessThan(500);
});
