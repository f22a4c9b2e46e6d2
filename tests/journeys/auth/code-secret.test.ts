import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { createCodes } from '../../../src/platform/codes.ts';
import { eventually } from '../../support/captured.ts';
import { clean, countRows } from '../../support/cleaning.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import {
  byMobile,
  challengeOf,
  joining,
  newMobile,
  peopleCalled,
  resend,
  typeCode,
  withoutRandom,
  wrongCode,
} from '../../support/joining.ts';
import { repeatedly } from '../../support/many.ts';
import { everythingKept } from '../../support/traces.ts';
import { type Page, type Visitor, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const key = randomBytes(32);
const house1 = await houseOfThisFile({ env: { OTP_KEYS: `k1:${key.toString('base64')}` } });
const [old, fresh] = ['old', 'new'].map((id) => `${id}:${randomBytes(32).toString('base64')}`) as [
  string,
  string,
];
const house2 = await houseOfThisFile({ env: { OTP_KEYS: `${old},${fresh}` } });

describe('decoy', () => {
  const house = house1;
  /**
   * The code that belongs to the first send of the latest challenge for an address, worked out with the house's own
   * key.
   */
  const derived = async (destination: string): Promise<string> => {
    const rows = await house.stores.sql<{ id: string }>(
      'SELECT "id" FROM "RegistrationOtp" WHERE "destination" = $1 ORDER BY "createdAt" DESC',
      [destination],
    );
    const subject = { purpose: 'registration', challengeId: rows[0]!.id, destination, send: 1 };
    return createCodes([{ id: 'k1', key }], 6).derive(subject, 'k1') ?? 'none';
  };

  /** Everything a stranger sees who walks the whole way without knowing the code. */
  const walk = async (who: Visitor, fields: object): Promise<[string, number, string | null, string][]> => {
    const seen: [string, number, string | null, string][] = [];
    const see = (step: string, page: Page): void => {
      const typed = [person.email, person.mobile, person.username].map(String).filter((text) => text !== '');
      const html = typed.reduce((text, own) => text.replaceAll(own, 'TYPED'), withoutRandom(page.html));
      seen.push([step, page.status, page.redirectedTo, html]);
    };
    const person = newPerson(fields as Record<string, string>);
    see('form', await who.post('/sign-up', person));
    await untilSent(who);
    see('page', await who.get('/sign-up/code'));
    see('state', await who.get('/sign-up/code/status'));
    see('malformed', await who.post('/sign-up/code', { code: '12' }));
    see('wrong', await who.post('/sign-up/code', { code: '000000' }));
    for (let n = 0; n < 3; n++) {
      see('resend', await who.post('/sign-up/code/resend'));
      await untilSent(who);
      see('page', await who.get('/sign-up/code'));
    }
    for (let n = 0; n < 4; n++) see('wrong', await who.post('/sign-up/code', { code: '000000' }));
    see('end', await who.get('/sign-up/code'));
    see('form', await who.get('/sign-up'));
    return seen;
  };
  const untilSent = (who: Visitor) =>
    eventually(async () => (await who.get('/sign-up/code/status')).html.includes('"sent"'), 'the message');

  test('an address that has an account shows the same pages as one that has none', async () => {
    const owner = await visitor(house).signUp({ email: 'known.face@example.com' });
    const known = await walk(visitor(house), { email: owner.email });
    const unknown = await walk(visitor(house), { email: 'knows.folk@example.com' });
    expect(known).toEqual(unknown);
  });

  test('a number that has an account shows the same pages as one that has none', async () => {
    await visitor(house).signUp(byMobile('+4915123111178'));
    const known = await walk(visitor(house), byMobile('+4915123111178'));
    const unknown = await walk(visitor(house), byMobile('+4915123222278'));
    expect(known).toEqual(unknown);
  });

  test('the owner hears that there is an account already, and gets no code', async () => {
    const { email } = await visitor(house).signUp();
    await visitor(house).startSignUp({ email: email.toUpperCase() });
    const mail = await eventually(
      () => house.outbox.messages.find((m) => m.to.toLowerCase() === email && /already/.test(m.text)),
      'the email',
    );
    expect(mail.text).toContain('You already have an account');
    expect(mail.text).toContain('http://chatlink.test/login');
    expect(`${mail.subject} ${mail.text} ${mail.html?.split('<body>')[1]}`).not.toMatch(/\d{6}/);
  });

  test('no code is ever right for a taken address, not even the one it would have been', async () => {
    const { email } = await visitor(house).signUp();
    house.clock.pass(minutes(1));
    const ann = visitor(house);
    const { person } = await ann.startSignUp({ email });
    const page = await typeCode(ann, await derived(email));
    expect(page.status).toBe(422);
    expect(page.html).toContain('4 tries left');
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('the same derivation opens the door where there is no account', async () => {
    const { ann, to, code } = await joining(house);
    expect(await derived(to)).toBe(code);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('by text the owner is told once a day', async () => {
    const mobile = newMobile();
    await visitor(house).signUp(byMobile(mobile));
    const courtesy = () => house.outbox.to(mobile).filter((m) => /already have/.test(m.text)).length;
    const ask = async () => {
      const who = visitor(house);
      await who.startSignUp(byMobile(mobile));
      await untilSent(who);
      return who;
    };
    await repeatedly(3, ask);
    expect(courtesy()).toBe(1);
    const who = await ask();
    await resend(who).then(() => untilSent(who));
    expect(courtesy()).toBe(1);
    house.clock.pass(days(1) - 1);
    await ask();
    expect(courtesy()).toBe(1);
    house.clock.pass(1);
    await ask();
    expect(courtesy()).toBe(2);
  });

  test('a decoy looks alive to its end, even while the owner goes on with life', async () => {
    const { email, username, password } = await visitor(house).signUp();
    const ann = visitor(house);
    await ann.startSignUp({ email });
    await visitor(house).signIn(username, password);
    house.clock.pass(minutes(5));
    expect((await ann.get('/sign-up/code')).html).toContain('5 tries left');
  });
});

describe('keys', () => {
  const house = house2;
  const rotated = { env: { OTP_KEYS: `${fresh},${old}` } };
  const retired = { env: { OTP_KEYS: fresh } };

  test('after a rotation, a code under the old key opens the door until it expires', async () => {
    const { ann, code } = await joining(house);
    await withAnother(house, rotated, async (later) => {
      expect((await typeCode(ann.at(later), code)).redirectedTo).toBe('/welcome');
    });
  });

  test('a resend after the rotation is signed with the new key', async () => {
    const { ann, to } = await joining(house);
    await withAnother(house, rotated, async (later) => {
      await resend(ann.at(later));
    });
    const code = await house.outbox.nextCode(to);
    await withAnother(house, retired, async (later) => {
      expect((await typeCode(ann.at(later), code)).redirectedTo).toBe('/welcome');
    });
  });

  test('where the old key is gone, its codes are dead, and a resend mends it', async () => {
    const { ann, person, to, code } = await joining(house);
    await withAnother(house, retired, async (later) => {
      expect((await typeCode(ann.at(later), code)).status).toBe(422);
      expect(await peopleCalled(house, person.username)).toBe(0);
      await resend(ann);
      expect((await typeCode(ann, await house.outbox.nextCode(to))).redirectedTo).toBe('/welcome');
    });
  });

  test('another site with another key makes other codes of the same challenge', async () => {
    const { ann, code } = await joining(house);
    const stranger = { env: { OTP_KEYS: `old:${randomBytes(32).toString('base64')}` } };
    await withAnother(house, stranger, async (other) => {
      expect((await typeCode(ann.at(other), code)).status).toBe(422);
    });
  });
});

describe('never stored', () => {
  beforeAll(() => house.empty());

  test('no table, no Redis key, no job and no log line ever holds a code, a password or an address in full', async () => {
    const { ann, person, to, code } = await joining(house, { password: 'unmistakable-lantern-77' });
    await typeCode(ann, wrongCode(code));
    await resend(ann);
    const second = await house.outbox.nextCode(to);
    // Waits for the worker's last word, so that it stands in Redis and in the log as well.
    await eventually(async () => (await challengeOf(house, to)).delivery === 'sent', 'the delivery');
    const before = await everythingKept(house);
    await typeCode(ann, second);
    await ann.signIn(String(person.username), 'unmistakable-lantern-78');
    const after = await everythingKept(house);

    const places = { ...before, logs: house.logged.join('\n'), later: Object.values(after).join('\n') };
    for (const [place, text] of Object.entries(places)) {
      expect({ place, length: text.length > 0 }).toEqual({ place, length: true });
      for (const secret of [code, second, 'unmistakable-lantern'])
        expect({ place, secret, found: holds(text, secret) }).toEqual({ place, secret, found: false });
    }
    expect(places.logs).not.toContain(to);
    expect(places.logs).not.toContain('$argon2');
  });

  /** A run of exactly these digits: the microseconds of a timestamp may hold any six. */
  const holds = (text: string, secret: string): boolean =>
    new RegExp(String.raw`(?<![\d.])${secret}(?!\d)`).test(text);

  test('the search would find a code if one were there', async () => {
    await house.stores.redis.set('planted', 'x 493817 y');
    await house.stores.sql(`CREATE TABLE "Planted" AS SELECT '204711' AS "code"`);
    const kept = Object.values(await everythingKept(house)).join('\n');
    await house.stores.redis.del('planted');
    await house.stores.sql('DROP TABLE "Planted"');
    expect([holds(kept, '493817'), holds(kept, '204711')]).toEqual([true, true]);
  });

  test('a job carries the challenge, the number of the send, the language of the page and the id of the request, nothing else', async () => {
    const { to } = await joining(house);
    const { id } = await challengeOf(house, to);
    const job = await house.stores.redis.hget(`bull:{messages}:registration-${id}-1`, 'data');
    const cause = { request: expect.stringMatching(/^[\da-f-]{36}$/) };
    const data = { purpose: 'registration', challengeId: id, send: 1, locale: 'en', cause };
    expect(JSON.parse(job ?? 'null')).toEqual(data);
  });

  test('the pending sign-up keeps its password as an argon2id hash only', async () => {
    const { to } = await joining(house, { password: 'unmistakable-lantern-79' });
    const { id } = await challengeOf(house, to);
    const sessions = await house.stores.redis.mget(await house.stores.redis.keys('sess:*'));
    const mine = sessions.find((session) => session?.includes(id)) ?? '';
    expect(mine).not.toContain('unmistakable-lantern');
    expect(JSON.parse(mine).pendingSignUp.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('quiet owner', () => {
  beforeAll(() => house.empty());

  /** How long the carrier takes for a text, in milliseconds. */
  const CARRIER = 400;

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
});

describe('cleanup', () => {
  beforeAll(() => house.empty());

  const { redis } = house.stores;
  const sql: typeof house.stores.sql = (text, values) => house.stores.sql(text, values);

  /** Rows of days long past: more than one batch of both kinds. */
  const fill = async (rows: number): Promise<void> => {
    const now = house.clock.now().toISOString();
    await sql(
      `INSERT INTO "RegistrationOtp" ("id", "channel", "destination", "destinationKey", "decoy", "keyId", "reference",
                                    "nextSendAt", "expiresAt", "endsAt", "createdAt")
     SELECT gen_random_uuid(), 'email', 'a' || n || '@example.com', 'a' || n || '@example.com', false, 'dev', 'KFR', t, t, t, t
     FROM generate_series(1, $1::int) n, (SELECT $2::timestamptz - interval '2 days' AS t) old`,
      [rows, now],
    );
    await sql(
      `INSERT INTO "DestinationBudget" SELECT 'b' || n, ARRAY[t], '{}', t
     FROM generate_series(1, $1::int) n, (SELECT $2::timestamptz - interval '2 days' AS t) old`,
      [rows, now],
    );
  };

  test('what nobody needs any more is deleted, batch after batch, by two workers at once', async () => {
    const { ann, to, code } = await joining(house);
    await fill(2_500);
    await withAnother(house, { jobs: true }, async () => clean(house, 4));
    expect(house.logged.filter((line) => line.includes('job failed'))).toEqual([]);
    expect(
      await sql('SELECT "destinationKey" FROM "RegistrationOtp" ORDER BY "endsAt" DESC LIMIT 9'),
    ).toEqual([{ destinationKey: to }]);
    expect(await countRows(house, 'DestinationBudget')).toBe(1);
    expect((await challengeOf(house, to)).attempts).toBe(0);
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  });

  test('a challenge is kept a day after its end, and a budget as long as it counts', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const kept = async () =>
      (await sql('SELECT FROM "RegistrationOtp" WHERE "destination" = $1', [person.email])).length;
    const budgets = async () =>
      (await sql('SELECT FROM "DestinationBudget" WHERE "destinationKey" = $1', [person.email])).length;
    house.clock.pass(days(1) - 1);
    await clean(house);
    expect([await kept(), await budgets()]).toEqual([1, 1]);
    house.clock.pass(1);
    await clean(house);
    expect([await kept(), await budgets()]).toEqual([1, 0]);
    house.clock.pass(minutes(30) - 1);
    await clean(house);
    expect(await kept()).toBe(1);
    house.clock.pass(1);
    await clean(house);
    expect(await kept()).toBe(0);
  });

  test('the cleaning is on the clock of the queue, once over all workers', async () => {
    const schedulers = await redis.zcard('bull:{cleanup}:repeat');
    expect(schedulers).toBe(1);
  });
});
