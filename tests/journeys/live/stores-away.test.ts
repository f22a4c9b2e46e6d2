import { expect, test } from '@jest/globals';
import { withAnother } from '../../support/house.ts';
import { openSocket } from '../../support/live/open-socket.ts';
import { planted } from '../../support/live/planted.ts';
import { upgrade } from '../../support/live/upgrade.ts';
import { livePolicy } from '../../../src/live/policy.ts';
import { openOnOwnPostgres, openOnOwnRedis } from '../../support/own-stores.ts';
import { visitor } from '../../support/visitor.ts';
import { readyAgain } from '../../support/outage.ts';

const options = { replaced: { features: planted } };

test('Redis away: who is here goes on for ten minutes, nobody comes in, and later all is as before', async () => {
  const shaky = await openOnOwnRedis(options);
  const { house } = shaky;
  try {
    const [ann, ben] = [visitor(house), visitor(house)];
    await ann.signUp();
    await ben.signUp();
    const socket = await openSocket(ann, house);
    await shaky.goAway('stop');
    expect((await socket.act('trial.say', { text: 'here', to: '' })).ok).toBe(true);
    expect(await socket.next('trial.said')).toEqual({ text: 'here' });
    // Limits that can't be counted are not gone.
    const tried = Array.from({ length: livePolicy.actsWaiting }, () => socket.act('trial.seldom'));
    const reasons = (await Promise.all(tried)).map(({ ok, reason }) => (ok ? 'ok' : reason));
    expect(new Set(reasons)).toEqual(new Set(['ok', 'too-often']));
    expect(await upgrade(ben, house)).toMatchObject({ status: 503, retryAfter: '5' });
    await house.house.sockets.check();
    house.clock.pass(livePolicy.withoutSessions - 1);
    await house.house.sockets.check();
    expect(socket.socket.connected).toBe(true);

    await shaky.comeBack();
    await readyAgain(house);
    expect(await socket.next('missed')).toEqual({});
    await house.house.sockets.check();
    await withAnother(house, options, async (other) => {
      const there = await openSocket(ann, other);
      await there.act('trial.say', { text: 'again', to: '' });
      expect(await socket.next('trial.said')).toEqual({ text: 'again' });
      await there.close();
    });

    await shaky.goAway('stop');
    await house.house.sockets.check();
    house.clock.pass(livePolicy.withoutSessions);
    await house.house.sockets.check();
    expect(await socket.closed()).toBe('away');
  } finally {
    await shaky.close();
  }
});

test('Postgres away: who is here stays, and nobody comes in', async () => {
  const shaky = await openOnOwnPostgres(options);
  const { house } = shaky;
  try {
    const ann = visitor(house);
    await ann.signUp();
    const socket = await openSocket(ann, house);
    await shaky.goAway('stop');
    await house.house.sockets.check();
    expect((await socket.act('trial.say', { text: 'here', to: '' })).ok).toBe(true);
    expect(await socket.act('trial.say', { text: 'away', to: '' })).toMatchObject({
      ok: false,
      reason: 'away',
      retryInMs: 5_000,
    });
    expect(await upgrade(ann, house)).toMatchObject({ status: 503, retryAfter: '5' });
    await shaky.comeBack();
    await readyAgain(house);
    expect((await upgrade(ann, house)).status).toBe(101);
    await socket.close();
  } finally {
    await shaky.close();
  }
});
