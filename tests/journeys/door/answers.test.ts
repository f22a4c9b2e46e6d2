import { beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { Captured } from '../../support/captured.ts';
import { asInProduction, houseOfThisFile, portOf, withAnother } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { type Page, encodeForm, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house3 = await houseOfThisFile({ replaced: { hashQueue: { concurrency: 0, waiting: 0 } } });
const outbox = new Captured();
const house4 = await houseOfThisFile(asInProduction(outbox));

describe('headers', () => {
  beforeAll(async () => {
    await house.empty();
    await ann.signUp();
  });

  const ann = visitor(house);
  /** Answers of every kind: pages, redirects, refusals. */
  const answers = async (): Promise<[string, Page][]> => {
    const { ann: joiner, code } = await joining(house);
    const stranger = visitor(house);
    return [
      ['landing', await stranger.get('/')],
      ['sign-up', await stranger.get('/sign-up')],
      ['login', await stranger.get('/login')],
      ['code', await joiner.get('/sign-up/code')],
      ['wrong code', await typeCode(joiner, '1')],
      ['profile', await ann.get('/profile')],
      ['another’s profile', await ann.get('/people/nobody_at_all')],
      ['not found', await stranger.get('/nothing-here')],
      ['wrong method', await stranger.get('/logout')],
      ['forged', await stranger.send('post', '/login', encodeForm({ identifier: 'x' }))],
      ['invalid', await stranger.post('/login')],
      ['turned to sign in', await stranger.get('/profile')],
      ['turned to the profile', await ann.get('/login')],
      ['joined', await typeCode(joiner, code)],
      ['signed out', await joiner.post('/logout')],
    ];
  };

  test('every answer carries the headers that keep a browser safe, and none is kept', async () => {
    for (const [name, page] of await answers()) {
      const headers = {
        name,
        nosniff: page.header('x-content-type-options'),
        referrer: page.header('referrer-policy'),
        frames: page.header('x-frame-options'),
        cache: page.header('cache-control'),
        opener: page.header('cross-origin-opener-policy'),
        by: page.header('x-powered-by'),
      };
      expect(headers).toEqual({
        name,
        nosniff: 'nosniff',
        referrer: 'same-origin',
        frames: 'DENY',
        cache: 'no-store',
        opener: 'same-origin',
        by: undefined,
      });
      expect(page.header('permissions-policy')).toContain('camera=()');
      const csp = page.header('content-security-policy') ?? '';
      expect(csp).not.toMatch(/unsafe|\*|https?:/);
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
      ])
        expect(csp).toContain(part);
    }
  });

  test('pages hold no script or style of their own', async () => {
    for (const [name, { html }] of await answers()) {
      const inline = [
        ...html.matchAll(
          /<script(?![^>]*\ssrc=| type="application\/json")[^>]*>|<style|\son\w+=|\sstyle=|javascript:/gi,
        ),
      ];
      expect({ name, inline: inline.map(([found]) => found) }).toEqual({ name, inline: [] });
    }
  });

  test('a page that is not there shows no stack, and no reference: nothing of ours is to mend', async () => {
    const page = await visitor(house).get('/nothing-here');
    expect(page.html).not.toContain('request-id');
    expect(page.html).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  });

  test('something that breaks inside is a quiet 500, with an id that the log knows', async () => {
    await house.stores.sql('ALTER TABLE "UserLanguage" RENAME TO "Mislaid"');
    const page = await ann.get('/profile');
    await house.stores.sql('ALTER TABLE "Mislaid" RENAME TO "UserLanguage"');
    expect(page.status).toBe(500);
    const id = /class="request-id">([^<]+)</.exec(page.html)?.[1] ?? '';
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(house.logged.filter((line) => line.includes(id) && line.includes('request failed'))).toHaveLength(
      1,
    );
    expect(page.html).not.toMatch(/UserLanguage|relation|SELECT|Prisma|node_modules/);
    expect((await ann.get('/profile')).status).toBe(200);
  });

  test('an id that a client chose is not believed', async () => {
    const who = visitor(house);
    who.headers = { 'X-Request-Id': 'chosen-by-me' };
    expect((await who.get('/nothing-here')).html).not.toContain('chosen-by-me');
  });

  test('who asks for JSON hears errors in JSON, with the id that the log has', async () => {
    const who = visitor(house);
    who.headers = { Accept: 'application/json' };
    const page = await who.get('/nothing-here');
    const { error } = JSON.parse(page.html) as { error: { status: number; requestId: string } };
    expect(error).toMatchObject({ status: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const lines = house.logged.map((l) => JSON.parse(l) as Record<string, unknown>);
    expect(lines.find((l) => l.id === error.requestId)).toMatchObject({
      status: 404,
      method: 'GET',
      route: '(none)',
    });
  });

  test('files with a hash in their name are kept for good', async () => {
    const path = /href="(\/assets\/css\/app\.[^"]+)"/.exec((await ann.get('/profile')).html)?.[1] ?? '';
    const file = await ann.get(path);
    expect([file.status, file.header('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  test('an https site says so to browsers', async () => {
    await withAnother(house, { env: { PUBLIC_URL: 'https://chatlink.test' } }, async (https) => {
      const page = await visitor(https).get('/');
      expect(page.header('strict-transport-security')).toContain('max-age=63072000');
      expect(page.header('content-security-policy')).toContain('upgrade-insecure-requests');
    });
    expect((await ann.get('/profile')).header('strict-transport-security')).toBeUndefined();
  });
});

describe('odd addresses', () => {
  beforeAll(async () => {
    await house.empty();
    await ann.signUp();
  });

  const ann = visitor(house);
  test.each([
    ['/people/%00', 404],
    ['/people/a%00b', 404],
    ['/people/%ED%A0%80', 400],
    ['/people/%FF', 400],
    ['/people/..%2f..%2fetc', 404],
    [`/people/${'x'.repeat(5_000)}`, 404],
    ['/people/__proto__', 404],
    ["/people/'%20OR%20'1'='1", 404],
    ['/%', 404],
    ['/profile/', 200],
    ['/constructor', 404],
  ])('%s is answered without a stumble, to visitors and to people', async (path, status) => {
    expect((await ann.get(path)).status).toBe(status);
    expect((await visitor(house).get(path)).status).toBeLessThan(500);
  });

  test('odd questions behind a path change nothing', async () => {
    for (const query of ['next=%00', 'next=%FF', 'next[]=a', '__proto__[x]=1', `next=/${'a'.repeat(9_000)}`])
      expect((await visitor(house).get(`/login?${query}`)).status).toBe(200);
  });
});

describe('odd forms', () => {
  const house = house3;
  beforeAll(async () => {
    await house.empty();
  });

  const login = (more: string): string => `identifier=ann&password=lantern-tandem-42${more}`;
  const send = async (path: string, body: string) => {
    const ann = visitor(house);
    const token = encodeForm({ _csrf: await ann.token() });
    return ann.send('post', path, `${token}&${body}`);
  };

  test('a form in good order would be hashed', async () => {
    expect((await send('/login', login(''))).status).toBe(503);
    expect((await send('/sign-up', encodeForm(newPerson()))).status).toBe(503);
  });

  test.each([
    ['a list where one is expected', login('&identifier[]=b')],
    ['only a list', 'identifier[]=ann&password=x'],
    ['an object', 'identifier[a]=ann&password=x'],
    ['a field twice', login('&identifier=bob')],
    ['a password twice', login('&password=other')],
    ['an unexpected field', login('&isAdmin=true')],
    ['a prototype', login('&__proto__=x')],
    ['a prototype’s field', login('&__proto__[userId]=1')],
    ['a constructor', login('&constructor=x')],
    ['a NUL', 'identifier=ann%00&password=x'],
    ['a NUL in a name', login('&a%00b=1')],
    ['half a surrogate pair', 'identifier=ann%ED%A0%80&password=x'],
    ['bad UTF-8', 'identifier=%FF%FE&password=x'],
    ['an overlong slash', 'identifier=%C0%AF&password=x'],
    ['a stray percent sign', 'identifier=100%&password=x'],
  ])('a form with %s is refused before anything is hashed', async (_, body) => {
    expect((await send('/login', body)).status).toBe(400);
  });

  test.each([
    ['username[]', 'ann'],
    ['learningLanguages[]', 'es'],
    ['email[$ne]', 'x'],
    ['id', '1'],
  ])('so is a sign-up with %s', async (name, value) => {
    const body = `${encodeForm(newPerson())}&${encodeForm({ [name]: value })}`;
    expect((await send('/sign-up', body)).status).toBe(400);
  });

  test('raw bytes that are no UTF-8 are refused as well', async () => {
    const ann = visitor(house);
    const head = Buffer.from(`${encodeForm({ _csrf: await ann.token() })}&password=x&identifier=`);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(
        {
          port: portOf(house),
          path: '/login',
          method: 'POST',
          headers: {
            Host: house.host,
            Cookie: `sid=${ann.sessionCookie}`,
            'Content-Type': 'application/x-www-form-urlencoded',
          },
        },
        (answer) => resolve(answer.resume().statusCode),
      );
      call.on('error', reject).end(Buffer.concat([head, Buffer.from([0xff, 0xc0, 0x80])]));
    });
    expect(status).toBe(400);
  });

  test.each([
    ['a field of a megabyte', `identifier=${'a'.repeat(1_000_000)}&password=x`],
    ['ten thousand fields', Array.from({ length: 10_000 }, (_, n) => `f${n}=1`).join('&')],
    ['sixty short fields too many', Array.from({ length: 130 }, (_, n) => `f${n}=`).join('&')],
  ])('%s: 413 at once', async (_, body) => {
    const ann = visitor(house);
    await ann.token();
    const before = performance.now();
    expect((await ann.post('/login')).status).toBe(422);
    const usual = performance.now() - before;
    const start = performance.now();
    const page = await ann.send('post', '/login', body);
    expect(page.status).toBe(413);
    // Far more than any machine needs, far less than reading it all with care would take.
    expect(performance.now() - start).toBeLessThan(1_000 + usual * 5);
  });

  test.each([
    ['JSON', 'application/json', '{"identifier":"ann","password":"x"}'],
    ['text', 'text/plain', 'identifier=ann&password=x'],
    ['multipart', 'multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
  ])('%s is no form of ours', async (_, type, body) => {
    const ann = visitor(house);
    await ann.token();
    expect((await ann.send('post', '/login', body, type)).status).toBe(403);
  });

  test('a password that is too long for any rule is never hashed', async () => {
    const long = 'x'.repeat(5_000);
    const page = await send('/sign-up', encodeForm(newPerson({ password: long })));
    expect(page.status).toBe(422);
    const bytes = await send('/sign-up', encodeForm(newPerson({ password: '🦊'.repeat(129) })));
    expect(bytes.status).toBe(422);
  });
});

describe('production', () => {
  const house = house4;
  test('the session cookie is bound to the host, to https and to the site', async () => {
    const page = await visitor(house).get('/login');
    expect(String(page.header('set-cookie'))).toMatch(
      /^__Host-sid=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('a person joins, signs out and in again, and the cookie is taken back as it was given', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const code = await outbox.nextCode(String(person.email));
    expect((await ann.post('/sign-up/code', { code })).redirectedTo).toBe('/welcome');
    expect((await ann.get('/profile')).html).toContain('Welcome to ChatLink');
    const out = await ann.post('/logout');
    expect(String(out.header('set-cookie'))).toMatch(
      /^__Host-sid=; Path=\/; Expires=Thu, 01 Jan 1970.*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await ann.signIn(String(person.username), String(person.password))).redirectedTo).toBe('/people');
  });

  test.each(['/dev/outbox', '/dev/outbox.json', '/dev/outbox/x.html', '/metrics'])(
    '%s is not there',
    async (path) => {
      expect((await visitor(house).get(path)).status).toBe(404);
    },
  );

  test('the page does not point to an outbox', async () => {
    const ann = visitor(house);
    await ann.startSignUp();
    expect((await ann.get('/sign-up/code')).html).not.toContain('outbox');
  });

  test('without Twilio, mobile is neither offered nor taken', async () => {
    const ann = visitor(house);
    expect((await ann.get('/sign-up')).html).not.toContain('value="mobile"');
    const { page } = await ann.startSignUp({ channel: 'mobile', email: '', mobile: '+4915123456789' });
    expect(page.status).toBe(422);
  });

  test('a link in an email is https and ours', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    expect((await outbox.next(String(person.email))).text).toContain('https://chatlink.example/sign-up/code');
  });

  test('the site’s name in http is another origin', async () => {
    const ann = visitor(house);
    await ann.token();
    ann.headers = { Origin: 'http://chatlink.example' };
    expect((await ann.post('/login')).status).toBe(403);
    ann.headers = { Origin: 'https://chatlink.example' };
    expect((await ann.post('/login')).status).toBe(422);
  });
});

describe('database', () => {
  let username: string;
  let email: string;
  let to: string;
  beforeAll(async () => {
    await house.empty();
    ({ username, email } = await visitor(house).signUp());
    ({ to } = await joining(house));
  });

  /** The constraint that refuses a change of the one person or the one challenge, or what happened instead. */
  const refusal = async (sql: string): Promise<string> => {
    try {
      await house.stores.sql(sql);
      return 'accepted';
    } catch (err) {
      return (
        (err as { constraint?: string; column?: string }).constraint ??
        `column ${(err as { column?: string }).column}`
      );
    }
  };
  const person = (change: string) => refusal(`UPDATE "User" SET ${change} WHERE "username" = '${username}'`);
  const challenge = (change: string) =>
    refusal(`UPDATE "RegistrationOtp" SET ${change} WHERE "destination" = '${to}'`);

  test.each([
    [`"username" = 'ab', "usernameKey" = 'ab'`, 'User_username_pattern'],
    [`"username" = '1abc', "usernameKey" = '1abc'`, 'User_username_pattern'],
    [`"username" = 'a..b', "usernameKey" = 'a..b'`, 'User_username_pattern'],
    [`"username" = 'abc.', "usernameKey" = 'abc.'`, 'User_username_pattern'],
    [`"username" = E'abc\\nd', "usernameKey" = E'abc\\nd'`, 'User_username_pattern'],
    [`"usernameKey" = 'somebody'`, 'User_usernameKey_folded'],
    [`"emailKey" = 'Somebody@example.com'`, 'User_emailKey_folded'],
    [`"emailKey" = NULL`, 'User_emailKey_folded'],
    [`"email" = repeat('a', 255), "emailKey" = repeat('a', 255)`, 'User_email_length'],
    [`"phone" = '0151234567'`, 'User_phone_e164'],
    [`"phone" = '+0151234567'`, 'User_phone_e164'],
    [`"emailVerifiedAt" = NULL`, 'User_verified_contact'],
    [`"email" = NULL, "emailKey" = NULL`, 'User_verified_contact'],
    [`"country" = 'de'`, 'User_country_shape'],
    [`"country" = 'DEU'`, 'User_country_shape'],
    [`"passwordHash" = 'lantern-tandem-42'`, 'User_password_hashed'],
    [`"passwordHash" = NULL`, 'column passwordHash'],
    [`"dateOfBirth" = NULL`, 'column dateOfBirth'],
  ])('no person has %s', async (change, constraint) => {
    expect(await person(change)).toBe(constraint);
  });

  test.each([
    ['"attempts" = 6', 'RegistrationOtp_attempts_bounds'],
    ['"attempts" = -1', 'RegistrationOtp_attempts_bounds'],
    ['"sends" = 7', 'RegistrationOtp_sends_bounds'],
    ['"failedSends" = 2', 'RegistrationOtp_sends_bounds'],
    [`"expiresAt" = "endsAt" + interval '1 ms'`, 'RegistrationOtp_expiry_order'],
    ['"expiresAt" = NULL', 'column expiresAt'],
    ['"endsAt" = NULL', 'column endsAt'],
    ['"attempts" = NULL', 'column attempts'],
    ['"sends" = NULL', 'column sends'],
    ['"nextSendAt" = NULL', 'column nextSendAt'],
    ['"delivery" = NULL', 'column delivery'],
    [`"reference" = 'kfr'`, 'RegistrationOtp_reference_shape'],
    [`"channel" = 'mobile'`, 'RegistrationOtp_destination_shape'],
  ])('no challenge has %s', async (change, constraint) => {
    expect(await challenge(change)).toBe(constraint);
  });

  test.each([
    [`"code" = 'DE'`, 'UserLanguage_code_shape'],
    [`"code" = 'deut'`, 'UserLanguage_code_shape'],
    [`"position" = 10`, 'UserLanguage_position_bounds'],
    [`"position" = -1`, 'UserLanguage_position_bounds'],
  ])('no language has %s', async (change, constraint) => {
    expect(await refusal(`UPDATE "UserLanguage" SET ${change} WHERE "role" = 'native'`)).toBe(constraint);
  });

  test('two people never share a username, an email or a number, whatever the case', async () => {
    const copy = (changes: string) =>
      refusal(`INSERT INTO "User" SELECT ${changes}, "emailVerifiedAt", "phone", "phoneVerifiedAt", "passwordHash",
             "dateOfBirth", "country", "createdAt", "updatedAt" FROM "User" WHERE "username" = '${username}'`);
    const upper = username.toUpperCase();
    expect(
      await copy(`gen_random_uuid(), '${upper}', lower('${upper}'), 'b@example.com', 'b@example.com'`),
    ).toBe('User_usernameKey_key');
    expect(await copy(`gen_random_uuid(), 'other_one', 'other_one', upper('${email}'), '${email}'`)).toBe(
      'User_emailKey_key',
    );
  });

  test('the statements above would be accepted with good values', async () => {
    expect(await person(`"country" = 'FR'`)).toBe('accepted');
    expect(await challenge('"attempts" = 5')).toBe('accepted');
  });
});
