import { afterEach, expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile } from '../../support/joining.ts';
import { codesTo, joinedYesterday, typeResetCode } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 3, backoff: 10 } } });
afterEach(() => {
  house.outbox.failure = null;
});

const email = 'known1@example.com';
await joinedYesterday(house, { email, username: 'known_face' });
await joinedYesterday(house, { ...byMobile('+4915123111178'), username: 'phoned_face' });
const pairs = [
  ['an email address', email, 'knews1@example.com'],
  ['a mobile number', '+4915123111178', '+4915123222278'],
  ['a username', 'known_face', 'other_face'],
  ['the username of somebody without an email address', 'phoned_face', 'another_one'],
  ['a number without its country', '015123111178', '015123222278'],
] as const;

test.each(pairs)(
  '%s: when nothing leaves at all, the page says so, and gives the send back',
  async (_, known, unknown) => {
    house.outbox.failure = () => new Error('connect ECONNREFUSED');
    house.clock.pass(days(1));
    const walk = sideBySide(house, [known, unknown]);
    await walk.form();
    await settled(house);
    for (let n = 0; n < 3; n++) {
      await walk.get('/password/code');
      await walk.get('/password/code/status');
      await walk.resend();
      await settled(house);
    }
    await walk.get('/password/code/status');
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    const states = ofKnown?.filter(({ step }) => step.endsWith('status')) ?? [];
    expect(states).toHaveLength(4);
    for (const { html } of states)
      expect(JSON.parse(html)).toMatchObject({ delivery: 'failed', resend: { state: 'ready' } });
  },
);

test('when the way out is back, the next press sends a code that works', async () => {
  house.clock.pass(days(1));
  house.outbox.failure = () => new Error('connect ECONNREFUSED');
  const walk = sideBySide(house, [email]);
  await walk.form();
  await settled(house);
  await walk.get('/password/code');
  house.outbox.failure = null;
  const before = codesTo(house, email).length;
  await walk.resend();
  const code = await eventually(() => codesTo(house, email)[before], 'the code');
  expect((await typeResetCode(walk.walkers[0]!.who, code)).redirectedTo).toBe('/password/new');
});
