import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import type { CapturedMessage } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { alsoOn, settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** The texts about new devices to this number, once the worker has nothing more to do. */
const toldOfIt = async (mobile: string): Promise<CapturedMessage[]> => {
  await settled(house);
  return house.outbox.to(mobile).filter(({ text }) => text.includes('new sign-in'));
};

test('who has none hears of it by text, three times a day at most', async () => {
  const mobile = newMobile();
  const { username } = await visitor(house).signUp(byMobile(mobile));
  const [first] = await repeatedly(5, async () => {
    await alsoOn(house, username, { userAgent: userAgents['Chrome on Android'] });
    return (await toldOfIt(mobile)).at(-1);
  });
  for (const word of [username, 'Chrome on Android', '15 Jun 2026, 12:00 UTC', '/password/forgot'])
    expect(first?.text).toContain(word);
  expect(await toldOfIt(mobile)).toHaveLength(3);
  house.clock.pass(days(1) - 1);
  await alsoOn(house, username);
  expect(await toldOfIt(mobile)).toHaveLength(3);
  house.clock.pass(1);
  await alsoOn(house, username);
  expect(await toldOfIt(mobile)).toHaveLength(4);
});

test('one person’s texts do not use up another’s', async () => {
  const mobiles = [newMobile('+4915125111'), newMobile('+4915125222')];
  for (const mobile of mobiles) {
    const { username } = await visitor(house).signUp(byMobile(mobile));
    await repeatedly(3, () => alsoOn(house, username));
    expect(await toldOfIt(mobile)).toHaveLength(3);
  }
});
