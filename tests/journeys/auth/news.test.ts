import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import type { CapturedMessage } from '../../support/captured.ts';
import { clean } from '../../support/cleaning.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { alsoOn, eventsOf, settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('new device', () => {
  beforeAll(() => house.empty());

  /** What was told of new devices to these contacts, once the worker has nothing more to do. */
  const toldOfIt = async (...contacts: string[]): Promise<CapturedMessage[]> => {
    await settled(house);
    return contacts
      .flatMap((to) => house.outbox.to(to))
      .filter(({ text }) => /haven't seen before|new sign-in/.test(text));
  };

  test('the owner hears of a browser that was never signed in before: which, when, and what to do', async () => {
    const { username, email } = await visitor(house).signUp();
    await alsoOn(house, username, { userAgent: userAgents['Safari on iPhone'] });
    const [mail, ...more] = await toldOfIt(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('A new device signed in to ChatLink');
    for (const part of [mail!.text, mail!.html!])
      for (const word of [
        username,
        'Safari on iPhone',
        '15 Jun 2026, 12:00 UTC',
        'http://chatlink.test/password/forgot',
      ])
        expect(part).toContain(word);
  });

  test('not of joining, nor of a device that is known, nor of a wrong password', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.signUp();
    await repeatedly(3, async () => {
      await ann.post('/logout');
      expect((await ann.signIn(username, right)).redirectedTo).toBe('/people');
    });
    await visitor(house).signIn(username, wrong);
    expect(await toldOfIt(email)).toEqual([]);
  });

  test('once for each: the second sign-in of a browser is no news', async () => {
    const { username, email } = await visitor(house).signUp();
    const phone = await alsoOn(house, username);
    await phone.post('/logout');
    await phone.signIn(username, right);
    await alsoOn(house, username);
    expect(await toldOfIt(email)).toHaveLength(2);
  });

  test('nor of the browser that set a new password by a code', async () => {
    const { username, email } = await visitor(house).signUp();
    const ann = await granted(house, username, email);
    await setPassword(ann, another);
    await ann.signIn(username, another);
    expect(await toldOfIt(email)).toEqual([]);
  });

  test('who has a mail address hears of it by mail alone', async () => {
    const { username, email } = await visitor(house).signUp();
    const mobile = newMobile();
    await house.stores.sql('UPDATE "User" SET "phone" = $2, "phoneVerifiedAt" = $3 WHERE "username" = $1', [
      username,
      mobile,
      house.clock.now(),
    ]);
    await alsoOn(house, username);
    expect((await toldOfIt(email, mobile)).map(({ channel }) => channel)).toEqual(['email']);
  });

  test.each([
    ['markup', '<a href="https://evil.example">Click</a>'],
    ['a call for help', 'Your account is locked! Call +1 555 0100 now'],
    ['an address beside a browser', 'Firefox/1 https://evil.example/x (Windows NT 10.0)'],
    ['ten thousand characters', `${userAgents['Firefox on Linux']} ${'evil '.repeat(2_000)}`],
  ])('what a browser says of itself is never quoted: %s', async (_, userAgent) => {
    house.clock.pass(minutes(1));
    const { username, email } = await visitor(house).signUp();
    await alsoOn(house, username, { userAgent });
    const [mail] = await toldOfIt(email);
    const device = /before:\s+(.+), \d+ \w+ \d+/.exec(mail!.text)?.[1];
    expect(['An unknown device', 'Firefox', 'Firefox on Windows']).toContain(device);
    for (const raw of ['evil.example', 'evil evil', '>Click<', 'is locked', '+1 555 0100'])
      expect(`${mail!.subject} ${mail!.text} ${mail!.html?.split('<body>')[1]}`).not.toContain(raw);
  });
});

describe('new device texts', () => {
  beforeAll(() => house.empty());

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
});

describe('overdue notice', () => {
  beforeAll(() => house.empty());

  /** An event that was written, but whose news never reached the queue: Redis went away in between. */
  const missed = (username: string, kind: string, at = house.clock.now()) =>
    house.stores.sql(
      `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), "id", $2::"SecurityEventKind", 'done', $3::timestamptz, 'x', 'Firefox on Windows', true
     FROM "User" WHERE "username" = $1`,
      [username, kind, at.toISOString()],
    );
  const isDue = async (username: string) =>
    (await eventsOf(house, username)).some(({ noticeDue }) => noticeDue);

  test.each([
    ['password_changed', /password was changed/],
    ['password_reset', /password was changed/],
    ['signed_in_new_device', /new device signed in/],
  ])('news of %s that the queue missed goes out with the next cleaning, once', async (kind, subject) => {
    const { username, email } = await visitor(house).join();
    await missed(username, kind);
    const mails = () => house.outbox.to(email).filter((mail) => subject.test(mail.subject ?? ''));
    house.clock.pass(minutes(10));
    await withAnother(house, { jobs: true }, async () => {
      await clean(house, 4);
      await settled(house);
    });
    expect(mails()).toHaveLength(1);
    // It tells of then, not of now.
    expect(mails()[0]?.text).toMatch(/Firefox on Windows, 15 Jun 2026, 1\d:\d0 UTC/);
    expect(mails()[0]?.text).not.toContain(
      `:${String(house.clock.now().getUTCMinutes()).padStart(2, '0')} UTC`,
    );
    expect(await isDue(username)).toBe(false);
    await clean(house, 2);
    await settled(house);
    expect(mails()).toHaveLength(1);
  });

  test('every verified contact hears of it', async () => {
    const { username, email } = await visitor(house).join();
    const mobile = newMobile();
    await house.stores.sql(
      'UPDATE "User" SET "phone" = $2, "phoneVerifiedAt" = "createdAt" WHERE "username" = $1',
      [username, mobile],
    );
    await missed(username, 'password_changed');
    house.clock.pass(minutes(1));
    await clean(house);
    await settled(house);
    expect([house.outbox.to(email).slice(1).length, house.outbox.to(mobile).length]).toEqual([1, 1]);
  });

  test('what is only just written is left to its own request for a minute', async () => {
    const { username, email } = await visitor(house).join();
    await missed(username, 'password_changed');
    const told = async () => {
      await clean(house);
      await settled(house);
      return house.outbox.to(email).length - 1;
    };
    house.clock.pass(minutes(1) - 1);
    expect(await told()).toBe(0);
    house.clock.pass(1);
    expect(await told()).toBe(1);
  });

  test('what was told already is not told again', async () => {
    const ann = visitor(house);
    const { username, email } = await ann.join();
    await visitor(house).signIn(username, 'lantern-tandem-42');
    await settled(house);
    const before = house.outbox.to(email).length;
    expect(before).toBe(2);
    house.clock.pass(minutes(10));
    await clean(house, 2);
    await settled(house);
    expect(house.outbox.to(email)).toHaveLength(before);
  });
});
