import { afterEach, expect, test } from '@jest/globals';
import { DeliveryRefused } from '../../../src/platform/delivery.ts';
import { openQueue } from '../../../src/platform/queue.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, joining, resend, typeCode } from '../../support/joining.ts';
import { newPerson, type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ replaced: { deliveryRetry: { tries: 3, backoff: 10 } } });
afterEach(() => {
  house.outbox.failure = null;
});

const untilDelivery = (to: string, state: string) =>
  eventually(async () => (await challengeOf(house, to)).delivery === state, `delivery to be ${state}`);
/** Somebody whose first message the transport refuses for good. */
const undelivered = async (): Promise<{ ann: Visitor; to: string }> => {
  const ann = visitor(house);
  const to = String(newPerson().email);
  house.outbox.failure = () => new DeliveryRefused('no such mailbox');
  await ann.startSignUp({ email: to });
  await untilDelivery(to, 'failed');
  house.outbox.failure = null;
  return { ann, to };
};

test('a message that cannot be delivered is said on the page', async () => {
  const { ann } = await undelivered();
  const page = await ann.get('/sign-up/code');
  expect(page.html).toContain('We could not deliver the email. Check that the address is right');
  expect(page.html).toContain('Try sending again');
  expect(JSON.parse((await ann.get('/sign-up/code/status')).html).delivery).toBe('failed');
});

test('its send is given back, and the next may go at once', async () => {
  const { ann, to } = await undelivered();
  expect((await resend(ann)).redirectedTo).toBe('/sign-up/code');
  const code = await house.outbox.nextCode(to);
  expect(await challengeOf(house, to)).toMatchObject({ sends: 2, failedSends: 1 });
  // Two free ones are still there.
  await resend(ann);
  expect((await resend(ann)).status).toBe(303);
  expect((await resend(ann)).status).toBe(429);
  expect((await typeCode(ann, code)).status).toBe(422);
});

test('a failed send after a wait does not wait again', async () => {
  const { ann, to } = await joining(house);
  await resend(ann);
  house.outbox.failure = () => new DeliveryRefused('mailbox gone');
  await resend(ann);
  await untilDelivery(to, 'failed');
  house.outbox.failure = null;
  expect((await resend(ann)).status).toBe(303);
});

test('a transport that stumbles is asked again, and nobody notices', async () => {
  let stumbles = 2;
  house.outbox.failure = () => (stumbles-- > 0 ? new Error('421 try later') : null);
  const { ann, to, code } = await joining(house);
  await untilDelivery(to, 'sent');
  expect(await challengeOf(house, to)).toMatchObject({ sends: 1, failedSends: 0 });
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});

test('when all tries are used up the message counts as not delivered', async () => {
  let tries = 0;
  house.outbox.failure = () => (tries++, new Error('421 try later'));
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  await untilDelivery(String(person.email), 'failed');
  expect(tries).toBe(3);
});

test('a job for an older send sends nothing', async () => {
  const { ann, to } = await joining(house);
  await resend(ann);
  const code = await house.outbox.nextCode(to);
  const { id } = await challengeOf(house, to);
  const queue = openQueue<object>('messages', house.stores.redis, { tries: 1, backoff: 0 });
  await queue.add('late-twin', { purpose: 'registration', challengeId: id, send: 1 });
  await queue.add('after-it', { purpose: 'registration', challengeId: id, send: 2 });
  await eventually(() => house.outbox.to(to).length === 3, 'the later job');
  await queue.close();
  expect(house.outbox.to(to)[2]?.text).toContain(code);
});
