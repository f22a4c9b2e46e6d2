import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { clean, countRows } from '../../support/cleaning.ts';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import {
  alsoOn,
  confirm,
  eventsOf,
  handleOfTheOther,
  historySeenBy,
  revoke,
  revokeOthers,
  settled,
} from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { type Visitor, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('history', () => {
  beforeAll(() => house.empty());

  const browser = (name: keyof typeof userAgents, ip: string): Visitor => {
    const who = visitor(house, { ip });
    who.headers = { 'User-Agent': userAgents[name] };
    return who;
  };
  /** Does one thing after the other, a minute apart, each with all that follows from it. */
  const oneByOne = async (...acts: (() => Promise<unknown>)[]): Promise<void> => {
    for (const act of acts) {
      house.clock.pass(minutes(1));
      await act();
      await settled(house);
    }
  };
  const at = (minute: number): string => `15 Jun 2026, 12:${String(minute).padStart(2, '0')} UTC`;

  test('each act is told once, newest first: what, when, from which device and whether from this network', async () => {
    const laptop = browser('Firefox on Windows', '203.0.113.5');
    const phone = browser('Safari on iPhone', '198.51.100.9');
    const eve = browser('Chrome on Android', '192.0.2.7');
    const { username, email } = await laptop.signUp();
    await oneByOne(
      () => laptop.post('/logout'),
      () => laptop.signIn(username, right),
      () => phone.signIn(username, right),
      async () => revoke(laptop, await handleOfTheOther(laptop)),
      () => revokeOthers(laptop),
      () => eve.signIn(username, wrong),
      () => eve.signIn(email, wrong),
      () => eve.signIn(email.toUpperCase(), wrong),
      () =>
        laptop.post('/settings/password', {
          currentPassword: wrong,
          password: another,
          passwordConfirmation: another,
        }),
      () =>
        laptop.post('/settings/password', {
          currentPassword: right,
          password: another,
          passwordConfirmation: another,
        }),
      async () => {
        // The messages about the phone and the new password came before the code.
        for (let n = 0; n < 2; n++) await house.outbox.next(email);
        await granted(house, username, email, phone);
      },
      () => setPassword(phone, 'harbour-cinnamon-58'),
      () => laptop.signIn(username, 'harbour-cinnamon-58'),
    );
    const [mine, other] = ['from your current network', 'from another network'];
    const seen = (await historySeenBy(laptop)).map(({ text, when, where }) => [text, when, where]);
    expect(seen).toEqual([
      // The new password has made it a stranger, too.
      ['Signed in on a new device', at(13), `Firefox on Windows, ${mine}`],
      ['New password set with a code or link', at(12), `Safari on iPhone, ${other}`],
      ['A code for a new password was requested', at(11), `Safari on iPhone, ${other}`],
      ['Password changed', at(10), `Firefox on Windows, ${mine}`],
      ['Failed Wrong password entered in the settings', at(9), `Firefox on Windows, ${mine}`],
      [
        'Failed Sign-in with a wrong password 3 times that day',
        `Last: ${at(8)}`,
        `Chrome on Android, ${other}`,
      ],
      ['All other devices were signed out', at(5), `Firefox on Windows, ${mine}`],
      ['One device was signed out', at(4), `Firefox on Windows, ${mine}`],
      ['Signed in on a new device', at(3), `Safari on iPhone, ${other}`],
      ['Signed in', at(2), `Firefox on Windows, ${mine}`],
      ['Signed out', at(1), `Firefox on Windows, ${mine}`],
      ['You joined ChatLink', at(0), `Firefox on Windows, ${mine}`],
    ]);
  });
});

describe('history rows', () => {
  beforeAll(() => house.empty());

  test('a row holds no address, no name, no password and no code', async () => {
    const who = visitor(house, { ip: '203.0.113.77' });
    who.headers = { 'User-Agent': `${userAgents['Firefox on Linux']} secret-part` };
    const { ann, person, code } = await joining(house, {}, who);
    await typeCode(ann, code);
    const username = String(person.username);
    await visitor(house, { ip: '2001:db8:1234:5678::9' }).signIn(String(person.email), wrong);
    await ann.post('/settings/password', {
      currentPassword: wrong,
      password: another,
      passwordConfirmation: another,
    });
    await ann.post('/settings/password', {
      currentPassword: right,
      password: another,
      passwordConfirmation: another,
    });
    await settled(house);

    const rows = await eventsOf(house, username);
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual([
      'joined',
      'password_changed',
      'password_confirmed',
      'signed_in',
    ]);
    const jobs = await house.stores.redis.keys('bull:{security}:*-*');
    expect(jobs.length).toBeGreaterThan(2);
    const queued = await Promise.all(jobs.map((key) => house.stores.redis.hget(key, 'data').catch(() => '')));
    const text = JSON.stringify([rows, queued]);
    const secrets = [
      '203.0.113',
      '2001:db8',
      '1234:5678',
      code,
      right,
      wrong,
      another,
      username,
      'secret-part',
      'argon2',
      'Mozilla',
    ];
    for (const secret of [...secrets, String(person.email)]) expect(text).not.toContain(secret);
    for (const { network, device } of rows) {
      expect(network).toMatch(/^[\w-]{22}$/);
      expect(['Firefox on Linux', 'an unknown device']).toContain(device);
    }
  });
});

describe('history lines', () => {
  beforeAll(() => house.empty());

  test('a network is a neighbourhood: the same /24, or /48 of IPv6', async () => {
    const { username } = await visitor(house, { ip: '203.0.113.5' }).join();
    const whereFrom = async (ip: string): Promise<string[]> => {
      house.clock.pass(minutes(1));
      const who = await alsoOn(house, username, { ip });
      return (await historySeenBy(who)).map(({ where }) => where.split(', ')[1]!);
    };
    const [mine, other] = ['from your current network', 'from another network'];
    expect(await whereFrom('203.0.113.250')).toEqual([mine, mine]);
    expect(await whereFrom('203.0.114.5')).toEqual([mine, other, other]);
    expect(await whereFrom('2001:db8:7:1::1')).toEqual([mine, other, other, other]);
    expect(await whereFrom('2001:db8:7:ffff::9')).toEqual([mine, mine, other, other, other]);
    expect(await whereFrom('2001:db8:8:1::1')).toEqual([mine, other, other, other, other, other]);
  });

  test('the password given once more is no act of its own; what it was given for is', async () => {
    const ann = visitor(house);
    const { username } = await ann.join();
    await alsoOn(house, username);
    house.clock.pass(minutes(15));
    await revokeOthers(ann);
    await confirm(ann);
    await settled(house);
    expect((await historySeenBy(ann)).map(({ text }) => text).slice(0, -2)).toEqual([
      'All other devices were signed out',
    ]);
  });

  test('codes that strangers ask for, and the link that follows, are told', async () => {
    const ann = visitor(house);
    const { email } = await ann.join();
    await repeatedly(6, () => forgot(visitor(house), email));
    await settled(house);
    expect((await historySeenBy(ann)).map(({ text }) => text).toSorted()).toEqual([
      'A code for a new password was requested 4 times that day',
      'We sent you a link to set a new password',
      'You joined ChatLink',
    ]);
  });

  test('nobody reads of anybody else', async () => {
    const [ann, ben] = [visitor(house), visitor(house)];
    const { username } = await ann.join();
    await ben.join();
    await alsoOn(house, username);
    await visitor(house).signIn(username, wrong);
    await revokeOthers(ann);
    await settled(house);
    expect((await historySeenBy(ben)).map(({ text }) => text)).toEqual(['You joined ChatLink']);
  });
});

describe('history kept', () => {
  beforeAll(() => house.empty());

  const texts = async (who: Visitor) => (await historySeenBy(who)).map(({ text }) => text);
  /** Events as if they had happened, one a second from then on. */
  const happened = (
    username: string,
    kind: string,
    outcome: string,
    count: number,
    from = house.clock.now(),
  ) =>
    house.stores.sql(
      `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), u."id", $2::"SecurityEventKind", $3::"SecurityOutcome",
       $4::timestamptz + n * interval '1 second', 'x', 'Firefox on Windows', false
     FROM "User" u, generate_series(1, $5::int) n WHERE u."username" = $1`,
      [username, kind, outcome, from.toISOString(), count],
    );

  test('an act can be read for ninety days', async () => {
    const { username } = await visitor(house).signUp();
    house.clock.pass(days(90) - 1);
    const ann = await alsoOn(house, username);
    expect(await texts(ann)).toEqual(['Signed in on a new device', 'You joined ChatLink']);
    house.clock.pass(1);
    expect(await texts(ann)).toEqual(['Signed in on a new device']);
  });

  test('what strangers do, in whatever number, is one line a day and pushes nothing off the page', async () => {
    house.clock.set('2026-11-20T12:00:00.000Z');
    const ann = visitor(house);
    const { username } = await ann.signUp();
    house.clock.pass(days(1));
    await happened(username, 'signed_in', 'refused', 300);
    await happened(username, 'reset_asked', 'done', 200);
    await happened(username, 'reset_link_sent', 'done', 20);
    house.clock.pass(minutes(10));
    const again = await alsoOn(house, username);
    expect(await texts(again)).toEqual([
      'Signed in on a new device',
      'Failed Sign-in with a wrong password 300 times that day',
      'A code for a new password was requested 200 times that day',
      'We sent you a link to set a new password 20 times that day',
      'You joined ChatLink',
    ]);
  });

  test('a day begins at midnight UTC', async () => {
    const ann = visitor(house);
    const { username } = await ann.signUp();
    house.clock.set('2026-12-01T23:59:59.999Z');
    await alsoOn(house, username);
    await visitor(house).signIn(username, wrong);
    await settled(house);
    house.clock.pass(1);
    await visitor(house).signIn(username, wrong);
    await settled(house);
    const seen = await historySeenBy(await alsoOn(house, username));
    expect(
      seen.filter(({ text }) => text.startsWith('Failed')).map(({ text, when }) => [text, when]),
    ).toEqual([
      ['Failed Sign-in with a wrong password', '2 Dec 2026, 00:00 UTC'],
      ['Failed Sign-in with a wrong password', '1 Dec 2026, 23:59 UTC'],
    ]);
  });

  test('of own acts the fifty newest of each kind are told, so that none pushes another off the page', async () => {
    const { username } = await visitor(house).signUp();
    await happened(username, 'signed_out', 'done', 60);
    house.clock.pass(minutes(2));
    const ann = await alsoOn(house, username);
    expect(await texts(ann)).toEqual([
      'Signed in on a new device',
      ...Array<string>(50).fill('Signed out'),
      'You joined ChatLink',
    ]);
  });

  test('a refused sign-in of nobody is nobody’s history', async () => {
    const before = await house.stores.sql('SELECT FROM "SecurityEvent"');
    for (const identifier of ['nobody_at_all', 'nobody@example.com', '+4915120000007', '???'])
      await visitor(house).signIn(identifier, wrong);
    await settled(house);
    expect(await house.stores.sql('SELECT FROM "SecurityEvent"')).toHaveLength(before.length);
  });
});

describe('cleanup', () => {
  beforeAll(() => house.empty());

  const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

  /** More rows than one batch takes, of days long past, and people to whom the links belong. */
  const fill = async (username: string, rows: number): Promise<void> => {
    const now = house.clock.now().toISOString();
    await sql(
      `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), u."id", 'signed_in', 'done', $2::timestamptz - interval '90 days', 'x', 'Firefox', false
     FROM "User" u, generate_series(1, $3::int) n WHERE u."username" = $1`,
      [username, now, rows],
    );
    await sql(
      `INSERT INTO "PasswordResetOtp" ("id", "channel", "destination", "destinationKey", "askedKey", "decoy", "keyId", "reference",
                                     "nextSendAt", "expiresAt", "endsAt", "createdAt")
     SELECT gen_random_uuid(), 'email', 'a' || n, 'a' || n, 'a' || n, true, 'dev', 'KFR', t, t, t, t
     FROM generate_series(1, $2::int) n, (SELECT $1::timestamptz - interval '1 day' AS t) old`,
      [now, rows],
    );
    await sql(
      `INSERT INTO "User" ("id", "username", "usernameKey", "email", "emailKey", "emailVerifiedAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt")
     SELECT gen_random_uuid(), 'old' || n, 'old' || n, n || '@example.com', n || '@example.com', "createdAt", "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt"
     FROM "User", generate_series(1, $2::int) n WHERE "username" = $1`,
      [username, rows],
    );
    await sql(
      `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     SELECT u."id", gen_random_uuid(), 'email', 'dev', repeat('x', 43 - length(u."username")) || u."username", 0, $1::timestamptz, $1::timestamptz - interval '1 hour'
     FROM "User" u WHERE u."username" LIKE 'old%'`,
      [now],
    );
  };

  test('old events, reset codes and links are deleted, batch after batch, by two workers at once', async () => {
    const { username, email } = await visitor(house).signUp();
    const { who, code } = await recovering(house, email, email);
    await settled(house);
    await fill(username, 2_500);
    // Two cleanings, and more rows than two batches.
    await withAnother(house, { jobs: true }, () => clean(house, 2));
    expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
    // Rows that another one holds are passed over: the next cleaning finds what both have left.
    await clean(house);
    const left = (await eventsOf(house, username)).map(({ kind }) => kind);
    expect(left.toSorted()).toEqual(['joined', 'reset_asked']);
    expect([await countRows(house, 'PasswordResetOtp'), await countRows(house, 'PasswordResetLink')]).toEqual(
      [1, 0],
    );
    expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
    // What is still alive goes on.
    expect((await who.post('/password/code', { code })).redirectedTo).toBe('/password/new');
  });

  test('an event is kept for ninety days', async () => {
    const { username } = await visitor(house).signUp();
    house.clock.pass(days(90) - 1);
    await clean(house);
    expect(await eventsOf(house, username)).toHaveLength(1);
    house.clock.pass(1);
    await clean(house);
    expect(await eventsOf(house, username)).toHaveLength(0);
  });

  test('a reset code is kept a day after its end', async () => {
    const { email } = await visitor(house).signUp();
    await recovering(house, email, email);
    const kept = async () =>
      (await sql('SELECT FROM "PasswordResetOtp" WHERE "destination" = $1', [email])).length;
    house.clock.pass(minutes(30) + days(1) - 1);
    await clean(house);
    expect(await kept()).toBe(1);
    house.clock.pass(1);
    await clean(house);
    expect(await kept()).toBe(0);
  });

  test('a link is kept for the hour in which no other may follow', async () => {
    const { username } = await visitor(house).signUp();
    await sql(
      `INSERT INTO "PasswordResetLink" ("userId", "id", "channel", "keyId", "tokenHash", "securityVersion", "expiresAt", "createdAt")
     SELECT "id", gen_random_uuid(), 'email', 'dev', 'one', 0, $2::timestamptz + interval '30 minutes', $2::timestamptz FROM "User" WHERE "username" = $1`,
      [username, house.clock.now().toISOString()],
    );
    house.clock.pass(hours(1) - 1);
    await clean(house);
    expect(await countRows(house, 'PasswordResetLink')).toBe(1);
    house.clock.pass(1);
    await clean(house);
    expect(await countRows(house, 'PasswordResetLink')).toBe(0);
  });
});
