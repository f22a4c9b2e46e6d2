import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { minutes } from '../../../src/kernel/clock.ts';
import { usernameSkeleton } from '../../../src/kernel/text/look-alikes.ts';
import { createBreachCheck } from '../../../src/platform/passwords/breach.ts';
import { createLog } from '../../../src/platform/watching/log.ts';
import { codeIn, eventually } from '../../support/captured.ts';
import { deviceIn, isKnown } from '../../support/devices.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import {
  byMobile,
  challengeOf,
  joining,
  newMobile,
  peopleCalled,
  resend,
  sessionsOf,
  typeCode,
  wrongCode,
} from '../../support/joining.ts';
import { repeatedly, tally, together } from '../../support/many.ts';
import { sidOf } from '../../support/security.ts';
import {
  type Fields,
  type Joined,
  type Page,
  type Visitor,
  faultsIn,
  newPerson,
  visitor,
} from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('pending', () => {
  beforeAll(() => house.empty());

  test('nobody is written down before the code was right', async () => {
    const { ann, person, code } = await joining(house);
    await resend(ann);
    await typeCode(ann, wrongCode(code, 3));
    const rows = await house.stores.sql('SELECT FROM "User" UNION ALL SELECT FROM "UserLanguage"');
    expect(rows).toHaveLength(0);
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('the pending sign-up lives in one session, and leaves it when the person has joined', async () => {
    const { ann, to, code } = await joining(house);
    const { id } = await challengeOf(house, to);
    const holders = async () =>
      [...(await sessionsOf(house)).values()].filter((session) => JSON.stringify(session).includes(id));
    expect(await holders()).toHaveLength(1);
    await typeCode(ann, code);
    expect(await holders()).toHaveLength(0);
    const rows = await house.stores.sql('SELECT "consumedAt" FROM "RegistrationOtp" WHERE "id" = $1', [id]);
    expect(rows[0]?.consumedAt).toEqual(house.clock.now());
  });

  test('it is kept thirty minutes from the last visit, no longer', async () => {
    const { ann, to } = await joining(house);
    const { id } = await challengeOf(house, to);
    const keys = await house.stores.redis.keys('sess:*');
    const values = await house.stores.redis.mget(keys);
    const mine = keys[values.findIndex((value) => value?.includes(id))]!;
    expect(await house.stores.redis.ttl(mine)).toBeGreaterThan(30 * 60 - 30);
    expect(await house.stores.redis.ttl(mine)).toBeLessThanOrEqual(30 * 60);
    house.clock.pass(minutes(30));
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
  });

  test('what was written is what was typed', async () => {
    const { ann, person, to, code } = await joining(house, { learningLanguages: ['ja', 'es', 'fr'] });
    await typeCode(ann, code);
    const [row] = await house.stores.sql<{ id: string }>(
      'SELECT *, "dateOfBirth"::text AS born FROM "User" WHERE "username" = $1',
      [person.username],
    );
    const now = house.clock.now();
    expect(row).toMatchObject({
      username: person.username,
      email: to,
      emailKey: to,
      emailVerifiedAt: now,
      phone: null,
      born: '1995-05-15',
      country: 'DE',
      createdAt: now,
    });
    const languages = await house.stores.sql(
      'SELECT "code", "role", "position" FROM "UserLanguage" WHERE "userId" = $1 ORDER BY "role", "position"',
      [row!.id],
    );
    expect(languages.map((l) => [l.code, l.role, l.position])).toEqual([
      ['de', 'native', 0],
      ['ja', 'learning', 0],
      ['es', 'learning', 1],
      ['fr', 'learning', 2],
    ]);
  });

  test('starting over forgets the pending sign-up, and its code with it', async () => {
    const { ann, person, code } = await joining(house);
    expect((await ann.post('/sign-up/cancel')).redirectedTo).toBe('/sign-up');
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
    expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up');
    expect(await peopleCalled(house, person.username)).toBe(0);
  });

  test('a new form in the same session ends the run before it', async () => {
    const first = await joining(house);
    const second = await joining(house, {}, first.ann);
    const refused = await typeCode(first.ann, first.code);
    expect(refused.status).toBe(first.code === second.code ? 303 : 422);
    expect((await challengeOf(house, first.to)).consumedAt).not.toBeNull();
    expect((await typeCode(second.ann, second.code)).redirectedTo).toBe('/welcome');
    expect(await peopleCalled(house, first.person.username)).toBe(0);
  });

  test('after joining, the front door leads to people', async () => {
    const ann = visitor(house);
    await ann.join();
    expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/welcome');
    for (const path of ['/sign-up', '/login', '/'])
      expect((await ann.get(path)).redirectedTo).toBe('/people');
  });
});

describe('strangers', () => {
  beforeAll(() => house.empty());

  test('your code is wrong in a stranger’s session, and theirs in yours', async () => {
    const ann = await joining(house);
    const eve = await joining(house, { email: ann.to });
    expect((await typeCode(eve.ann, ann.code)).status).toBe(422);
    expect((await typeCode(ann.ann, eve.code)).status).toBe(422);
    expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/welcome');
  });

  test('a code is worthless to somebody who has no pending sign-up', async () => {
    const { code } = await joining(house);
    expect((await typeCode(visitor(house), code)).redirectedTo).toBe('/sign-up');
  });

  test('a code for one address is worthless for another', async () => {
    const ann = await joining(house);
    const bob = await joining(house);
    expect((await typeCode(bob.ann, ann.code)).status).toBe(422);
  });

  test('a stranger who starts with your address does not end your run, whatever they type', async () => {
    const ann = await joining(house);
    const eve = await joining(house, { email: ann.to });
    await repeatedly(5, (n) => typeCode(eve.ann, wrongCode(eve.code, n + 1)));
    await resend(eve.ann);
    await eve.ann.post('/sign-up/cancel');
    expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/welcome');
  });

  test('when you finish, the right code of a stranger for your address is wrong, and nothing else tells', async () => {
    const eve = await joining(house);
    const ann = await joining(house, { email: eve.to });
    expect((await typeCode(ann.ann, ann.code)).redirectedTo).toBe('/welcome');
    const page = await typeCode(eve.ann, eve.code);
    expect(page.status).toBe(422);
    expect(page.html).toContain('4 tries left');
    await resend(eve.ann);
    expect(await house.outbox.next(eve.to)).toMatchObject({
      text: expect.not.stringMatching(/(?<!\d)\d{6}(?!\d)/),
    });
    expect(await peopleCalled(house, eve.person.username)).toBe(0);
  });

  test('runs for other addresses go on', async () => {
    const bob = await joining(house);
    const ann = await joining(house);
    await typeCode(ann.ann, ann.code);
    expect((await typeCode(bob.ann, bob.code)).redirectedTo).toBe('/welcome');
  });
});

describe('races', () => {
  beforeAll(() => house.empty());

  /** How many sessions are signed in as somebody. */
  const signedInAs = async (username: unknown): Promise<number> =>
    [...(await sessionsOf(house)).values()].filter(
      (session) => session.username === username && session.userId,
    ).length;
  const welcomed = (pages: readonly Page[]): number =>
    pages.filter((page) => page.redirectedTo === '/welcome').length;

  test('fifty right codes at once make one account and one signed-in session', async () => {
    const { ann, person, code } = await joining(house);
    const pages = await together(50, () => typeCode(ann, code));
    // Who comes after the session has changed holds a token of the one before: 403.
    expect(pages.filter((page) => ![303, 403].includes(page.status))).toEqual([]);
    expect(welcomed(pages)).toBe(1);
    expect(await peopleCalled(house, person.username)).toBe(1);
    expect(await signedInAs(person.username)).toBe(1);
  });

  test('so do fifty that are spread over two instances of the site', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { ann, person, code } = await joining(house);
      const twin = visitor(second, { ip: ann.ip });
      for (const [name, value] of ann.cookies) twin.cookies.set(name, value);
      await twin.get('/sign-up/code');
      const pages = await together(50, (n) => typeCode(n % 2 ? twin : ann, code));
      expect(welcomed(pages)).toBe(1);
      expect(await peopleCalled(house, person.username)).toBe(1);
      expect(await signedInAs(person.username)).toBe(1);
    });
  });

  test('the right code among wrong ones at once is refunded to the address, the wrong ones are not', async () => {
    const { ann, to, code } = await joining(house);
    await together(3, (n) => typeCode(ann, n === 1 ? code : wrongCode(code, n + 1)));
    const [budget] = await house.stores.sql<{ n: number }>(
      'SELECT cardinality("failures") AS n FROM "DestinationBudget" WHERE "destinationKey" = $1',
      [to],
    );
    expect(budget!.n).toBeLessThanOrEqual(2);
  });

  test('two who want one username: one gets it, the other is told and may choose again', async () => {
    const username = 'both_want_it';
    const [ann, bob] = [
      await joining(house, { username }),
      await joining(house, { username: username.toUpperCase() }),
    ];
    const pages = await Promise.all([typeCode(ann.ann, ann.code), typeCode(bob.ann, bob.code)]);
    expect(tally(pages.map((page) => page.redirectedTo ?? 'stays'))).toEqual({
      '/welcome': 1,
      '/sign-up': 1,
    });
    expect(await peopleCalled(house, username)).toBe(1);
    const loser = pages[0]?.redirectedTo === '/sign-up' ? ann : bob;
    expect((await loser.ann.get('/sign-up')).html).toContain(
      'Someone took this username while you were waiting',
    );
    const again = await joining(house, { email: loser.to }, loser.ann);
    expect((await typeCode(again.ann, again.code)).redirectedTo).toBe('/welcome');
  });

  test('a username that is taken is said openly on the form', async () => {
    const { username } = await visitor(house).join();
    const { page } = await visitor(house).startSignUp({ username: username.toUpperCase() });
    expect(page.status).toBe(422);
    expect(faultsIn(page.html)).toEqual({ username: 'This username is taken. Please choose another.' });
  });

  test('of five sessions that hold right codes for one address, one joins', async () => {
    const first = await joining(house);
    const others = [first];
    for (let n = 0; n < 4; n++) others.push(await joining(house, { email: first.to }));
    const pages = await Promise.all(others.map(({ ann, code }) => typeCode(ann, code)));
    expect(welcomed(pages)).toBe(1);
    // Who comes a moment later holds a code that has become wrong.
    expect(pages.filter((page) => ![303, 422].includes(page.status))).toEqual([]);
    const rows = await house.stores.sql('SELECT FROM "User" WHERE "emailKey" = $1', [first.to]);
    expect(rows).toHaveLength(1);
  });

  test('a form that is sent twice at once leaves one run, and the code of its page works', async () => {
    const ann = visitor(house);
    await ann.token();
    const person = newPerson();
    const pages = await together(2, () => ann.post('/sign-up', person));
    expect(pages.map((page) => page.redirectedTo)).toEqual(['/sign-up/code', '/sign-up/code']);
    const reference = /class="reference">([A-Z]{3})</.exec((await ann.get('/sign-up/code')).html)?.[1] ?? '?';
    const mail = await eventually(
      () => house.outbox.to(String(person.email)).find((m) => m.text.includes(reference)),
      'the email of this page',
    );
    expect((await typeCode(ann, codeIn(mail.text))).redirectedTo).toBe('/welcome');
  });
});

