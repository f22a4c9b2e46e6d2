import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type CapturedMessage, eventually } from '../../support/captured.ts';
import { browserWith, deviceIn, strangersFail } from '../../support/devices.ts';
import { whileEventsWait } from '../../support/held-events.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, wrongCode } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { repeatedly } from '../../support/many.ts';
import { memberRoutes } from '../../support/member-routes.ts';
import { another, forgot, setPassword } from '../../support/recovering.ts';
import {
  alsoReachedBy,
  codeAfter,
  codesTo,
  grantsFor,
  holdingCode,
  holdingGrant,
  joinedYesterday,
  linked,
  typeResetCode,
} from '../../support/resetting.ts';
import { alsoOn, copyOf, isIn, sessionsSeenBy, settled, sidOf } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { type Page, type Visitor, encodeForm, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const house4 = await houseOfThisFile({ replaced: { retry: { tries: 2, backoff: 10 } } });

describe('after browser', () => {
  beforeAll(() => house.empty());

  /** Strangers have used up the tries of this name: every browser that is not known has to wait. */
  const locked = async (identifier: string): Promise<void> => {
    await strangersFail(house, identifier);
    expect((await visitor(house).signIn(identifier, another)).status).toBe(429);
  };

  test('the browser that set the new password gets in, though strangers have locked the name before', async () => {
    const { username, email } = await joinedYesterday(house);
    await locked(username);
    await locked(email);
    const owner = await holdingGrant(house, email, email);
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(username, another)).status).toBe(429);
    const copies = [deviceIn(owner), deviceIn(owner)];
    for (const [n, identifier] of [username, email].entries())
      expect((await browserWith(house, copies[n]!).signIn(identifier, another)).redirectedTo).toBe('/people');
    expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('so it does when they lock it afterwards, after a link, and at another instance', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, path } = await linked(house);
      const owner = visitor(house);
      await owner.post(path);
      expect((await setPassword(owner)).redirectedTo).toBe('/login');
      await locked(username);
      expect((await owner.at(second).signIn(username, another)).redirectedTo).toBe('/people');
    });
  });

  test('its own mistakes are counted all the same', async () => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    await setPassword(owner);
    for (let n = 0; n < 5; n++) expect((await owner.signIn(username, 'not-this-one-11')).status).toBe(422);
    expect((await owner.signIn(username, another)).status).toBe(429);
  });

  test('devices that were known before are strangers now, those that were signed in as well', async () => {
    const { username, email } = await joinedYesterday(house);
    const known: Visitor = await alsoOn(house, username);
    const device = deviceIn(known);
    await locked(username);
    expect((await browserWith(house, device).signIn(username, 'wrong-lantern-1')).status).toBe(422);
    const owner = await holdingGrant(house, email, email);
    await setPassword(owner);
    expect((await browserWith(house, device).signIn(username, another)).status).toBe(429);
    expect((await known.signIn(username, another)).status).not.toBe(303);
    expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('a grant alone makes no known device, nor does a refused password', async () => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    await setPassword(owner, 'short');
    expect(owner.cookies.has('device')).toBe(false);
    await locked(username);
    expect((await owner.signIn(username, another)).status).toBe(429);
  });
});

