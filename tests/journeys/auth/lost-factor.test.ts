import { beforeEach, expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { clean } from '../../support/cleaning.ts';
import { right } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { together } from '../../support/many.ts';
import { granted, setPassword, another } from '../../support/recovering.ts';
import { appCode, atSecondStep, second, withSecondFactor } from '../../support/second-factor.ts';
import { copyOf, isIn, settled } from '../../support/security.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
beforeEach(() => house.empty());

const lost = '/login/second/lost';
const subject = 'Someone wants to sign in to ChatLink without your app';

async function told(to: string) {
  await settled(house);
  return house.outbox.to(to).filter((message) => message.subject === subject);
}
function stopPathIn(text: string): string {
  return /\/login\/second\/stop\/[\w-]{22}/.exec(text)![0];
}

test('who lost the app waits 72 hours, is told at once and each day, and then needs no code', async () => {
  const { username, email } = await withSecondFactor(house);
  const who = await atSecondStep(house, username);
  expect((await who.get(lost)).html).toContain('Start waiting');
  expect((await who.post(lost)).redirectedTo).toBe(lost);
  expect((await who.get(lost)).html).toContain('waiting');
  expect(await told(email)).toHaveLength(1);
  for (const [passed, times] of [
    [days(1) - 1, 1],
    [1, 2],
    [days(1), 3],
  ] as const) {
    house.clock.pass(passed);
    await clean(house);
    await clean(house);
    expect(await told(email)).toHaveLength(times);
  }
  house.clock.pass(days(1) - 1);
  const early = await atSecondStep(house, username);
  expect((await early.post(lost)).redirectedTo).toBe(lost);
  expect(await isIn(early)).toBe(false);
  house.clock.pass(1);
  expect((await early.get('/login/second')).html).toContain('Sign in without a code');
  expect((await early.post(lost)).redirectedTo).toBe('/people');
  expect(await isIn(early)).toBe(true);
  await clean(house);
  expect(await told(email)).toHaveLength(3);
  expect(house.outbox.to(email).map((message) => message.subject)).toContain(
    'The second step is off for your ChatLink account',
  );
  expect((await visitor(house).signIn(username, right)).redirectedTo).toBe('/people');
});

test('each notice can stop it, signed in or not; opening its link changes nothing', async () => {
  const { username, email } = await withSecondFactor(house);
  const who = await atSecondStep(house, username);
  await who.post(lost);
  const [news] = await told(email);
  const path = stopPathIn(news!.text);
  const owner = visitor(house);
  for (let n = 0; n < 3; n++) expect((await owner.get(path)).html).toContain('Stop it');
  house.clock.pass(days(1));
  await clean(house);
  const reminder = (await told(email))[1]!;
  expect(stopPathIn(reminder.text)).toBe(path);
  await owner.get(path);
  expect((await owner.post(path)).redirectedTo).toBe('/password/forgot');
  expect((await owner.get(path)).redirectedTo).toBe('/login');
  expect((await owner.post(path)).redirectedTo).toBe('/login');
  house.clock.pass(days(3));
  const again = await atSecondStep(house, username);
  expect((await again.get('/login/second')).html).not.toContain('Sign in without a code');
  await clean(house);
  expect(await told(email)).toHaveLength(2);
});

test.each(['a code of the app', 'a recovery code', 'removing it', 'a new password'])(
  '%s ends the wait',
  async (by) => {
    const { ann, username, email, key, codes } = await withSecondFactor(house);
    await (await atSecondStep(house, username)).post(lost);
    const path = stopPathIn((await told(email))[0]!.text);
    house.outbox.clear();
    let password: string | undefined;
    if (by === 'a code of the app') await second(await atSecondStep(house, username), appCode(house, key));
    if (by === 'a recovery code') await second(await atSecondStep(house, username), codes[0]!);
    if (by === 'removing it')
      await ann.post('/settings/second-factor/remove', { currentPassword: 'lantern-tandem-42' });
    if (by === 'a new password') {
      password = another;
      await setPassword(await granted(house, username, email), another);
    }
    expect((await visitor(house).get(path)).redirectedTo).toBe('/login');
    house.clock.pass(hours(72));
    const page = await visitor(house).signIn(username, password ?? right);
    if (by === 'removing it') return expect(page.redirectedTo).toBe('/people');
    const waiting = await atSecondStep(house, username, password ? { password } : {});
    return expect((await waiting.get('/login/second')).html).not.toContain('Sign in without a code');
  },
);

test('it is there for a week after the 72 hours, and not longer', async () => {
  const { username } = await withSecondFactor(house);
  await (await atSecondStep(house, username)).post(lost);
  house.clock.pass(hours(72) + days(7) - 1);
  const inTime = await atSecondStep(house, username);
  expect((await inTime.get('/login/second')).html).toContain('Sign in without a code');
  house.clock.pass(1);
  expect((await inTime.get('/login/second')).html).not.toContain('Sign in without a code');
  await clean(house);
  expect(await house.stores.sql('SELECT FROM "LostFactor"')).toEqual([]);
});

test('fifty presses at once begin one wait, and one more press begins none', async () => {
  const { username, email } = await withSecondFactor(house);
  const who = await atSecondStep(house, username);
  await together(50, () => copyOf(house, who).post(lost));
  await who.post(lost);
  expect(await told(email)).toHaveLength(1);
});

test('a wait that a new password ended is spoken of no more', async () => {
  const { username, email } = await withSecondFactor(house);
  await (await atSecondStep(house, username)).post(lost);
  await told(email);
  house.outbox.clear();
  await setPassword(await granted(house, username, email), another);
  const ann = await atSecondStep(house, username, { password: another });
  house.clock.pass(days(1));
  await clean(house);
  expect(await told(email)).toEqual([]);
  expect(await house.stores.sql(`SELECT FROM "SecurityEvent" WHERE "kind" = 'second_factor_waited'`)).toEqual(
    [],
  );
  expect((await ann.get('/login/second')).redirectedTo).toBe('/login');
});

test('a link that is none stops nothing', async () => {
  const who = visitor(house);
  for (const path of ['/login/second/stop/x', `/login/second/stop/${'a'.repeat(22)}`]) {
    expect((await who.get(path)).redirectedTo).toBe('/login');
    expect((await who.post(path)).redirectedTo).toBe('/login');
  }
});

test('after the wait the second factor goes once, of many presses at once', async () => {
  const { username } = await withSecondFactor(house);
  await (await atSecondStep(house, username)).post(lost);
  house.clock.pass(hours(72));
  const who = await atSecondStep(house, username);
  const pages = await together(20, () => copyOf(house, who).post(lost));
  expect(pages.filter(({ redirectedTo }) => redirectedTo === '/people')).toHaveLength(1);
});
