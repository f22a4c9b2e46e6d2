import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { DeliveryRefused } from '../../../src/platform/messages/delivery.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, wrongCode } from '../../support/joining.ts';
import { repeatedly, statuses, tally, together } from '../../support/many.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  askOften,
  codeAfter,
  grantsFor,
  holdingCode,
  joinedYesterday,
  leftFor,
  linked,
  linksTo,
  ownersLink,
  resendReset,
  typeResetCode,
} from '../../support/resetting.ts';
import { alsoOn, copyOf, isIn, settled } from '../../support/security.ts';
import { everythingKept } from '../../support/traces.ts';
import { encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house6 = await houseOfThisFile({ replaced: { retry: { tries: 2, backoff: 10 } } });

describe('link sent', () => {
  beforeAll(() => house.empty());

  /** How many links have left for an address. */
  const links = async (to: string): Promise<number> => (await leftFor(house, to)).links;
  const entersBy = async (path: string, username: string): Promise<void> => {
    const owner = visitor(house);
    expect((await owner.post(path)).redirectedTo).toBe('/password/new');
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  };

  test('the press that finds the budget spent sends its owner an email with a link, and that link opens the door', async () => {
    const { username, email } = await joinedYesterday(house);
    await askOften(house, email, 5);
    expect(await links(email)).toBe(0);
    expect((await forgot(visitor(house), email)).status).toBe(429);
    expect(await links(email)).toBe(1);
    const mail = house.outbox.to(email).at(-1);
    expect(mail).toMatchObject({ channel: 'email', subject: 'Your link to set a new ChatLink password' });
    expect(mail?.text).toContain('It works once, for 30 minutes.');
    const [path = '?'] = linksTo(house, email);
    for (const body of [mail?.text, mail?.html]) expect(body).toContain(`http://chatlink.test${path}`);
    await entersBy(path, username);
  });

  test('somebody who joined by phone gets it as a text', async () => {
    const mobile = newMobile();
    const { username } = await joinedYesterday(house, byMobile(mobile));
    const path = await ownersLink(house, mobile, mobile);
    const text = house.outbox.to(mobile).at(-1);
    expect(text?.channel).toBe('sms');
    expect(text?.text).toContain(`http://chatlink.test${path}`);
    await entersBy(path, username);
  });

  test('by a username it goes where its codes go, and nowhere else', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    await askOften(house, username, 6);
    expect([await links(email), house.outbox.to(phone).length]).toEqual([1, 0]);
  });

  test('by a number it goes to that number, though there is an email address', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    await askOften(house, phone, 6);
    expect([await links(phone), await links(email)]).toEqual([1, 0]);
  });

  test('too many wrong codes send it too', async () => {
    const { email } = await joinedYesterday(house);
    for (let run = 0; run < 2; run++) {
      const { who, code } = await holdingCode(house, email, email);
      await repeatedly(5, (n) => typeResetCode(who, wrongCode(code, n + 1)));
    }
    const { who, code } = await holdingCode(house, email, email);
    expect(await links(email)).toBe(0);
    expect((await typeResetCode(who, code)).status).toBe(429);
    expect(await links(email)).toBe(1);
  });

  test('so does a press of "send a new code" that finds the budget spent', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    await askOften(house, email, 4);
    expect(await links(email)).toBe(0);
    expect((await resendReset(who)).status).toBe(429);
    expect(await links(email)).toBe(1);
  });

  test('a press that has only to wait for its next code sends none', async () => {
    const { email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    await repeatedly(2, () => resendReset(who));
    expect((await resendReset(who)).status).toBe(429);
    expect(await links(email)).toBe(0);
  });

  test('it reaches nobody but its owner, and opens nobody else’s account', async () => {
    const ann = await joinedYesterday(house);
    const ben = await joinedYesterday(house);
    const before = house.outbox.messages.length;
    const path = await ownersLink(house, ann.email, ann.email);
    await settled(house);
    expect(new Set(house.outbox.messages.slice(before).map(({ to }) => to))).toEqual(new Set([ann.email]));
    const owner = visitor(house);
    await owner.post(path);
    expect((await owner.get('/password/new')).html).toContain(ann.username);
    await setPassword(owner);
    expect((await visitor(house).signIn(ben.username, ben.password)).redirectedTo).toBe('/people');
    expect((await visitor(house).signIn(ben.username, another)).status).toBe(422);
  });

  test('wrong codes for an address without an account send none', async () => {
    const before = house.outbox.messages.length;
    for (const identifier of ['nobody@example.com', 'nobody_here']) {
      for (let run = 0; run < 3; run++) {
        const who = visitor(house);
        await forgot(who, identifier);
        await repeatedly(5, () => typeResetCode(who, '000000'));
      }
    }
    await settled(house);
    expect(house.outbox.messages).toHaveLength(before);
  });
});

