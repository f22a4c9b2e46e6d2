import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { Captured } from '../../support/captured.ts';
import {
  browserWith,
  cookieLines,
  deviceIn,
  isKnown,
  member,
  right,
  strangersFail,
  wrong,
} from '../../support/devices.ts';
import { asInProduction, houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { throttleKey } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const outbox = new Captured();
const house5 = await houseOfThisFile(asInProduction(outbox));

describe('devices known', () => {
  beforeAll(() => house.empty());

  test('strangers’ wrong passwords do not lock the device that a person joined on, nor one signed in on later', async () => {
    const { username, device } = await member(house);
    const phone = visitor(house);
    await phone.signIn(username, right);
    expect(await isKnown(house, device, username)).toBe(true);
    expect(await isKnown(house, deviceIn(phone), username)).toBe(true);
  });

  test('not even fifty at once do', async () => {
    const { username, device } = await member(house);
    const strangers = await together(50, async () => {
      const who = visitor(house);
      await who.token();
      return who;
    });
    const owner = browserWith(house, device);
    await owner.token();
    const [mine, ...theirs] = await Promise.all(
      [owner, ...strangers].map((who) => who.signIn(username, who === owner ? right : wrong)),
    );
    expect(statuses(theirs)).toEqual({ 422: 5, 429: 45 });
    expect(mine?.redirectedTo).toBe('/people');
    expect(await isKnown(house, device, username)).toBe(true);
  });

  test('not even when the identifier waits for an hour, by whichever name it was tried', async () => {
    const { username, email, device } = await member(house);
    for (const identifier of [username, email]) {
      await strangersFail(house, identifier);
      for (const wait of [1, 5, 15]) {
        house.clock.pass(minutes(wait));
        await strangersFail(house, identifier, 1);
      }
      const stranger = await visitor(house).signIn(identifier, right);
      expect([stranger.status, stranger.header('retry-after')]).toEqual([429, '3600']);
      expect((await browserWith(house, device).signIn(identifier, right)).redirectedTo).toBe('/people');
    }
  });

  test('not even when the owner’s own network has no tries left', async () => {
    const { username, device } = await member(house);
    const ip = '203.0.113.70';
    expect(
      statuses(await repeatedly(30, (n) => visitor(house, { ip }).signIn(`neighbour_${n}`, wrong))),
    ).toEqual({
      422: 30,
    });
    expect((await visitor(house, { ip }).signIn(username, right)).status).toBe(429);
    const owner = browserWith(house, device, { ip });
    expect((await owner.signIn(username, wrong)).status).toBe(422);
    expect((await owner.signIn(username, right)).redirectedTo).toBe('/people');
  });

  test('a known device is known at every instance', async () => {
    const { username, device } = await member(house);
    await withAnother(house, {}, async (second) => {
      expect(await isKnown(second, device, username)).toBe(true);
    });
  });

  test('who set a new password by a code comes in with it at once, whatever strangers do', async () => {
    const { username, email } = await member(house);
    await strangersFail(house, username);
    const ann = await granted(house, username, email);
    await setPassword(ann, another);
    expect((await visitor(house).signIn(username, another)).status).toBe(429);
    expect((await ann.signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('a known device’s success does not clear what strangers have counted', async () => {
    const { username, device } = await member(house);
    const counted = () => house.stores.redis.hget(throttleKey(`username:${username}`), 'failures');
    await strangersFail(house, username, 4);
    expect((await browserWith(house, device).signIn(username, right)).redirectedTo).toBe('/people');
    expect(await counted()).toBe('4');
    await strangersFail(house, username, 1);
    expect((await browserWith(house, device).signIn(username, right)).redirectedTo).toBe('/people');
    const stranger = await visitor(house).signIn(username, right);
    expect([stranger.status, stranger.header('retry-after')]).toEqual([429, '60']);
  });

  test('a stranger’s success excuses no other failure of its network', async () => {
    const { username } = await member(house);
    const ip = '203.0.113.80';
    const fail = (n: number) => visitor(house, { ip }).signIn(`somebody_${n}`, wrong);
    expect(statuses(await repeatedly(29, fail))).toEqual({ 422: 29 });
    expect((await visitor(house, { ip }).signIn(username, right)).redirectedTo).toBe('/people');
    expect((await fail(29)).status).toBe(422);
    expect((await fail(30)).status).toBe(429);
    expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(30);
  });
});

describe('devices own failures', () => {
  beforeAll(() => house.empty());

  const tryOn = (device: string, username: string, password = wrong): Promise<Page> =>
    browserWith(house, device).signIn(username, password);

  test('a known device has five wrong passwords of its own, then waits one, five, fifteen and sixty minutes', async () => {
    const { username, device } = await member(house);
    expect(statuses(await repeatedly(5, () => tryOn(device, username)))).toEqual({ 422: 5 });
    for (const wait of [1, 5, 15, 60, 60]) {
      const refused = await tryOn(device, username, right);
      expect([refused.status, refused.header('retry-after')]).toEqual([429, String(wait * 60)]);
      house.clock.pass(minutes(wait) - 1);
      expect((await tryOn(device, username, right)).header('retry-after')).toBe('1');
      house.clock.pass(1);
      expect((await tryOn(device, username)).status).toBe(422);
    }
  });

  test('of fifty at once exactly five are looked at, over two instances', async () => {
    const { username, device } = await member(house);
    await withAnother(house, {}, async (second) => {
      const browsers = await together(50, async (n) => {
        const who = browserWith(n % 2 ? house : second, device);
        await who.token();
        return who;
      });
      const pages = await Promise.all(browsers.map((who) => who.signIn(username, wrong)));
      expect(statuses(pages)).toEqual({ 422: 5, 429: 45 });
    });
  });

  test('all names of a person share the device’s tries', async () => {
    const { username, email, device } = await member(house);
    await repeatedly(3, () => tryOn(device, username));
    await repeatedly(2, () => tryOn(device, email.toUpperCase()));
    for (const identifier of [username, email])
      expect((await tryOn(device, identifier, right)).status).toBe(429);
  });

  test('it locks neither strangers nor another device of the same person', async () => {
    const { username, device } = await member(house);
    const phone = visitor(house);
    await phone.signIn(username, right);
    await repeatedly(6, () => tryOn(device, username));
    expect((await tryOn(device, username, right)).status).toBe(429);
    expect((await tryOn(deviceIn(phone), username, right)).redirectedTo).toBe('/people');
    expect(statuses(await strangersFail(house, username))).toEqual({ 422: 5 });
  });

  test('nor does it count against its network', async () => {
    const { username, device } = await member(house);
    const ip = '203.0.113.90';
    await repeatedly(5, () => browserWith(house, device, { ip }).signIn(username, wrong));
    expect(await house.stores.redis.zcard(`limit:failed-sign-ins:${ip}`)).toBe(0);
  });

  test('a success clears what was counted, also when the cookie was renewed by it', async () => {
    const { username, device } = await member(house);
    await repeatedly(4, () => tryOn(device, username));
    const ann = browserWith(house, device);
    expect((await ann.signIn(username, right)).redirectedTo).toBe('/people');
    expect(statuses(await repeatedly(5, () => tryOn(deviceIn(ann), username)))).toEqual({ 422: 5 });
    // The older cookie is the same device: keeping it gives no second budget.
    expect((await tryOn(device, username, right)).status).toBe(429);
  });

  test('failures of a device are forgotten after a day without any', async () => {
    const { username, device } = await member(house);
    await repeatedly(4, () => tryOn(device, username));
    house.clock.pass(hours(24) - 1);
    await tryOn(device, username);
    expect((await tryOn(device, username)).status).toBe(429);
    house.clock.pass(hours(24));
    expect(statuses(await repeatedly(5, () => tryOn(device, username)))).toEqual({ 422: 5 });
  });
});

describe('devices accounts', () => {
  beforeAll(() => house.empty());

  test('a device of one person is a stranger to every other', async () => {
    const [ann, ben] = [await member(house), await member(house)];
    expect(await isKnown(house, ann.device, ben.username)).toBe(false);
    expect(await isKnown(house, ben.device, ann.username)).toBe(false);
  });

  test('a device that two people use is known to both, whoever signed in last', async () => {
    const ben = await member(house);
    const shared = visitor(house);
    const { username } = await shared.signUp();
    await shared.post('/logout');
    await shared.signIn(ben.username, right);
    for (const name of [username, ben.username])
      expect(await isKnown(house, deviceIn(shared), name)).toBe(true);
  });

  test('five people fit; a sixth pushes out the one who was here longest ago', async () => {
    const shared = visitor(house);
    const people = await repeatedly(6, () => member(house));
    const signIn = async (n: number) => {
      expect((await shared.signIn(people[n]!.username, right)).redirectedTo).toBe('/people');
      await shared.post('/logout');
    };
    for (const n of [0, 1, 2, 3, 4, 0, 5]) await signIn(n);
    const known = await Promise.all(people.map(({ username }) => isKnown(house, deviceIn(shared), username)));
    expect(known).toEqual([true, false, true, true, true, true]);
    expect(deviceIn(shared).split('~')).toHaveLength(5);
  });

  test('a new password makes all other devices strangers, and the one that set it is known', async () => {
    const laptop = visitor(house);
    const { username } = await laptop.signUp();
    const phone = visitor(house);
    await phone.signIn(username, right);
    const [before, other] = [deviceIn(laptop), deviceIn(phone)];
    const fields = { currentPassword: right, password: another, passwordConfirmation: another };
    expect((await laptop.post('/settings/password', fields)).redirectedTo).toBe('/settings/security');

    await strangersFail(house, username);
    const tryFrom = (device: string) => browserWith(house, device).signIn(username, another);
    for (const device of [before, other]) expect((await tryFrom(device)).status).toBe(429);
    expect((await tryFrom(deviceIn(laptop))).redirectedTo).toBe('/people');
  });

  test('a new password takes nobody else’s place in a browser that five people share', async () => {
    const shared = visitor(house);
    const people = await repeatedly(5, () => member(house));
    for (const { username } of people) {
      await shared.post('/logout');
      expect((await shared.signIn(username, right)).redirectedTo).toBe('/people');
    }
    const fields = { currentPassword: right, password: another, passwordConfirmation: another };
    expect((await shared.post('/settings/password', fields)).redirectedTo).toBe('/settings/security');
    const others = people.slice(0, 4).map(({ username }) => isKnown(house, deviceIn(shared), username));
    expect(await Promise.all(others)).toEqual([true, true, true, true]);
  });

  test('so does a new password by a code', async () => {
    const { username, email, device } = await member(house);
    const ann = await granted(house, email, email, browserWith(house, device));
    await setPassword(ann, another);
    await strangersFail(house, username);
    expect((await browserWith(house, device).signIn(username, another)).status).toBe(429);
    expect((await browserWith(house, deviceIn(ann)).signIn(username, another)).redirectedTo).toBe('/people');
  });
});

describe('devices cookie', () => {
  beforeAll(() => house.empty());

  const givesCookie = (page: Page): void => {
    const lines = cookieLines(page, 'device');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^device=[0-9a-z]{1,6}\.[\w-]{22}\.[\w-]{43}; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect(15_552_000).toBe(days(180) / 1000);
  };

  test('joining makes the browser a known device', async () => {
    const { ann, code } = await joining(house);
    const page = await typeCode(ann, code);
    expect(page.redirectedTo).toBe('/welcome');
    givesCookie(page);
  });

  test('so does signing in', async () => {
    const { username } = await visitor(house).signUp();
    givesCookie(await visitor(house).signIn(username, right));
  });

  test('and so does a new password by a code, since whoever typed it reads the owner’s messages', async () => {
    const { username, email } = await visitor(house).signUp();
    const ann = await granted(house, username, email);
    expect(ann.cookies.has('device')).toBe(false);
    givesCookie(await setPassword(ann, another));
  });

  test('nothing less does: no page, no wrong password, no code that is still to be typed, no right code', async () => {
    const { username, email } = await visitor(house).signUp();
    const eve = visitor(house);
    await eve.get('/');
    await eve.signIn(username, wrong);
    await eve.startSignUp();
    await granted(house, username, email, eve);
    expect([...eve.cookies.keys()]).toEqual(['sid']);
  });

  test('the cookie holds nothing of the person, plain or encoded', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    const [{ id } = { id: '' }] = await house.stores.sql<{ id: string }>(
      'SELECT "id" FROM "User" WHERE "username" = $1',
      [username],
    );
    const cookie = deviceIn(ann);
    const readings = [cookie, decodeURIComponent(cookie)].flatMap((text) => [
      text,
      ...text
        .split(/[.~]/)
        .flatMap((part) => [
          Buffer.from(part, 'base64').toString('latin1'),
          Buffer.from(part, 'base64').toString('hex'),
        ]),
    ]);
    for (const reading of readings)
      for (const secret of [id, id.replaceAll('-', ''), username, email])
        expect(reading.toLowerCase()).not.toContain(secret.toLowerCase());
  });

  test('it stays when its person signs out, and every sign-in renews it', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    const first = deviceIn(ann);
    await ann.post('/logout');
    expect(deviceIn(ann)).toBe(first);
    house.clock.pass(days(1));
    givesCookie(await ann.signIn(username, right));
    const [before, after] = [first.split('.'), deviceIn(ann).split('.')];
    expect(Number.parseInt(after[0]!, 36) - Number.parseInt(before[0]!, 36)).toBe(1);
    expect(after[1]).toBe(before[1]);
  });
});

describe('devices https', () => {
  const house = house5;
  test('on https the device cookie is bound to the host, and under its other name it is nothing', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const page = await ann.post('/sign-up/code', { code: await outbox.nextCode(String(person.email)) });
    expect(cookieLines(page, '__Host-device')).toEqual([
      expect.stringMatching(
        /^__Host-device=[\w.-]+; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(cookieLines(page, 'device')).toEqual([]);

    const username = String(person.username);
    await strangersFail(house, username);
    const named = (name: string) => {
      const who = visitor(house);
      who.cookies.set(name, ann.cookies.get('__Host-device')!);
      return who.signIn(username, right);
    };
    // A subdomain could plant a cookie that does not bear the prefix.
    expect((await named('device')).status).toBe(429);
    expect((await named('__Host-device')).redirectedTo).toBe('/people');
  });
});