describe('after sessions', () => {
  beforeAll(() => house.empty());

  test('every session ends by its next request, at both instances, remembered or not', async () => {
    await withAnother(house, {}, async (second) => {
      const { username, email } = await joinedYesterday(house);
      const owner = await holdingGrant(house, email, email);
      const open = await repeatedly(4, async (n) => {
        const who = await alsoOn(house, username, n < 2 ? { remember: 'on' } : {});
        return n % 2 ? who.at(second) : who;
      });
      for (const who of open) expect(await isIn(who)).toBe(true);
      expect((await setPassword(owner)).redirectedTo).toBe('/login');
      for (const who of open) {
        expect((await who.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
        expect(await isIn(who)).toBe(false);
      }
      expect((await visitor(second).signIn(username, another)).redirectedTo).toBe('/people');
    });
  });

  test('even one that Redis still has, or gets back, opens no page and carries nothing out', async () => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    const ann = await alsoOn(house, username);
    await ann.get('/settings/security');
    const _csrf = await ann.token();
    const key = `sess:${sidOf(ann)}`;
    const kept = (await house.stores.redis.get(key))!;
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect(await house.stores.redis.exists(key)).toBe(0);
    for (const { method, path, fields } of memberRoutes({ username, handle: 'x'.repeat(22) })) {
      await house.stores.redis.set(key, kept);
      const late = copyOf(house, ann);
      const body = method === 'post' ? encodeForm({ _csrf, ...fields }) : undefined;
      const page = await late.send(method, path, body);
      expect([path, page.status, page.redirectedTo?.split('?')[0]]).toEqual([path, 303, '/login']);
      expect((await late.get('/login')).html).toContain('You&#39;ve been signed out.');
    }
  });

  test('nobody is signed in by it, and the first sign-in stands alone in the list', async () => {
    const { username, email } = await joinedYesterday(house);
    await repeatedly(2, () => alsoOn(house, username));
    const owner = await holdingGrant(house, email, email);
    await setPassword(owner);
    expect(await isIn(owner)).toBe(false);
    expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
    expect(await sessionsSeenBy(owner)).toEqual([expect.objectContaining({ isThisOne: true })]);
  });

  test('the old password is worthless by every name', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    await setPassword(await holdingGrant(house, email, email));
    for (const identifier of [username, email, phone])
      expect((await visitor(house).signIn(identifier, password)).status).toBe(422);
  });

  test('a sign-in that had checked the old password already does not survive', async () => {
    const { username, email, password } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    const thief = visitor(house);
    await thief.token();
    await whileEventsWait(house, 'signed_in_new_device', async ({ waiting, open }) => {
      const late = thief.signIn(username, password);
      await waiting();
      expect((await setPassword(owner)).redirectedTo).toBe('/login');
      await open();
      // It was right when it was checked; the session that it gets is dead at its first request.
      expect((await late).redirectedTo).toBe('/people');
    });
    expect(await isIn(thief)).toBe(false);
    // Nor has it made a known device of the thief's.
    await strangersFail(house, username);
    expect((await browserWith(house, deviceIn(thief)).signIn(username, another)).status).toBe(429);
  });
});

