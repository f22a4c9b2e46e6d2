import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { codeIn, eventually } from '../../support/captured.ts';
import { askEmail, askMobile, member } from '../../support/contacts.ts';
import { edit, kept } from '../../support/editing.ts';
import { houseOfThisFile, openTestHouse } from '../../support/house.ts';
import { byMobile, newMobile, typeCode } from '../../support/joining.ts';
import { routesOf } from '../../support/member-routes.ts';
import { forgot } from '../../support/recovering.ts';
import { openSmtpSink, type SmtpSink } from '../../support/smtp.ts';
import { faultsIn, newPerson, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('typed', () => {
  let smtp: SmtpSink;
  beforeAll(async () => {
    await house.empty();
    smtp = await openSmtpSink();
  });

  afterAll(() => smtp.close());
  // Ids tell who came last by the millisecond.
  beforeEach(() => house.clock.pass(1));
  const password = 'lantern-tandem-42';
  const arabic = (text: string) => text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)));
  const wrapped = (text: string) => `\u202a${text}\u202c`;

  /** What the database holds of the newest person. */
  const newest = async () => {
    const [row] = await house.stores.sql<{ username: string; email: string | null; phone: string | null }>(
      'SELECT "username", "email", "phone" FROM "User" ORDER BY "id" DESC LIMIT 1',
    );
    return row!;
  };

  test('marks around and digits of another script are read alike at joining, at the code and at signing in', async () => {
    const mobile = newMobile();
    const username = String(newPerson().username);
    const ann = visitor(house);
    const form = { ...byMobile(wrapped(arabic(`0${mobile.slice(3)}`))), username: `${username}\u200b` };
    expect((await ann.startSignUp(form)).page.redirectedTo).toBe('/sign-up/code');
    const code = await house.outbox.nextCode(mobile);
    expect((await typeCode(ann, arabic(`${code.slice(0, 3)},${code.slice(3)}`))).redirectedTo).toBe(
      '/welcome',
    );
    expect(await newest()).toEqual({ username, email: null, phone: mobile });

    const ways = [arabic(mobile), wrapped(mobile), arabic(mobile.slice(1)), `011 ${mobile.slice(1)}`];
    for (const way of [...ways, `@${username}`, `＠${username}`, `\u2068${username}\u2069`])
      expect([way, (await visitor(house).signIn(way, password)).redirectedTo]).toEqual([way, '/people']);
  });

  test('so they are around an email, and a whole email may be pasted for its code', async () => {
    const email = String(newPerson().email);
    const ann = visitor(house);
    expect((await ann.startSignUp({ email: wrapped(email) })).page.redirectedTo).toBe('/sign-up/code');
    const code = await house.outbox.nextCode(email);
    const mail = `Hello,\nyour ChatLink code is\n${code}\n${'It works for 10 minutes. '.repeat(20)}`;
    expect((await typeCode(ann, mail)).redirectedTo).toBe('/welcome');
    expect((await newest()).email).toBe(email);
    expect((await visitor(house).signIn(wrapped(email), password)).redirectedTo).toBe('/people');
  });

  test('a contact that is pasted in the settings is read alike', async () => {
    const { ann } = await member(house);
    const mobile = newMobile();
    expect((await askMobile(ann, wrapped(mobile))).redirectedTo).toBe('/settings/contact/code');
    const email = String(newPerson().email);
    expect((await askEmail(ann, `${email}\u200b`)).redirectedTo).toBe('/settings/contact/code');
    expect(await house.outbox.nextCode(email)).toMatch(/^\d{6}$/);
  });

  test('an invisible mark inside an address is told of', async () => {
    const { page } = await visitor(house).startSignUp({ email: 'ann@exam\u200bple.com' });
    expect(faultsIn(page.html).email).toMatch(/invisible character/);
  });

  test('whoever has forgotten the password and types what can be nobody’s is told to check it', async () => {
    const CHECK = "That can't be a username, an email address or a mobile number. Please check it.";
    for (const typed of [
      'ann@example.com.',
      'ann@',
      '@',
      'ab',
      'not a name',
      '2cool',
      '+49',
      '12',
      '💥',
      'ann@exam\u200bple.com',
    ]) {
      const page = await forgot(visitor(house), typed);
      expect([typed, page.status, faultsIn(page.html).identifier]).toEqual([typed, 422, CHECK]);
    }
    const unknown = [
      '\u202anobody@example.com\u202c',
      '@nobody_here',
      '\u2068nobody_here\u2069',
      wrapped('+49 151 20000000'),
      arabic('0151 20000000'),
    ];
    for (const typed of unknown)
      expect([typed, (await forgot(visitor(house), typed)).redirectedTo]).toEqual([typed, '/password/code']);
  });

  test('a display name may not speak for the site, and pasted marks are gone from it', async () => {
    const { ann, username } = await member(house);
    const refused = await edit(ann, { displayName: 'СhatLink Support' });
    expect([refused.status, faultsIn(refused.html).displayName]).toEqual([
      422,
      expect.stringMatching(/speak for ChatLink/),
    ]);
    for (const pasted of [
      '\u202aAnn\u00adabel\u202c',
      '\u2067Annabel',
      'Ann\u200dabel',
      'Annabel\u{e0048}\u{e0069}',
    ]) {
      expect((await edit(ann, { displayName: pasted })).status).toBe(303);
      expect((await kept(house, username)).displayName).toBe('Annabel');
    }
  });

  test('an address of a Japanese carrier gets its code, quoted on its way', async () => {
    const site = await openTestHouse({
      env: { SMTP_URL: smtp.url, MAIL_FROM: 'hello@chatlink.test' },
      realTransports: true,
    });
    try {
      const ann = visitor(site);
      const { page } = await ann.startSignUp({ email: '"a..b."@docomo.ne.jp' });
      expect(page.redirectedTo).toBe('/sign-up/code');
      const mail = await eventually(() => smtp.mails[0], 'a mail');
      expect([mail.to ?? []].flat()[0]?.value[0]?.address).toBe('"a..b."@docomo.ne.jp');
      expect((await ann.post('/sign-up/code', { code: codeIn(mail.text ?? '') })).redirectedTo).toBe(
        '/welcome',
      );
      expect((await visitor(site).signIn('A..B.@docomo.ne.jp', password)).redirectedTo).toBe('/people');
    } finally {
      await site.close();
    }
  });

  test('of one mailbox all +tags together get five codes an hour', async () => {
    const name = String(newPerson().username);
    const answers: number[] = [];
    for (let n = 0; n < 6; n++) {
      const { page } = await visitor(house).startSignUp({ email: `${name}+${n}@outlook.com` });
      answers.push(page.status);
    }
    expect(answers).toEqual([303, 303, 303, 303, 303, 429]);
  });
});

