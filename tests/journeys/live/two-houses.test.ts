import { expect, test } from '@jest/globals';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { planted } from '../../support/live/planted.ts';
import { socketsOf } from '../../support/live/sockets.ts';
import { upgrade } from '../../support/live/upgrade.ts';

const options = { replaced: { features: planted } };
const house = await houseOfThisFile(options);
const { open, member } = socketsOf(house);

/** Milliseconds in which a session's sockets are closed everywhere. */
const AT_ONCE = 1_000;

async function closesAtOnce(
  sockets: readonly { closed(): Promise<unknown> }[],
  work: () => Promise<unknown>,
) {
  const closed = Promise.all(sockets.map((socket) => socket.closed()));
  await work();
  const since = performance.now();
  const whys = await closed;
  expect(performance.now() - since).toBeLessThan(AT_ONCE);
  return whys;
}

test('a hint reaches all sockets of a person once, at every process, and nobody else', async () => {
  await withAnother(house, options, async (other) => {
    const [ann, ben] = [await member(), await member()];
    const [here, there, bens] = [await open(ann.who), await open(ann.who, other), await open(ben.who, other)];
    for (const [n, from] of [bens, here, there].entries()) {
      const text = `from ${n}`;
      expect(await from.act('trial.say', { text, to: ann.id })).toMatchObject({ ok: true });
      expect(await here.next('trial.said')).toEqual({ text });
      expect(await there.next('trial.said')).toEqual({ text });
    }
    expect([here.heard.length, there.heard.length, bens.heard.length]).toEqual([3, 3, 0]);
  });
});

test('signing out closes the sockets of that session at every process, and of no other', async () => {
  await withAnother(house, options, async (other) => {
    const ann = await member();
    const elsewhere = ann.who.another();
    await elsewhere.signIn(ann.username, ann.password);
    const mine = [await open(ann.who), await open(ann.who, other)];
    const others = [await open(elsewhere), await open(elsewhere, other)];
    expect(await closesAtOnce(mine, () => ann.who.post('/logout'))).toEqual(['signed-out', 'signed-out']);
    for (const socket of others) expect((await socket.act('trial.seldom')).ok).toBe(true);
    expect((await upgrade(ann.who, house)).status).toBe(401);
  });
});
