import { expect, test } from '@jest/globals';
import { seconds } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { challengeOf, resend, typeCode } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({ jobs: false });

test('while no worker runs, the page tells the truth, and the message waits for one', async () => {
  const ann = visitor(house);
  const { person } = await ann.startSignUp();
  const email = String(person.email);
  expect((await ann.get('/sign-up/code')).html).toContain('Your email is on its way.');
  house.clock.pass(seconds(30) - 1);
  expect((await ann.get('/sign-up/code')).html).toContain('Your email is on its way.');
  house.clock.pass(1);
  expect((await ann.get('/sign-up/code')).html).toContain('Your email is taking longer than usual.');

  // Sent again meanwhile: the first message is worthless before it has left.
  await resend(ann);
  expect(house.outbox.messages).toEqual([]);
  await house.house.startJobs();
  const code = await house.outbox.nextCode(email);
  await eventually(async () => (await challengeOf(house, email)).delivery === 'sent', 'the delivery');
  expect(house.outbox.to(email)).toHaveLength(1);
  expect((await ann.get('/sign-up/code')).html).toContain('Your email has been sent.');
  expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
});
