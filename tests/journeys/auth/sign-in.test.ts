import { beforeAll, describe, expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { changeEmail, undoIn } from '../../support/contacts.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile, newMobile, sessionsOf } from '../../support/joining.ts';
import { leaver } from '../../support/deletion.ts';
import { granted, setPassword } from '../../support/recovering.ts';
import { type Visitor, faultsIn, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('said', () => {
  beforeAll(() => house.empty());

  const read = async (who: Visitor, path: string) => textOf((await who.get(path)).html);
  const nameIn = async (who: Visitor, path: string) =>
    /name="identifier" value="([^"]*)"/.exec((await who.get(path)).html)?.[1];

  test('who wanted a page is told why the door stands in the way; who came by themselves is not', async () => {
    const ann = visitor(house);
    expect(await read(ann, '/login?next=%2Fprofile')).toContain('Sign in to see this page.');
    for (const path of ['/login', '/login?next=https%3A%2F%2Fevil.example', '/login?why=hello'])
      expect(await read(ann, path)).not.toMatch(/Sign in to|signed out/);
  });

  test('signing out is said once, and leaves nothing behind', async () => {
    const ann = visitor(house);
    await ann.signUp();
    await ann.post('/logout');
    expect([...ann.cookies.keys()]).toEqual(['device', 'bye']);
    expect(await read(ann, '/login')).toContain("You're signed out.");
    expect(await read(ann, '/login')).not.toContain("You're signed out.");
  });

  test('the name that was typed at the door goes along to the reset, and back', async () => {
    const { email, username } = await visitor(house).signUp();
    const ann = visitor(house);
    expect(await nameIn(ann, '/password/forgot')).toBe('');
    await ann.signIn(email, 'not the password');
    expect(await nameIn(ann, '/password/forgot')).toBe(email);
    await setPassword(await granted(house, email, email, ann));
    expect(await nameIn(ann, '/login')).toBe(username);
    expect(await nameIn(visitor(house), '/login')).toBe('');
  });

  test('after a change of contact is undone, the reset knows whom it is for', async () => {
    const thief = visitor(house);
    const { username, email } = await thief.signUp();
    await changeEmail(house, thief);
    const way = await undoIn(house, email);
    const owner = visitor(house);
    await owner.get(way);
    await owner.post(way);
    expect(await nameIn(owner, '/password/forgot')).toBe(username);
    // Once more in another browser: the link is used, and says so with the same name.
    const phone = visitor(house);
    expect((await phone.get(way)).redirectedTo).toBe('/password/forgot');
    expect(await nameIn(phone, '/password/forgot')).toBe(username);
  });

  test('whoever comes back is told what that undid, and how to leave again', async () => {
    house.clock.set('2026-11-25T22:30:00.000Z');
    const { username, password } = await leaver(house);
    house.clock.pass(days(1));
    const ann = visitor(house);
    await ann.signIn(username, password);
    const { html } = await ann.get('/profile');
    expect(textOf(html)).toContain(
      "Welcome back! Your account would have been deleted on 9 Dec 2026 . We've cancelled that. Delete it anyway",
    );
    expect(html).toContain('<time datetime="2026-12-09T22:30:00.000Z" data-shape="day">');
    expect(html).toContain('<a href="/settings/account">Delete it anyway</a>');
  });
});

describe('identifiers', () => {
  beforeAll(() => house.empty());

  const password = 'lantern-tandem-42';
  const signIn = (identifier: string) => visitor(house).signIn(identifier, password);

  test('a person signs in by username, however it is written', async () => {
    const { username } = await visitor(house).signUp();
    for (const spelling of [username, username.toUpperCase(), `  ${username}\t`, fullWidth(username)])
      expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/people' });
  });

  test('a person signs in by email, however it is written', async () => {
    const { email } = await visitor(house).signUp();
    const [name, domain] = email.split('@') as [string, string];
    for (const spelling of [email, email.toUpperCase(), `${name}@${domain.toUpperCase()}`, ` ${email} `])
      expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/people' });
  });

  test('a person signs in by mobile number, national spellings included', async () => {
    const mobile = newMobile();
    await visitor(house).signUp(byMobile(mobile));
    const national = mobile.slice(3);
    const spellings = [
      mobile,
      `+49 (0)${national}`,
      `0049 ${national.slice(0, 4)} ${national.slice(4)}`,
      `0${national}`,
      `0${national.slice(0, 4)}/${national.slice(4, 7)}-${national.slice(7)}`,
      `(0${national.slice(0, 4)}) ${national.slice(4)}`,
      national,
      mobile.slice(1),
      fullWidth(mobile),
    ];
    for (const spelling of spellings)
      expect({ spelling, to: (await signIn(spelling)).redirectedTo }).toEqual({ spelling, to: '/people' });
  });

  test('a national number that two people could have is nobody’s', async () => {
    // 0660 1234567 is a mobile number in Austria, and with another country code elsewhere.
    const [austrian, german] = ['+436601234567', '+496601234567'];
    await visitor(house).signUp(byMobile(austrian));
    expect((await signIn('0660 1234567')).redirectedTo).toBe('/people');
    const [{ id } = { id: '' }] = await house.stores.sql<{ id: string }>(
      `INSERT INTO "User" SELECT gen_random_uuid(), 'second_one', 'second_one', NULL, NULL, NULL, $2, "phoneVerifiedAt",
       "passwordHash", "dateOfBirth", "country", "createdAt", "updatedAt" FROM "User" WHERE "phone" = $1 RETURNING "id"`,
      [austrian, german],
    );
    expect(id).not.toBe('');
    expect((await signIn('0660 1234567')).status).toBe(422);
    expect((await signIn(austrian)).redirectedTo).toBe('/people');
    expect((await signIn(german)).redirectedTo).toBe('/people');
  });

  test('unknown and wrong get one answer, word for word', async () => {
    const { username, email } = await visitor(house).signUp();
    const answers: [number, Record<string, string>][] = [];
    for (const identifier of [
      username,
      email,
      'nobody_here',
      'nobody@example.com',
      '+4915120000000',
      '%',
      '💥',
    ]) {
      const page = await visitor(house).signIn(identifier, 'wrong-password-1');
      answers.push([page.status, faultsIn(page.html)]);
    }
    const [first] = answers;
    expect(first?.[0]).toBe(422);
    expect(first?.[1].identifier).toMatch(/password/);
    for (const answer of answers) expect(answer).toEqual(first);
  });

  test('what was typed is kept, the password is not, and nothing is looked up for an empty field', async () => {
    const page = await visitor(house).signIn('<someone>', 'unmistakable-lantern');
    expect(page.html).toContain('value="&lt;someone&gt;"');
    expect(page.html).not.toContain('unmistakable-lantern');
    expect(faultsIn((await visitor(house).signIn(' ', '')).html)).toEqual({
      identifier: 'Enter your username, email or mobile number.',
      password: 'Enter your password.',
    });
  });

  test('capital letters of a password count', async () => {
    const { username } = await visitor(house).signUp();
    expect((await visitor(house).signIn(username, password.toUpperCase())).status).toBe(422);
  });

  test('a person who was deleted is unknown', async () => {
    const { username } = await visitor(house).signUp();
    await house.stores.sql('DELETE FROM "User" WHERE "username" = $1', [username]);
    expect((await signIn(username)).status).toBe(422);
  });

  function fullWidth(text: string): string {
    return text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0));
  }
});

