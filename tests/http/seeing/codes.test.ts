import { afterEach, expect, test } from '@jest/globals';
import { DeliveryDeferred, DeliveryRefused } from '../../../src/platform/delivery.ts';
import { grownBy } from '../../support/counts.ts';
import { changeMobile, member } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, joining, newMobile, resend, typeCode, wrongCode } from '../../support/joining.ts';
import { repeatedly, together } from '../../support/many.ts';
import { forgot, recovering } from '../../support/recovering.ts';
import { alsoReachedBy, typeResetCode } from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile({
  env: { METRICS_PORT: '0' },
  replaced: { deliveryRetry: { tries: 2, backoff: 10 } },
});
afterEach(() => {
  house.outbox.failure = null;
});

const grown = async (metric: string, act: () => Promise<unknown>) => {
  await settled(house);
  return grownBy(house, metric, async () => {
    await act();
    await settled(house);
  });
};
/** What happened to codes: by channel, country, event and purpose. */
const codes = (act: () => Promise<unknown>) => grown('one_time_codes_total', act);
const failures = (act: () => Promise<unknown>) => grown('delivery_failures_total', act);

test('a sign-up by mail: sent, wrong, sent again, verified', async () => {
  const counted = await codes(async () => {
    const { ann, to, code } = await joining(house);
    await typeCode(ann, wrongCode(code));
    await resend(ann);
    await typeCode(ann, await house.outbox.nextCode(to));
  });
  expect(counted).toEqual({
    'email none sent registration': 2,
    'email none wrong registration': 1,
    'email none verified registration': 1,
  });
});

test('a number is counted by its country, and so is who joins with it', async () => {
  const join = async () => {
    const to = newMobile();
    await visitor(house).signUp({ ...byMobile(to) });
  };
  expect(await codes(join)).toEqual({
    'mobile DE sent registration': 1,
    'mobile DE verified registration': 1,
  });
  expect(await grownBy(house, 'accounts_created_total', join)).toEqual({ 'mobile DE': 1 });
});

test('a code that several presses bring is verified once', async () => {
  const { ann, code } = await joining(house);
  expect(await codes(() => together(4, () => typeCode(ann, code)))).toEqual({
    'email none verified registration': 1,
  });
});

test('resets and new contacts are counted as such', async () => {
  const { email, ann } = await member(house);
  const reset = await codes(async () => {
    const { who, code } = await recovering(house, email, email);
    await typeResetCode(who, wrongCode(code));
    await typeResetCode(who, code);
  });
  expect(reset).toEqual({
    'email none sent passwordReset': 1,
    'email none wrong passwordReset': 1,
    'email none verified passwordReset': 1,
  });
  expect(await codes(async () => changeMobile(house, ann))).toEqual({
    'mobile DE sent contactChange': 1,
    'mobile DE verified contactChange': 1,
  });
});

test('a spent budget is counted, of sends and of guesses', async () => {
  const email = String(newPerson().email);
  const sends = await codes(() => repeatedly(6, () => visitor(house).startSignUp({ email })));
  expect(sends).toEqual({ 'email none sent registration': 5, 'email none spent registration': 1 });

  const to = String(newPerson().email);
  const guesses = await codes(() =>
    repeatedly(3, async () => {
      const { ann, code } = await joining(house, { email: to });
      await repeatedly(4, () => typeCode(ann, wrongCode(code)));
    }),
  );
  expect(guesses).toEqual({
    'email none sent registration': 3,
    'email none wrong registration': 10,
    'email none spent registration': 2,
  });
});

test('counts tell no account: known and unknown addresses, numbers and names are counted alike', async () => {
  const { email, username } = await member(house);
  const phone = newMobile();
  const byPhone = await member(house, { ...byMobile(phone) });
  const walk = (identifier: string) =>
    codes(async () => {
      const who = visitor(house);
      await forgot(who, identifier);
      await settled(house);
      await typeResetCode(who, '000000');
    });
  expect(await walk(email)).toEqual(await walk('nobody@example.com'));
  expect(await walk(phone)).toEqual(await walk(newMobile()));
  const unknown = await walk('nobody_has_this');
  expect(unknown).toEqual({ 'by-name none sent passwordReset': 1, 'by-name none wrong passwordReset': 1 });
  expect(await walk(username)).toEqual(unknown);
  expect(await walk(byPhone.username)).toEqual(unknown);
});

test('an address that has an account counts like a new one where somebody joins with it', async () => {
  const { email } = await member(house);
  const walk = (address: string) =>
    codes(async () => {
      const ann = visitor(house);
      await ann.startSignUp({ email: address });
      await settled(house);
      await typeCode(ann, '000000');
    });
  expect(await walk(email)).toEqual(await walk(String(newPerson().email)));
});

test('what is not delivered is counted by channel, and by why', async () => {
  const undelivered = async (failure: Error, changes = {}) => {
    house.outbox.failure = () => failure;
    await visitor(house).startSignUp(changes);
    await settled(house);
    house.outbox.failure = null;
  };
  const refused = () => undelivered(new DeliveryRefused('no such mailbox'));
  expect(await failures(refused)).toEqual({ 'email refused': 1 });
  expect(await codes(refused)).toEqual({ 'email none undelivered registration': 1 });
  // Two tries.
  expect(await failures(() => undelivered(new DeliveryDeferred('mailbox full')))).toEqual({
    'email deferred': 2,
  });
  const text = byMobile(newMobile());
  expect(await failures(() => undelivered(new Error('ECONNREFUSED'), text))).toEqual({ 'mobile outage': 2 });
});

test('an outage shows no decoy: what would have been sent fails alike', async () => {
  const { email, username } = await member(house);
  await alsoReachedBy(house, username, { phone: newMobile() });
  const asked = (identifier: string) => async () => {
    house.outbox.failure = () => new Error('ECONNREFUSED');
    await forgot(visitor(house), identifier);
    await settled(house);
    house.outbox.failure = null;
  };
  const known = [await failures(asked(email)), await codes(asked(email))];
  expect(known).toEqual([{ 'email outage': 2 }, { 'email none undelivered passwordReset': 1 }]);
  expect([await failures(asked('noone@example.com')), await codes(asked('none@example.com'))]).toEqual(known);
});

test('news that does not leave is counted as well', async () => {
  const { username, password } = await member(house);
  house.outbox.failure = () => new DeliveryRefused('no such mailbox');
  expect(await failures(() => visitor(house).signIn(username, password))).toEqual({ 'email refused': 1 });
});

test('sign-ins are counted: right, wrong, and turned away', async () => {
  const { username, password } = await member(house);
  const counted = await grownBy(house, 'sign_ins_total', async () => {
    const who = visitor(house);
    await repeatedly(6, () => who.signIn(username, 'not-the-password'));
    await repeatedly(2, () => who.signIn('nobody_at_all', 'not-the-password'));
    await visitor(house).signIn((await member(house)).username, password);
  });
  expect(counted).toEqual({ failed: 7, throttled: 1, ok: 1 });
});
