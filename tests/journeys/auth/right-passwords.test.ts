import { expect, test } from '@jest/globals';
import { days, hours } from '../../../src/kernel/clock.ts';
import { deviceIn, right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { alsoOn, copyOf, isIn, sessionsSeenBy, settled } from '../../support/security.ts';
import { type Page, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

function onNewDevice(username: string, password = right): Promise<Page> {
  return visitor(house).signIn(username, password);
}

/** Somebody of whom twenty new devices signed in within this hour, all in its first millisecond. */
async function crowded() {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  await repeatedly(20, () => alsoOn(house, username));
  return { ann, username, email };
}

test('twenty new devices sign in within an hour, to the millisecond', async () => {
  const { username } = await crowded();
  const full = await onNewDevice(username);
  expect([full.status, full.header('retry-after')]).toEqual([429, '3600']);
  house.clock.pass(hours(1) - 1);
  expect((await onNewDevice(username)).status).toBe(429);
  house.clock.pass(1);
  expect((await onNewDevice(username)).redirectedTo).toBe('/people');
});

test('of fifty at once, on two instances, twenty are let in, by whichever name', async () => {
  const { username, email } = await visitor(house).signUp();
  await withAnother(house, {}, async (other) => {
    const doors = await repeatedly(50, async () => {
      const who = visitor(house);
      await who.get('/login');
      return who;
    });
    const pages: Page[] = [];
    // As many at a time as may hash and wait.
    for (let n = 0; n < 50; n += 10)
      pages.push(
        ...(await together(10, (m) =>
          doors[n + m]!.at(m % 2 ? house : other).signIn(m % 3 ? username : email, right),
        )),
      );
    expect(statuses(pages)).toEqual({ 303: 20, 429: 30 });
  });
});

test('who does not know the password is told what they always are told, and a known device goes on', async () => {
  const { ann, username } = await crowded();
  const [, unknown] = [await onNewDevice(username), await onNewDevice('nobody_of_that_name', wrong)];
  const mistaken = await onNewDevice(username, wrong);
  expect([mistaken.status, textOf(mistaken.html)]).toEqual([422, textOf(unknown.html)]);
  const known = visitor(house);
  known.cookies.set('device', deviceIn(ann));
  expect((await known.signIn(username, right)).redirectedTo).toBe('/people');
});

test('a refused right password excuses no guesses, and is none', async () => {
  const { username } = await crowded();
  await repeatedly(4, () => onNewDevice(username, wrong));
  expect((await onNewDevice(username)).header('retry-after')).toBe('3600');
  expect((await onNewDevice(username, wrong)).status).toBe(422);
  expect(Number((await onNewDevice(username, wrong)).header('retry-after'))).toBe(60);
});

test('somebody else’s new devices are not counted with them', async () => {
  await crowded();
  const { username } = await visitor(house).signUp();
  expect((await onNewDevice(username)).redirectedTo).toBe('/people');
});

test('the newest fifty sessions of a person are kept', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const device = deviceIn(ann);
  const signIn = async () => {
    house.clock.pass(1_000);
    const who = visitor(house);
    who.cookies.set('device', device);
    await who.signIn(username, right);
    return who;
  };
  const browsers = await repeatedly(49, signIn);
  expect(await isIn(ann)).toBe(true);
  expect(await sessionsSeenBy(browsers[48]!)).toHaveLength(50);
  await withAnother(house, {}, async (other) => {
    // A device has five tries at once.
    const late = await repeatedly(5, async () => {
      const who = visitor(other);
      who.cookies.set('device', device);
      await who.get('/login');
      return who;
    });
    house.clock.pass(1_000);
    await Promise.all(late.map((who) => who.signIn(username, right)));
    expect(await Promise.all(late.map(isIn))).toEqual(late.map(() => true));
    expect(await Promise.all([ann, ...browsers].map(isIn))).toEqual([ann, ...browsers].map((_, n) => n >= 5));
    expect(await sessionsSeenBy(late[0]!)).toHaveLength(50);
  });
});

test('sessions that ended by themselves take no place', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const device = deviceIn(ann);
  await repeatedly(50, async () => {
    const who = visitor(house);
    who.cookies.set('device', device);
    await who.signIn(username, right);
  });
  const keys = await house.stores.redis.keys('sess:*');
  const mine: string[] = [];
  for (const key of keys) if ((await house.stores.redis.get(key))?.includes(username)) mine.push(key);
  expect(mine).toHaveLength(50);
  const [, ...gone] = mine;
  await house.stores.redis.del(...gone.slice(0, 30));
  const stay = await repeatedly(20, async () => {
    const who = copyOf(house, ann);
    who.cookies.delete('sid');
    await who.signIn(username, right);
    return who;
  });
  expect(await Promise.all(stay.map(isIn))).toEqual(stay.map(() => true));
});

test('ten mails a day tell of new devices, the history of all', async () => {
  const { username, email } = await visitor(house).signUp();
  const told = async () => {
    await settled(house);
    return house.outbox.to(email).filter(({ text }) => text.includes("haven't seen before")).length;
  };
  await repeatedly(12, () => alsoOn(house, username));
  expect(await told()).toBe(10);
  house.clock.pass(days(1) - 1);
  await alsoOn(house, username);
  expect(await told()).toBe(10);
  house.clock.pass(1);
  await alsoOn(house, username);
  expect(await told()).toBe(11);
  const rows = await house.stores.sql(
    `SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId"
     WHERE u."username" = $1 AND e."kind" = 'signed_in_new_device'`,
    [username],
  );
  expect(rows).toHaveLength(14);
});