describe('addresses', () => {
  beforeAll(() => house.empty());

  const pathsOf = (method: 'GET' | 'POST'): string[] =>
    routesOf(house).flatMap((route) =>
      route.startsWith(`${method} `) ? [route.slice(method.length + 1)] : [],
    );
  const readable = new Set(pathsOf('GET'));
  const postOnly = pathsOf('POST').filter((path) => !readable.has(path));
  const [forApi, formsOnly] = [true, false].map((is) =>
    postOnly.filter((path) => path.startsWith('/api/') === is),
  ) as [string[], string[]];
  const id = '0193a5c2-77f1-7f0b-a1d4-5be0c1de9f42';

  test('an address that only takes a form leads whoever reads it to a page that there is', async () => {
    expect(formsOnly.length).toBeGreaterThan(10);
    const pages = [...readable].map((path) => path.replaceAll(/:\w+/g, id));
    // To whom the desk is open, tests/journeys/desk/door.test.ts says.
    for (const path of formsOnly.filter((one) => !one.startsWith('/desk'))) {
      for (const method of ['get', 'head'] as const) {
        const answer = await visitor(house).send(method, path.replaceAll(/:\w+/g, id));
        expect([path, answer.status]).toEqual([path, 303]);
        expect(pages).toContain(answer.redirectedTo);
      }
    }
  });

  test('an address of the API that only takes an act tells a program so', async () => {
    expect(forApi.length).toBeGreaterThan(3);
    // No username is like this: to whoever only reads, it is somebody's page.
    const somebody = '/api/v1/people/tell-me';
    for (const path of forApi.filter((one) => one !== somebody)) {
      const answer = await visitor(house).get(path.replaceAll(/:\w+/g, id));
      expect([path, answer.status, answer.header('allow')]).toEqual([path, 405, 'POST']);
    }
  });

  test.each([
    ['/logout', '/settings'],
    ['/sign-up/cancel', '/sign-up'],
    ['/sign-up/code/resend', '/sign-up/code'],
    ['/password/code/resend', '/password/code'],
    ['/settings/contact/code/resend', '/settings/contact/code'],
    ['/settings/contact/email', '/settings/contact'],
    ['/settings/contact/mobile', '/settings/contact'],
    ['/settings/contact/cancel', '/settings/contact'],
    ['/settings/account/delete', '/settings/account'],
    ['/settings/avatar/remove', '/settings/avatar'],
    [`/settings/photos/${id}`, '/settings/photos'],
    [`/settings/photos/${id}/move`, '/settings/photos'],
    ['/settings/sessions/revoke-others', '/settings/security'],
  ])('reading %s leads to %s', async (path, page) => {
    expect((await visitor(house).get(`${path}?x=1`)).redirectedTo).toBe(page);
  });

  test('while a form of the settings shows a mistake, its tab stays the open one', async () => {
    const ann = visitor(house);
    await ann.signUp();
    for (const [path, page] of [
      ['/settings/contact/email', '/settings/contact'],
      ['/settings/contact/mobile', '/settings/contact'],
      ['/settings/account/delete', '/settings/account'],
      ['/settings/password', '/settings/password'],
    ] as const) {
      const answer = await ann.post(path);
      expect(answer.status).toBe(422);
      expect(answer.html.match(/href="[^"]+" aria-current="page">/g)).toContainEqual(
        expect.stringContaining(`href="${page}"`),
      );
    }
  });
});
