import { afterEach, expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { DeliveryDeferred, DeliveryRefused } from '../../../src/platform/delivery.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile } from '../../support/joining.ts';
import { resetsOf } from '../../support/recovering.ts';
import { joinedYesterday } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { sideBySide } from '../../support/side-by-side.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 3, backoff: 10 } } });
afterEach(() => {
  house.outbox.failure = null;
});

const phone = '+4915123111178';
await joinedYesterday(house, { ...byMobile(phone), username: 'phoned_face' });
let people = 0;
/** An address with an account and one without, that look alike once they are masked; and the account's username. */
const addresses = async () => {
  const n = ++people;
  const known = { email: `known${n}@example.com`, username: `known_face_${n}` };
  await joinedYesterday(house, known);
  return { ...known, unknown: `knews${n}@example.com`, stranger: `other_face_${n}` };
};
const isOf = (to: string, ...contacts: string[]) => contacts.includes(to);

test.each([
  ['refuses', () => new DeliveryRefused('smtp 550')],
  ['defers', () => new DeliveryDeferred('smtp 451')],
] as const)('a mailbox that %s our letters looks like an address without an account', async (_, failure) => {
  const { email, username, unknown, stranger } = await addresses();
  let tries = 0;
  house.outbox.failure = (to) => (isOf(to, email, phone) ? (tries++, failure()) : null);
  for (const pair of [
    [email, unknown],
    [username, stranger],
    [phone, '+4915123222278'],
    ['015123111178', '015123222278'],
  ]) {
    const before = tries;
    const walk = sideBySide(house, pair);
    await walk.form();
    await walk.look();
    await walk.resend();
    await walk.look();
    await walk.code('000000');
    const [ofKnown, ofUnknown] = walk.seen();
    expect(ofKnown).toEqual(ofUnknown);
    expect(ofKnown?.map(({ html }) => html).join()).not.toMatch(/delivery"?[=:]"failed"|cannot send/);
    expect(tries).toBeGreaterThan(before);
  }
});

test('while a letter is tried again and again, and after that, the page tells nothing', async () => {
  const { email, unknown } = await addresses();
  let asked = 0;
  house.outbox.failure = (to) => (to === email ? (asked++, new DeliveryDeferred('smtp 451')) : null);
  let goOn: () => void = () => {};
  house.outbox.delay = () => new Promise((resolve) => (goOn = resolve));
  const walk = sideBySide(house, [email, unknown]);
  await walk.form();
  const lookOnce = async () => {
    await walk.get('/password/code');
    await walk.get('/password/code/status');
  };
  await eventually(async () => (await resetsOf(house, unknown))[0]?.delivery === 'sent', 'the decoy');
  await lookOnce();
  house.clock.pass(seconds(59));
  await lookOnce();
  goOn();
  house.outbox.delay = async () => {};
  await settled(house);
  expect(asked).toBe(3);
  house.clock.pass(seconds(1));
  await lookOnce();
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).toEqual(ofUnknown);
});

test('a letter that a mailbox refused is not asked for again, and its resend is not given back', async () => {
  const { email } = await addresses();
  house.outbox.failure = (to) => (to === email ? new DeliveryRefused('smtp 550') : null);
  const walk = sideBySide(house, [email]);
  await walk.form();
  await walk.look();
  await walk.resend();
  await walk.look();
  await walk.resend();
  await walk.look();
  await walk.resend();
  expect(walk.seen()[0]?.at(-1)?.status).toBe(429);
});
