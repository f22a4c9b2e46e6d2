import { beforeAll, describe, expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { whileEventsWait } from '../../support/held-events.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { repeatedly, together } from '../../support/many.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { another, setPassword } from '../../support/recovering.ts';
import {
  followed,
  grantsFor,
  holdingCode,
  holdingGrant,
  joinedYesterday,
  typeResetCode,
} from '../../support/resetting.ts';
import { alsoOn, copyOf, eventsOf, isIn, sidOf } from '../../support/security.ts';
import { type Page, type Visitor, faultsIn, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('grant', () => {
  beforeAll(() => house.empty());

  test('a grant works until the last millisecond of its ten minutes', async () => {
    const { username, email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    house.clock.pass(minutes(10) - 1);
    expect((await who.get('/password/new')).status).toBe(200);
    expect((await setPassword(who)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('at ten minutes it is over, and no look at its page and no try has made it longer', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    house.clock.pass(minutes(9));
    expect((await who.get('/password/new')).status).toBe(200);
    expect((await setPassword(who, 'short')).status).toBe(422);
    house.clock.pass(minutes(1));
    expect((await setPassword(who)).redirectedTo).toBe('/password/forgot');
    expect((await who.get('/password/forgot')).html).toContain('That took more than 10 minutes.');
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('its page is led away from as well, when it is looked at too late', async () => {
    const { email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    house.clock.pass(minutes(10));
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  });

  test('it is bound to its session: another browser is sent back', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const ben = await joinedYesterday(house);
    await holdingGrant(house, email, email);
    const stranger = visitor(house);
    expect((await stranger.get('/password/new')).redirectedTo).toBe('/password/forgot?why=elsewhere');
    expect((await setPassword(stranger)).redirectedTo).toBe('/password/forgot');
    // Nor does the grant of one account set the password of another.
    const bens = await holdingGrant(house, ben.email, ben.email);
    const asked = { password: another, passwordConfirmation: another };
    for (const name of ['username', 'identifier', 'id', 'userId'])
      expect((await bens.post('/password/new', { ...asked, [name]: username })).status).toBe(400);
    expect((await setPassword(bens)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  });

  test('it is used once', async () => {
    const { username, email } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    const before = copyOf(house, who);
    await before.get('/password/new');
    expect((await setPassword(who)).redirectedTo).toBe('/login');
    expect(await grantsFor(house, username)).toBe(0);
    for (const one of [before, who]) {
      const late = await followed(one, await setPassword(one, 'harbour-violin-58'));
      expect(late.page.html).not.toContain('Repeat new password');
      expect((await one.get('/password/new')).redirectedTo).toBe('/password/forgot');
    }
    expect((await visitor(house).signIn(username, 'harbour-violin-58')).status).toBe(422);
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  });
});

describe('grant session', () => {
  beforeAll(() => house.empty());

  test('it opens no page but its own', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    for (const { method, path, fields } of memberRoutes({ username, handle: 'x'.repeat(22) })) {
      const page = method === 'get' ? await who.get(path) : await who.post(path, fields);
      expect([path, page.status, page.redirectedTo?.split('?')[0]]).toEqual([path, 303, '/login']);
    }
    expect((await who.get('/')).status).toBe(200);
    expect((await who.get('/login')).status).toBe(200);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
    // It is still there, after all that.
    expect((await who.get('/password/new')).status).toBe(200);
  });

  test('the session has a new id when the grant is given, and another after it was used', async () => {
    const { email } = await joinedYesterday(house);
    const { who, code } = await holdingCode(house, email, email);
    const ids = [sidOf(who)];
    await typeResetCode(who, code);
    ids.push(sidOf(who));
    await setPassword(who);
    ids.push(sidOf(who));
    expect(new Set(ids).size).toBe(3);
    const alive = await sessionsOf(house);
    expect(ids.map((id) => alive.has(id))).toEqual([false, false, true]);
  });

  test('whoever signs in meanwhile has no grant any more', async () => {
    const { email } = await joinedYesterday(house);
    const ben = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    expect((await who.signIn(ben.username, ben.password)).redirectedTo).toBe('/people');
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    await who.post('/logout');
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
  });

  test('when Redis has forgotten everything, it is gone, and no page fails', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    await house.stores.redis.flushdb();
    expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect((await setPassword(who)).status).toBeLessThan(500);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
  });
});

describe('grant races', () => {
  beforeAll(() => house.empty());

  const passwords = ['meadow-trumpet-93', 'harbour-violin-58'] as const;
  /** Only who won gets a cookie; a second press of the winner's is led to the same page without one. */
  const won = (page: Page): boolean =>
    page.redirectedTo === '/login' && page.header('set-cookie') !== undefined;
  /** Which of the passwords opens the door now. */
  const opening = async (username: string, tried: readonly string[]): Promise<string[]> => {
    const pages = await repeatedly(tried.length, (n) => visitor(house).signIn(username, tried[n]!));
    return tried.filter((_, n) => pages[n]?.redirectedTo === '/people');
  };
  const resetsNoted = async (username: string): Promise<number> =>
    (await eventsOf(house, username)).filter(({ kind }) => kind === 'password_reset').length;

  test('two sets at the same moment, on two instances: one wins, the other is sent back', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email, password } = await joinedYesterday(house);
      const who = await holdingGrant(house, email, email);
      const twin = copyOf(second, who);
      const both = [who, twin];
      for (const one of both) await one.get('/password/new');
      let pages: Page[] = [];
      // Both have proved their grant and hashed their password before either is written.
      await whileEventsWait(house, 'password_reset', async ({ waiting, open }) => {
        const sets = both.map((one, n) => setPassword(one, passwords[n]));
        await waiting(2);
        await open();
        pages = await Promise.all(sets);
      });
      expect(pages.map(won).sort((a, b) => Number(a) - Number(b))).toEqual([false, true]);
      expect(pages.find((page) => !won(page))?.redirectedTo).toBe('/password/forgot');
      const winner = pages.findIndex(won);
      expect(await opening(username, [...passwords, password])).toEqual([passwords[winner]]);
      expect(await resetsNoted(username)).toBe(1);
      for (const one of both) expect((await one.get('/password/new')).redirectedTo).toBe('/password/forgot');
      expect(await grantsFor(house, username)).toBe(0);
    });
  });

  test('two grants of one account, each in its own browser: one wins, the other is worthless', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email, password } = await joinedYesterday(house);
      const both: Visitor[] = [
        await holdingGrant(house, email, email),
        await holdingGrant(house, username, email),
      ];
      both[1]!.at(second);
      let pages: Page[] = [];
      await whileEventsWait(house, 'password_reset', async ({ waiting, open }) => {
        const sets = both.map((one, n) => setPassword(one, passwords[n]));
        await waiting(2);
        await open();
        pages = await Promise.all(sets);
      });
      expect(pages.filter(won)).toHaveLength(1);
      const winner = pages.findIndex(won);
      expect(await opening(username, [...passwords, password])).toEqual([passwords[winner]]);
      expect((await setPassword(both[1 - winner]!)).redirectedTo).toBe('/password/forgot');
      expect((await both[1 - winner]!.get('/password/new')).redirectedTo).toBe('/password/forgot');
    });
  });

  test('fifty sets at once, over two instances, set one password', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const who = await holdingGrant(house, email, email);
      const twin = copyOf(second, who);
      for (const one of [who, twin]) await one.get('/password/new');
      const pages = await together(50, (n) => setPassword(n % 2 ? twin : who, `meadow-trumpet-${n}`));
      expect(pages.filter(won)).toHaveLength(1);
      expect(pages.filter(({ status }) => status !== 303)).toEqual([]);
      const winner = `meadow-trumpet-${pages.findIndex(won)}`;
      expect(await opening(username, [winner, 'meadow-trumpet-50'])).toEqual([winner]);
      expect(await resetsNoted(username)).toBe(1);
    });
  });

  test.each([
    ['the settings', 'password_changed'],
    ['the reset', 'password_reset'],
  ])(
    'a change in the settings and a reset at the same moment: the reset wins, whichever was first (%s)',
    async (_, first) => {
      const { username, email, password } = await joinedYesterday(house);
      const ann = await alsoOn(house, username);
      const who = await holdingGrant(house, email, email);
      const inSettings = {
        currentPassword: password,
        password: passwords[0],
        passwordConfirmation: passwords[0],
      };
      const acts = {
        password_changed: () => ann.post('/settings/password', inSettings),
        password_reset: () => setPassword(who, passwords[1]),
      };
      const second = first === 'password_changed' ? 'password_reset' : 'password_changed';
      const pages: Partial<Record<string, Page>> = {};
      await whileEventsWait(house, first, async ({ waiting, open }) => {
        const ofFirst = acts[first as keyof typeof acts]();
        await waiting(1);
        const ofSecond = acts[second]();
        await waiting(2);
        await open();
        pages[first] = await ofFirst;
        pages[second] = await ofSecond;
      });
      // The reset that comes right behind ends the session that the change has just begun, or is just beginning.
      expect(
        first === 'password_changed'
          ? ['/settings/security', '/login']
          : ['/login?next=%2Fsettings%2Fpassword'],
      ).toContain(pages.password_changed?.redirectedTo);
      expect(pages.password_reset?.redirectedTo).toBe('/login');
      expect(await opening(username, [...passwords, password])).toEqual([passwords[1]]);
      expect(await isIn(ann)).toBe(false);
    },
  );
});