describe('link use', () => {
  beforeAll(() => house.empty());

  test('looking at it changes nothing, however often: mail scanners do', async () => {
    const { username, path } = await linked(house);
    const pages = await together(10, () => visitor(house).get(path));
    expect(statuses(pages)).toEqual({ 200: 10 });
    expect(pages[0]?.html).toContain(`<form class="card" action="${path}" method="post"`);
    expect((await visitor(house).send('head', path)).status).toBe(200);
    expect(await grantsFor(house, username)).toBe(0);
    const owner = visitor(house);
    await owner.get(path);
    expect((await owner.post(path)).redirectedTo).toBe('/password/new');
    expect(await grantsFor(house, username)).toBe(1);
  });

  test('the button works from our own page only', async () => {
    const { username, path } = await linked(house);
    const scanner = visitor(house);
    expect((await scanner.send('post', path, encodeForm({}))).status).toBe(403);
    await scanner.get(path);
    expect((await scanner.send('post', path, encodeForm({ _csrf: 'made-up' }))).status).toBe(403);
    scanner.headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await scanner.post(path)).status).toBe(403);
    expect(await grantsFor(house, username)).toBe(0);
    expect((await visitor(house).post(path)).redirectedTo).toBe('/password/new');
  });

  test('its page left open leads back to itself with a word why, and its button works', async () => {
    const { path } = await linked(house);
    const owner = visitor(house);
    owner.headers = { 'Sec-Fetch-Site': 'same-origin' };
    await owner.get(path);
    await house.stores.redis.flushdb();
    expect((await owner.post(path)).redirectedTo).toBe(`${path}?why=left-open`);
    const page = await owner.get(`${path}?why=left-open`);
    expect(page.html).toContain('This page was open for a while');
    expect((await owner.post(path)).redirectedTo).toBe('/password/new');
  });

  test('it works until the last millisecond of its thirty minutes', async () => {
    const { path } = await linked(house);
    house.clock.pass(minutes(30) - 1);
    expect((await visitor(house).get(path)).status).toBe(200);
    expect((await visitor(house).post(path)).redirectedTo).toBe('/password/new');
  });

  test('at thirty minutes it is dead, and the page says so', async () => {
    const { username, path } = await linked(house);
    house.clock.pass(minutes(30));
    const owner = visitor(house);
    expect((await owner.get(path)).redirectedTo).toBe('/password/forgot');
    expect((await owner.get('/password/forgot')).html).toContain(
      'This link has expired or has already been used.',
    );
    expect((await owner.post(path)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });
});

describe('link once', () => {
  beforeAll(() => house.empty());

  test('fifty presses at once, from fifty browsers and over two instances, make one grant; then it is used up', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, path } = await linked(house);
      const all = await together(50, async (n) => {
        const who = visitor(n % 2 ? second : house);
        await who.get(path);
        return who;
      });
      const pages = await Promise.all(all.map((who) => who.post(path)));
      expect(tally(pages.map((page) => page.redirectedTo ?? page.status))).toEqual({
        '/password/new': 1,
        '/password/forgot': 49,
      });
      expect(await grantsFor(house, username)).toBe(1);
      expect((await visitor(house).get(path)).redirectedTo).toBe('/password/forgot');
      expect((await visitor(second).post(path)).redirectedTo).toBe('/password/forgot');
    });
  });

  test('fifty presses at once in one browser make one grant, and that browser holds it', async () => {
    const { username, path } = await linked(house);
    const owner = visitor(house);
    await owner.get(path);
    await together(50, () => owner.post(path));
    expect(await grantsFor(house, username)).toBe(1);
    expect((await owner.get('/password/new')).html).toContain(username);
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
  });

  test('whoever goes back to it with the grant in hand does not lose the grant', async () => {
    const { path } = await linked(house);
    const owner = visitor(house);
    await owner.post(path);
    await owner.get(path);
    expect((await owner.get('/password/new')).status).toBe(200);
    await owner.get('/password/link/no-such-token');
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
  });
});

