import { expect, test } from '@jest/globals';
import { eventually } from '../../support/captured.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { newMobile, wrongCode } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  codeAfter,
  codesTo,
  grantsFor,
  holdingCode,
  holdingGrant,
  joinedYesterday,
  typeResetCode,
} from '../../support/resetting.ts';
import { settled } from '../../support/security.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

/** How many statements of this house's database wait for a lock. */
const waitingHere = async (): Promise<number> => {
  const rows = await house.stores.sql(
    `SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE NOT l.granted AND a.datname = current_database()`,
  );
  return rows.length;
};

test('codes that wait in other sessions are wrong from then on, and look like any wrong code', async () => {
  const { username, email } = await joinedYesterday(house);
  const phone = newMobile();
  await alsoReachedBy(house, username, { phone });
  const held = [
    await holdingCode(house, email, email),
    await holdingCode(house, username, email),
    await holdingCode(house, phone, phone),
  ];
  await setPassword(await holdingGrant(house, email, email));
  for (const { who, code } of held) {
    const wrong = await typeResetCode(who, wrongCode(code));
    const right = await typeResetCode(who, code);
    expect([wrong.status, right.status]).toEqual([422, 422]);
    expect(right.html).toContain('3 tries left');
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  }
  expect(await grantsFor(house, username)).toBe(0);
});

test('a code that is asked for again in such a session opens nothing either', async () => {
  const { username, email } = await joinedYesterday(house);
  const { who } = await holdingCode(house, email, email);
  await setPassword(await holdingGrant(house, email, email));
  await settled(house);
  const before = codesTo(house, email).length;
  await who.get('/password/code');
  expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/code');
  await settled(house);
  // Its owner is not bothered with a code that would be refused.
  expect(codesTo(house, email)).toHaveLength(before);
  expect(await grantsFor(house, username)).toBe(0);
});

test('grants in other sessions are gone by their next request, whatever it is', async () => {
  const { username, email } = await joinedYesterday(house);
  const looks = await holdingGrant(house, email, email);
  const errs = await holdingGrant(house, email, email);
  const sets = await holdingGrant(house, username, email);
  await setPassword(await holdingGrant(house, email, email));
  expect((await setPassword(sets, 'harbour-violin-58')).redirectedTo).toBe('/password/forgot');
  expect((await sets.get('/password/forgot')).html).toContain('This password was changed meanwhile.');
  expect((await looks.get('/password/new')).redirectedTo).toBe('/password/forgot');
  expect((await setPassword(errs, 'short')).redirectedTo).toBe('/password/forgot');
  expect(await grantsFor(house, username)).toBe(0);
  expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/profile');
});

test('a run that is being begun at that very moment opens nothing either', async () => {
  const { username, email } = await joinedYesterday(house);
  const owner = await holdingGrant(house, email, email);
  const who = visitor(house);
  await who.token();
  const code = await codeAfter(house, email, async () => {
    const asked: Promise<Page>[] = [];
    // It has looked up the account, and waits with what it found, while the password is set.
    await whileLocked(house, 'DestinationBudget', async () => {
      asked.push(forgot(who, email));
      await eventually(async () => (await waitingHere()) > 0, 'the run at the lock');
      expect((await setPassword(owner)).redirectedTo).toBe('/login');
    });
    expect((await asked[0])?.redirectedTo).toBe('/password/code');
  });
  expect((await typeResetCode(who, code)).html).toContain('4 tries left');
  expect(await grantsFor(house, username)).toBe(0);
});