describe('grant refused', () => {
  let username: string;
  let email: string;
  let password: string;
  beforeAll(async () => {
    await house.empty();
    ({ username, email, password } = await joinedYesterday(house, { username: 'quiet_otter' }));
  });

  const easy =
    "This password is easy to guess. Use a few unrelated words, or something longer that isn't your name.";

  test('a refused new password changes nothing and does not burn the grant', async () => {
    const elsewhere = await alsoOn(house, username);
    const who = await holdingGrant(house, email, email);
    const refused: [string, string, Record<string, string>][] = [
      ['', '', { password: 'Choose a password.' }],
      ['meadow7', 'meadow7', { password: 'Use at least 8 characters.' }],
      ['m'.repeat(129), 'm'.repeat(129), { password: 'Use at most 128 characters.' }],
      ['🌷'.repeat(129), '🌷'.repeat(129), { password: 'Use at most 128 characters.' }],
      ['password123', 'password123', { password: easy }],
      ['Qwertyuiop1', 'Qwertyuiop1', { password: easy }],
      ['quiet_otter', 'quiet_otter', { password: easy }],
      ['Quiet.Otter!99', 'Quiet.Otter!99', { password: easy }],
      [email, email, { password: easy }],
      ['chatlink2026', 'chatlink2026', { password: easy }],
      [password, password, { password: "That's your current password. Please choose another." }],
      [another, `${another} `, { passwordConfirmation: "The two passwords don't match." }],
      [another, another.toUpperCase(), { passwordConfirmation: "The two passwords don't match." }],
      [another, '', { passwordConfirmation: "The two passwords don't match." }],
    ];
    for (const [first, second, faults] of refused) {
      const page = await setPassword(who, first, second);
      expect([first, page.status, faultsIn(page.html)]).toEqual([first, 422, faults]);
      for (const field of ['password', 'passwordConfirmation'])
        expect(new RegExp(`<input[^>]*id="${field}"[^>]*>`).exec(page.html)?.[0]).not.toContain('value=');
    }
    expect(await isIn(elsewhere)).toBe(true);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');

    expect((await setPassword(who)).redirectedTo).toBe('/login');
    expect(await isIn(elsewhere)).toBe(false);
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('old is the password of now: the one before it may come back', async () => {
    const ann = await joinedYesterday(house);
    await setPassword(await holdingGrant(house, ann.email, ann.email));
    const who = await holdingGrant(house, ann.email, ann.email);
    expect((await setPassword(who)).status).toBe(422);
    expect((await setPassword(who, ann.password)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(ann.username, ann.password)).redirectedTo).toBe('/people');
  });

  test('a password is set exactly as typed', async () => {
    const ann = await joinedYesterday(house);
    const who = await holdingGrant(house, ann.email, ann.email);
    const typed = '  Grünkohl und  Zimt ﬁ ';
    expect((await setPassword(who, typed)).redirectedTo).toBe('/login');
    for (const near of [typed.trim(), typed.normalize('NFKC'), typed.toLowerCase()])
      expect((await visitor(house).signIn(ann.username, near)).status).toBe(422);
    expect((await visitor(house).signIn(ann.username, typed)).redirectedTo).toBe('/people');
  });
});