describe('next', () => {
  let username: string;
  let password: string;
  beforeAll(async () => {
    await house.empty();
    ({ username, password } = await visitor(house).signUp());
  });

  test('who wanted a protected page comes back to it', async () => {
    const ann = visitor(house);
    const turned = await ann.get(`/people/${username}?from=a%26b`);
    expect(turned.redirectedTo).toBe(`/login?next=${encodeURIComponent(`/people/${username}?from=a%26b`)}`);
    const form = await ann.get(turned.redirectedTo!);
    const next = /name="next" value="([^"]*)"/
      .exec(form.html)?.[1]
      ?.replaceAll('&#38;', '&')
      .replaceAll('&amp;', '&');
    expect(next).toBe(`/people/${username}?from=a%26b`);
    expect((await ann.signIn(username, password, { next: next! })).redirectedTo).toBe(next);
  });

  test('a wrong password does not lose the way', async () => {
    const page = await visitor(house).signIn(username, 'wrong-password', { next: '/people/somebody' });
    expect(page.html).toContain('name="next" value="/people/somebody"');
  });

  test.each([
    ['another site', 'https://evil.example/'],
    ['no protocol', '//evil.example/'],
    ['a backslash', '/\\evil.example'],
    ['two backslashes', '\\\\evil.example'],
    ['a tab that browsers drop', '/\t/evil.example'],
    ['dots that vanish', '/.//evil.example'],
    ['no slash', 'https:evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['no beginning', 'profile'],
    ['no end', `/${'x'.repeat(2_100)}`],
    ['nothing', ''],
  ])('a way with %s leads to people, not away', async (_, next) => {
    const page = await visitor(house).signIn(username, password, { next });
    expect(page.redirectedTo).toBe('/people');
  });

  test('an address of somewhere else is not even put into the form', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example'])
      expect((await visitor(house).get(`/login?next=${encodeURIComponent(next)}`)).html).not.toContain(
        'evil',
      );
    expect((await visitor(house).get('/login?next=/a&next=/b')).html).not.toContain('name="next"');
    expect((await visitor(house).get('/login?next[a]=/b')).html).not.toContain('name="next"');
  });
});

describe('anonymous', () => {
  beforeAll(() => house.empty());

  test.each([
    '/',
    '/nothing-here',
    '/health/live',
    '/health/ready',
    '/people',
    '/people/ann',
    '/sign-up/code',
  ])('a visit of %s begins no session and sets no cookie', async (path) => {
    const page = await visitor(house).get(path);
    expect(page.header('set-cookie')).toBeUndefined();
    expect((await sessionsOf(house)).size).toBe(0);
  });

  test.each(['/sign-up', '/login'])('a form at %s begins one, for its token', async (path) => {
    const before = (await sessionsOf(house)).size;
    const page = await visitor(house).get(path);
    const cookie = String(page.header('set-cookie'));
    expect(cookie).toMatch(/^sid=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await sessionsOf(house)).size).toBe(before + 1);
  });

  test('coming back with it makes no second one', async () => {
    const ann = visitor(house);
    await ann.get('/login');
    const before = (await sessionsOf(house)).size;
    await ann.get('/sign-up');
    expect((await ann.get('/login')).header('set-cookie')).toBeUndefined();
    expect((await sessionsOf(house)).size).toBe(before);
  });

  test('a request that was refused at the door begins none', async () => {
    const before = (await sessionsOf(house)).size;
    const page = await visitor(house).send('post', '/login', 'identifier=ann&password=x');
    expect([page.status, page.header('set-cookie')]).toEqual([403, undefined]);
    expect((await sessionsOf(house)).size).toBe(before);
  });
});