describe('after pending', () => {
  beforeAll(() => house.empty());

  /** How many statements of this house's database wait for a lock. */
  const waitingHere = async (): Promise<number> => {
    const rows = await house.stores.sql(
      `SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE NOT l.granted AND a.datname = current_database()`,
    );
    return rows.length;
  };

  test('codes that wait in other sessions are wrong from then on, and look like any wrong code', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    const held = [
      await holdingCode(house, email, email),
      await holdingCode(house, username, email),
      await holdingCode(house, phone, phone),
    ];
    await setPassword(await holdingGrant(house, email, email));
    for (const { who, code } of held) {
      const wrong = await typeResetCode(who, wrongCode(code));
      const right = await typeResetCode(who, code);
      expect([wrong.status, right.status]).toEqual([422, 422]);
      expect(right.html).toContain('3 tries left');
      expect((await who.get('/password/new')).redirectedTo).toBe('/password/forgot');
    }
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('a code that is asked for again in such a session opens nothing either', async () => {
    const { username, email } = await joinedYesterday(house);
    const { who } = await holdingCode(house, email, email);
    await setPassword(await holdingGrant(house, email, email));
    await settled(house);
    const before = codesTo(house, email).length;
    await who.get('/password/code');
    expect((await who.post('/password/code/resend')).redirectedTo).toBe('/password/code');
    await settled(house);
    // Its owner is not bothered with a code that would be refused.
    expect(codesTo(house, email)).toHaveLength(before);
    expect(await grantsFor(house, username)).toBe(0);
  });

  test('grants in other sessions are gone by their next request, whatever it is', async () => {
    const { username, email } = await joinedYesterday(house);
    const looks = await holdingGrant(house, email, email);
    const errs = await holdingGrant(house, email, email);
    const sets = await holdingGrant(house, username, email);
    await setPassword(await holdingGrant(house, email, email));
    expect((await setPassword(sets, 'harbour-violin-58')).redirectedTo).toBe('/password/forgot');
    expect((await sets.get('/password/forgot')).html).toContain(
      'password or contacts have changed in the meantime.',
    );
    expect((await looks.get('/password/new')).redirectedTo).toBe('/password/forgot');
    expect((await setPassword(errs, 'short')).redirectedTo).toBe('/password/forgot');
    expect(await grantsFor(house, username)).toBe(0);
    expect((await visitor(house).signIn(username, another)).redirectedTo).toBe('/people');
  });

  test('a run that is being begun at that very moment opens nothing either', async () => {
    const { username, email } = await joinedYesterday(house);
    const owner = await holdingGrant(house, email, email);
    const who = visitor(house);
    await who.token();
    const code = await codeAfter(house, email, async () => {
      const asked: Promise<Page>[] = [];
      // It has looked up the account, and waits with what it found, while the password is set.
      await whileLocked(house, 'DestinationBudget', async () => {
        asked.push(forgot(who, email));
        await eventually(async () => (await waitingHere()) > 0, 'the run at the lock');
        expect((await setPassword(owner)).redirectedTo).toBe('/login');
      });
      expect((await asked[0])?.redirectedTo).toBe('/password/code');
    });
    expect((await typeResetCode(who, code)).html).toContain('4 tries left');
    expect(await grantsFor(house, username)).toBe(0);
  });
});

describe('after notice', () => {
  const house = house4;
  beforeAll(async () => {
    await house.empty();
  });

  afterEach(() => {
    house.outbox.failure = null;
  });

  const onMac = (): Visitor => {
    const who = visitor(house);
    who.headers = { 'User-Agent': userAgents['Safari on Mac'] };
    return who;
  };
  /** What has been sent to somebody about a new password. */
  const noticesTo = async (to: string): Promise<CapturedMessage[]> => {
    await settled(house);
    return house.outbox
      .to(to)
      .filter(({ text }) => /password for .* was changed|new password for/.test(text));
  };
  /** Everything that is said in a message, without the name that may hold anything. */
  const wordsOf = ({ subject, text, html }: CapturedMessage, username: string): string[] =>
    [subject ?? '', text, html?.split('<body>')[1] ?? ''].map((part) => part.replaceAll(username, 'NAME'));

  test('every verified contact is told when, from what kind of device, and what to do', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    const who = await holdingGrant(house, email, email, onMac());
    house.clock.set('2027-03-04T05:06:07.000Z');
    const late = await holdingGrant(house, email, email, who);
    expect((await setPassword(late)).redirectedTo).toBe('/login');
    const [mail, ...moreMail] = await noticesTo(email);
    const [text, ...moreTexts] = await noticesTo(phone);
    expect([moreMail, moreTexts]).toEqual([[], []]);
    expect(mail?.subject).toBe('Your ChatLink password was changed');
    expect(text?.channel).toBe('sms');
    for (const said of [mail?.text, mail?.html, text?.text]) {
      expect(said).toContain('4 Mar 2027, 05:06 UTC');
      expect(said).toContain(username);
      expect(said).toContain('http://chatlink.test/password/forgot');
      expect(said).toContain('Safari on Mac');
    }
  });

  test('no code, no token and no password is in it, whichever way the reset went', async () => {
    const byCode = await joinedYesterday(house);
    await setPassword(await holdingGrant(house, byCode.email, byCode.email));
    const byLink = await linked(house);
    const owner = visitor(house);
    await owner.post(byLink.path);
    await setPassword(owner);
    for (const { username, email, password } of [byCode, byLink]) {
      const [mail, ...more] = await noticesTo(email);
      expect(more).toEqual([]);
      for (const words of wordsOf(mail!, username)) {
        expect(words).not.toMatch(/(?<!\d)\d{6}(?!\d)|\/password\/link/);
        expect(words).not.toMatch(/[\w-]{32,}/);
        expect([words.includes(another), words.includes(password)]).toEqual([false, false]);
      }
    }
  });

  test('an unverified number is not told', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone, verified: false });
    await setPassword(await holdingGrant(house, email, email));
    expect(await noticesTo(email)).toHaveLength(1);
    expect(house.outbox.to(phone)).toEqual([]);
  });

  test('somebody who has only a phone is told by text', async () => {
    const mobile = newMobile();
    const { username } = await joinedYesterday(house, byMobile(mobile));
    await setPassword(await holdingGrant(house, username, mobile));
    expect(await noticesTo(mobile)).toHaveLength(1);
  });

  test('a mailbox that refuses the email does not keep the text from leaving', async () => {
    const { username, email } = await joinedYesterday(house);
    const phone = newMobile();
    await alsoReachedBy(house, username, { phone });
    const who = await holdingGrant(house, email, email);
    house.outbox.failure = (to) => (to === email ? new Error('connect ECONNREFUSED') : null);
    await setPassword(who);
    expect([(await noticesTo(phone)).length, (await noticesTo(email)).length]).toEqual([1, 0]);
  });

  test('with two instances at work it is told once', async () => {
    await withAnother(house, { jobs: true }, async (second) => {
      const { email } = await joinedYesterday(house);
      const who = await holdingGrant(house, email, email);
      await setPassword(who.at(second));
      expect(await noticesTo(email)).toHaveLength(1);
    });
  });

  test('a refused new password tells nobody', async () => {
    const { email, password } = await joinedYesterday(house);
    const who = await holdingGrant(house, email, email);
    for (const refused of ['short', 'password123', password]) await setPassword(who, refused);
    expect(await noticesTo(email)).toEqual([]);
  });
});