describe('by hand', () => {
  beforeAll(() => house.empty());

  const phone = { 'User-Agent': 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0' };

  /** Tables that joining writes to and that speak of no person: the code's own. */
  const ofTheCode = new Set(['RegistrationOtp', 'DestinationBudget', '_prisma_migrations']);

  /** What differs between any two people. */
  const own = new Set([
    'id',
    'userId',
    'username',
    'usernameKey',
    'email',
    'emailKey',
    'phone',
    'passwordHash',
    'place',
    'hash',
  ]);

  const withoutOwn = (row: object): object =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, own.has(name) ? typeof value : value]),
    );

  /** Every row that speaks of somebody, in every table there is. */
  const rowsOf = async ({ username }: Joined): Promise<Record<string, object[]>> => {
    const { stores } = house;
    const [person] = await stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "username" = $1', [
      username,
    ]);
    const tables = await stores.sql<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const found: Record<string, object[]> = {};
    for (const { name } of tables.filter((table) => !ofTheCode.has(table.name))) {
      const rows = await stores.sql(
        `SELECT to_jsonb(t) AS row FROM "${name}" t WHERE to_jsonb(t)::text LIKE '%' || $1 || '%' ORDER BY 1`,
        [person!.id],
      );
      if (rows.length > 0) found[name] = rows.map(({ row }) => withoutOwn(row as object));
    }
    // What its name looks like belongs to nobody by id.
    const looks = usernameSkeleton(username.toLowerCase());
    found.UsernameSkeleton = await stores.sql(
      'SELECT "until" FROM "UsernameSkeleton" WHERE "skeleton" = $1',
      [looks],
    );
    expect(found.UsernameSkeleton).toHaveLength(1);
    return found;
  };

  const sessionOf = async (who: Visitor): Promise<object> => {
    const { csrfSecret: _secret, flash: _flash, ...session } = (await sessionsOf(house)).get(sidOf(who))!;
    return withoutOwn(session);
  };

  test.each([
    ['an email address', () => ({})],
    ['a mobile number', () => byMobile(newMobile())],
  ])('somebody put in by hand is somebody who joined by %s', async (_what, contact) => {
    const [through, byHand] = [visitor(house), visitor(house, { ip: '198.51.100.7' })];
    const doors = { through, byHand };
    for (const who of Object.values(doors)) who.headers = phone;
    const fields: Fields = { learningLanguages: ['pt', 'ja', 'es'], ...contact() };
    const joined = await through.join(fields);
    const put = await byHand.signUp({
      learningLanguages: ['pt', 'ja', 'es'],
      ...(fields.mobile ? byMobile(newMobile()) : {}),
    });

    const { SecurityEvent: events, ...rows } = await rowsOf(joined);
    const { SecurityEvent: putEvents, ...putRows } = await rowsOf(put);
    expect(putRows).toEqual(rows);
    const place = ({ network, ...event }: Record<string, unknown>) => ({
      ...event,
      network: String(network).length,
    });
    expect(putEvents!.map((event) => place({ ...event }))).toEqual(
      events!.map((event) => place({ ...event })),
    );

    expect(await sessionOf(byHand)).toEqual(await sessionOf(through));
    expect([...byHand.cookies.keys()].sort()).toEqual([...through.cookies.keys()].sort());
    const { redis } = house.stores;
    for (const who of [through, byHand]) {
      expect((await who.get('/profile')).status).toBe(200);
      const { id } = (
        await house.stores.sql<{ id: string }>('SELECT "id" FROM "User" WHERE "username" = $1', [
          who === through ? joined.username : put.username,
        ])
      )[0]!;
      expect(await redis.smembers(`sessions-of:${id}`)).toEqual([sidOf(who)]);
    }
    expect(await isKnown(house, deviceIn(byHand), put.username)).toBe(true);
  });
});

