import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { eventually } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { right } from '../../support/devices.ts';
import { withAnother } from '../../support/house.ts';
import { typeCode } from '../../support/joining.ts';
import { atTheForm, nextFailedJob, readyAgain } from '../../support/outage.ts';
import { openOnOwnPostgres, type ShakyHouse } from '../../support/own-stores.ts';
import { settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

let shaky: ShakyHouse;
beforeAll(async () => {
  // Jobs wait until a test opens a second house, which works on them.
  shaky = await openOnOwnPostgres({ jobs: false, replaced: { deliveryRetry: { tries: 8, backoff: 100 } } });
});
// Where a test failed, the next one finds the store there.
afterEach(() => shaky.comeBack());
afterAll(() => shaky.close());
const lastTry = { replaced: { deliveryRetry: { tries: 1, backoff: 10 } } };

/** The worker finds no database at first; afterwards it goes on with `work`. */
const workWithoutDatabase = (work: () => Promise<void>): Promise<void> => {
  const failed = nextFailedJob(shaky.house);
  return withAnother(shaky.house, { jobs: true }, async () => {
    await failed();
    await shaky.comeBack();
    await readyAgain(shaky.house);
    await work();
  });
};

test('a code whose worker finds no database leaves when it is back', async () => {
  const { house } = shaky;
  const ann = await atTheForm(house);
  const { person } = await ann.startSignUp();
  await shaky.goAway('stop');
  await workWithoutDatabase(async () => {
    const code = await house.outbox.nextCode(String(person.email));
    expect((await typeCode(ann, code)).redirectedTo).toBe('/profile');
  });
});

test('a code that was given up while the database was away leaves after all, or its page says that it did not', () =>
  withAnother(shaky.house, lastTry, async (hasty) => {
    const ann = await atTheForm(hasty);
    await ann.startSignUp();
    await shaky.goAway('kill');
    await workWithoutDatabase(async () => {
      const truth = /Your email has been sent|We could not deliver the email/;
      await eventually(async () => truth.test((await ann.get('/sign-up/code')).html), 'the truth');
    });
  }));

test('news of a new device that was given up while the database was away goes out with the next cleaning', async () => {
  const { house } = shaky;
  const member = await withAnother(house, { jobs: true }, async () => {
    const joined = await visitor(house).signUp();
    await settled(house);
    return joined;
  });
  await withAnother(house, lastTry, async (hasty) => {
    expect((await visitor(hasty).signIn(member.username, right)).redirectedTo).toBe('/profile');
  });
  await shaky.goAway('stop');
  await workWithoutDatabase(async () => {
    house.clock.pass(minutes(10));
    await clean(house);
    await settled(house);
    expect(house.outbox.to(member.email).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('code'),
      expect.stringContaining('new device'),
    ]);
  });
});