describe('link ends', () => {
  beforeAll(() => house.empty());

  test('a link of before a reset is dead', async () => {
    const { username, email } = await joinedYesterday(house);
    const byCode = visitor(house);
    const code = await codeAfter(house, email, () => forgot(byCode, email));
    const path = await ownersLink(house, email, email);
    await typeResetCode(byCode, code);
    expect((await visitor(house).get(path)).status).toBe(200);
    expect((await setPassword(byCode)).redirectedTo).toBe('/login');
    expect((await visitor(house).get(path)).redirectedTo).toBe('/password/forgot');
    expect((await visitor(house).post(path)).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('one of before a password change in the settings is not: that may be a thief’s', async () => {
    const { username, password, path } = await linked(house);
    const ann = await alsoOn(house, username);
    const changed = await ann.post('/settings/password', {
      currentPassword: password,
      password: another,
      passwordConfirmation: another,
    });
    expect(changed.redirectedTo).toBe('/settings/security');
    const owner = visitor(house);
    expect((await owner.get(path)).status).toBe(200);
    expect((await owner.post(path)).redirectedTo).toBe('/password/new');
    expect((await setPassword(owner, 'harbour-violin-58')).redirectedTo).toBe('/login');
    expect(await isIn(ann)).toBe(false);
  });

  test('opened while somebody else is signed in, it opens its own account and ends that session', async () => {
    const ben = await joinedYesterday(house);
    const ann = await linked(house);
    const shared = await alsoOn(house, ben.username);
    const before = copyOf(house, shared);
    expect((await shared.get(ann.path)).status).toBe(200);
    expect(await isIn(shared)).toBe(true);
    expect((await shared.post(ann.path)).redirectedTo).toBe('/password/new');
    const page = await shared.get('/password/new');
    expect([page.html.includes(ann.username), page.html.includes(ben.username)]).toEqual([true, false]);
    expect([await isIn(shared), await isIn(before)]).toEqual([false, false]);
    expect((await setPassword(shared)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(ben.username, ben.password)).redirectedTo).toBe('/people');
    expect((await visitor(house).signIn(ann.username, another)).redirectedTo).toBe('/people');
  });

  test('opened while its owner is signed in, it leads to the new password as well', async () => {
    const { username, path } = await linked(house);
    const owner = await alsoOn(house, username);
    expect((await owner.post(path)).redirectedTo).toBe('/password/new');
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect(await isIn(owner)).toBe(false);
  });
});

describe('link secret', () => {
  beforeAll(() => house.empty());

  const tokenIn = (path: string): string => path.split('/').at(-1)!;
  const flipped = (text: string): string => text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

  test('its token has at least 128 bits, and no two begin or end alike', async () => {
    const links = await repeatedly(3, () => linked(house));
    const tokens = links.map(({ path }) => tokenIn(path));
    for (const token of tokens) {
      expect(token).toMatch(/^[\w-]+$/);
      expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    }
    expect(new Set(tokens.map((token) => token.slice(0, 8))).size).toBe(3);
    expect(new Set(tokens.map((token) => token.slice(-8))).size).toBe(3);
  });

  test('only its SHA-256 is kept: no table, no Redis key, no job and no log line has the token', async () => {
    const { path } = await linked(house);
    const token = tokenIn(path);
    await settled(house);
    const kept = [await everythingKept(house)];
    const owner = visitor(house);
    await owner.get(path);
    await owner.post(path);
    await visitor(house).get(path);
    kept.push(await everythingKept(house));
    await setPassword(owner);
    await settled(house);
    kept.push(await everythingKept(house));
    const hash = createHash('sha256').update(token).digest('base64url');
    for (const { redis, postgres } of kept) {
      expect(postgres).toContain(hash);
      for (const place of [redis, postgres, house.logged.join('\n')]) {
        expect(place.length).toBeGreaterThan(100);
        for (const form of [token, Buffer.from(token, 'base64url').toString('hex')])
          expect(place.includes(form)).toBe(false);
      }
    }
  });

  test('its hash is no key, and neither is anything that looks like the token', async () => {
    const { path } = await linked(house);
    const token = tokenIn(path);
    const [row] = await house.stores.sql<{ tokenHash: string; id: string }>(
      'SELECT * FROM "PasswordResetLink" ORDER BY "createdAt" DESC LIMIT 1',
    );
    for (const guess of [
      row!.tokenHash,
      row!.id,
      flipped(token),
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      token.toLowerCase(),
      '%00',
      `${token}%00`,
      `${token}%0A`,
      'x'.repeat(5_000),
    ]) {
      const page = await visitor(house).get(`/password/link/${guess}`);
      expect([guess, page.status, page.redirectedTo]).toEqual([guess, 303, '/password/forgot']);
    }
    expect((await visitor(house).get(path)).status).toBe(200);
  });

  test('its page is never stored, and tells no other site where it came from', async () => {
    const { path } = await linked(house);
    const owner = visitor(house);
    const shown = await owner.get(path);
    expect(shown.header('cache-control')).toBe('no-store, no-transform');
    for (const page of [shown, await owner.post(path), await owner.get(path)]) {
      expect(page.header('cache-control')).toMatch(/^no-store\b/);
      expect(page.header('referrer-policy')).toBe('same-origin');
    }
  });
});

describe('link hour', () => {
  const house = house6;
  beforeAll(async () => {
    await house.empty();
  });

  afterEach(() => {
    house.outbox.failure = null;
  });

  /** How many links have left for an address. */
  const links = async (to: string): Promise<number> => (await leftFor(house, to)).links;

  test('fifty presses at once, over two instances, send one link', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { email } = await joinedYesterday(house);
      await askOften(house, email, 5);
      const askers = await together(50, async (n) => {
        const who = visitor(n % 2 ? second : house);
        await who.token();
        return who;
      });
      expect(statuses(await Promise.all(askers.map((who) => forgot(who, email))))).toEqual({ 429: 50 });
      expect(await links(email)).toBe(1);
      const rows = await house.stores.sql(
        `SELECT FROM "SecurityEvent" e JOIN "User" u ON u."id" = e."userId"
       WHERE u."emailKey" = $1 AND e."kind" = 'reset_link_sent'`,
        [email],
      );
      expect(rows).toHaveLength(1);
    });
  });

  test('the next one leaves an hour after the first, and not a millisecond earlier', async () => {
    const { email } = await joinedYesterday(house);
    await askOften(house, email, 6);
    expect(await links(email)).toBe(1);
    house.clock.pass(hours(1) - 1);
    expect((await forgot(visitor(house), email)).status).toBe(429);
    expect(await links(email)).toBe(1);
    house.clock.pass(1);
    // The hour has its codes again, the day none after these.
    expect(statuses(await askOften(house, email, 6))).toEqual({ 303: 5, 429: 1 });
    expect(await links(email)).toBe(2);
    const [first, second] = linksTo(house, email);
    expect(first).not.toBe(second);
    expect((await visitor(house).get(second!)).status).toBe(200);
    expect((await visitor(house).get(first!)).redirectedTo).toBe('/password/forgot');
  });

  /** Somebody with an email and a number. */
  const twoContacts = async () => {
    const person = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, person.username, { phone });
    return { ...person, phone };
  };

  test('however its owner was asked for, it is one an hour for each contact', async () => {
    const { username, email, phone } = await twoContacts();
    for (const identifier of [email, username, phone, `0${phone.slice(3)}`])
      await askOften(house, identifier, 6);
    expect([await links(email), await links(phone)]).toEqual([1, 1]);
  });

  test.each(['email', 'phone'] as const)(
    'a stranger who has the link sent to the other contact does not keep it from the %s, nor ends it',
    async (mine) => {
      const person = await twoContacts();
      const other = mine === 'email' ? person.phone : person.email;
      await askOften(house, other, 7);
      expect([await links(other), await links(person[mine])]).toEqual([1, 0]);
      const path = await ownersLink(house, person[mine], person[mine]);
      // Both go on, whatever is asked for within the hour.
      house.clock.pass(minutes(30) - 1);
      for (const to of [other, person[mine]]) {
        await askOften(house, to, 1);
        expect(await links(to)).toBe(1);
      }
      expect((await visitor(house).get(linksTo(house, other)[0]!)).status).toBe(200);
      const owner = visitor(house);
      expect((await owner.post(path)).redirectedTo).toBe('/password/new');
      expect((await setPassword(owner)).redirectedTo).toBe('/login');
      expect((await visitor(house).get(linksTo(house, other)[0]!)).redirectedTo).toBe('/password/forgot');
    },
  );

  test('fifty presses at once for both contacts, over two instances, send one link to each', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { username, email, phone } = await twoContacts();
      for (const identifier of [email, phone]) await askOften(house, identifier, 5);
      const askers = await together(50, async (n) => {
        const who = visitor(n % 2 ? second : house);
        await who.token();
        return who;
      });
      const all = askers.map((who, n) => forgot(who, n % 4 < 2 ? email : phone));
      expect(statuses(await Promise.all(all))).toEqual({ 429: 50 });
      expect([await links(email), await links(phone)]).toEqual([1, 1]);
      const rows = await house.stores.sql<{ channel: string }>(
        `SELECT l."channel" FROM "PasswordResetLink" l JOIN "User" u ON u."id" = l."userId"
         WHERE u."username" = $1 ORDER BY l."channel"`,
        [username],
      );
      expect(rows.map(({ channel }) => channel)).toEqual(['email', 'mobile']);
    });
  });

  test('one that could not be delivered takes up no hour', async () => {
    const { email } = await joinedYesterday(house);
    await askOften(house, email, 5);
    await settled(house);
    for (const failure of [new DeliveryRefused('smtp 550'), new Error('connect ECONNREFUSED')]) {
      house.outbox.failure = () => failure;
      await forgot(visitor(house), email);
      expect(await links(email)).toBe(0);
    }
    house.outbox.failure = null;
    await forgot(visitor(house), email);
    expect(await links(email)).toBe(1);
    await forgot(visitor(house), email);
    expect(await links(email)).toBe(1);
    expect((await visitor(house).get(linksTo(house, email)[0]!)).status).toBe(200);
  });
});