describe('breach', () => {
  const leaked = 'lantern-tandem-42';
  const digest = createHash('sha1').update(leaked).digest('hex').toUpperCase();

  let server: Server;
  let asked: string[] = [];
  let answer = { status: 200, body: '' };
  const logged: string[] = [];
  let isBreached: (password: string) => Promise<boolean>;

  beforeAll(async () => {
    server = createServer((req, res) => {
      asked.push(`${req.url} ${String(req.headers['add-padding'])}`);
      res.writeHead(answer.status).end(answer.body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const log = createLog('info', { write: (line) => void logged.push(line) });
    isBreached = createBreachCheck(log, `http://127.0.0.1:${port}`);
  });
  beforeEach(() => {
    asked = [];
    logged.length = 0;
  });
  afterAll(() => {
    server.close();
  });

  test('a leaked password is known, and only five digits of its hash left the house', async () => {
    answer = { status: 200, body: `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${digest.slice(5)}:3861\r\n` };
    expect(await isBreached(leaked)).toBe(true);
    expect(asked).toEqual([`/range/${digest.slice(0, 5)} true`]);
  });

  test('another password, and a padding line with a count of nought, are not', async () => {
    answer = { status: 200, body: `0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n${digest.slice(5)}:0` };
    expect(await isBreached(leaked)).toBe(false);
    expect(await isBreached('something-else-42')).toBe(false);
  });

  test('when the range cannot be asked the door stays open, with a log line and without the password', async () => {
    answer = { status: 500, body: '' };
    expect(await isBreached(leaked)).toBe(false);
    expect(logged.join()).toContain('breach check was skipped');
    expect(logged.join()).not.toContain(leaked);
  });
});
