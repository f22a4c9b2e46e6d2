import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, resend } from '../../support/joining.ts';
import { visitor } from '../../support/visitor.ts';

/** How long the carrier takes for a text, in milliseconds. */
const CARRIER = 400;

const house = await houseOfThisFile();

test('a text that an owner is spared takes as long as one that is sent', async () => {
  const mobile = newMobile();
  await visitor(house).signUp(byMobile(mobile));
  house.outbox.delay = () => pause(CARRIER);
  const eve = visitor(house);
  await eve.startSignUp(byMobile(mobile));
  const untilSent = () =>
    eventually(
      async () => (await eve.get('/sign-up/code/status')).html.includes('"delivery":"sent"'),
      'sent',
    );
  await untilSent();

  const texts = house.outbox.to(mobile).length;
  const start = performance.now();
  await resend(eve);
  await untilSent();
  expect(performance.now() - start).toBeGreaterThan(CARRIER * 0.8);
  expect(house.outbox.to(mobile)).toHaveLength(texts);
});
