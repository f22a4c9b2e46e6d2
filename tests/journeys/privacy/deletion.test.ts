import { beforeAll, describe, expect, test } from '@jest/globals';
import { days, later, minutes } from '../../../src/kernel/clock.ts';
import { changeEmail, changeMobile, contactsOf, undoIn } from '../../support/contacts.ts';
import { edit } from '../../support/editing.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, withoutRandom } from '../../support/joining.ts';
import { leave, leaver, member, rowOf, timesOf } from '../../support/deletion.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { jpegOf } from '../../support/pictures.ts';
import { another, forgot, granted, recovering, setPassword } from '../../support/recovering.ts';
import { elsewhere } from '../../support/speaking.ts';
import { settled, shownIn, upload } from '../../support/uploading.ts';
import { faultsIn, newPerson, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

describe('leave', () => {
  beforeAll(() => house.empty());

  test('the right password closes the account, and says until when it can be had back', async () => {
    const { ann, username } = await member(house);
    const page = await leave(ann);
    expect([page.status, page.redirectedTo]).toEqual([303, '/']);
    expect(textOf((await ann.get('/')).html)).toContain(
      'Your account is scheduled for deletion, and nobody can see it any more. Changed your mind? Sign in before 29 Jun 2026, 12:00 UTC',
    );
    const now = house.clock.now();
    expect(await rowOf(house, username)).toMatchObject({
      leavingAt: now,
      purgeAt: later(now, days(14)),
      securityVersion: 1,
    });
    expect(await timesOf(house, username, 'leaving_asked')).toBe(1);
    expect((await ann.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  });

  test('a wrong password, none, or a field too many closes nothing', async () => {
    const { ann, username } = await member(house);
    const wrong = await leave(ann, 'not my password');
    expect([wrong.status, faultsIn(wrong.html)]).toEqual([
      422,
      { currentPassword: "That's not your password." },
    ]);
    expect(wrong.html).not.toContain('not my password');
    const empty = await leave(ann, '');
    expect([empty.status, faultsIn(empty.html)]).toEqual([422, { currentPassword: 'Enter your password.' }]);
    const more = { currentPassword: 'lantern-tandem-42', username: 'somebody' };
    expect((await ann.post('/settings/account/delete', more)).status).toBe(400);
    const twice = { currentPassword: ['lantern-tandem-42', 'lantern-tandem-42'] };
    expect((await ann.post('/settings/account/delete', twice)).status).toBe(400);
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
    expect((await ann.get('/settings/account')).status).toBe(200);
  });

  test('guessing the password in a stolen session is throttled', async () => {
    const { ann, username } = await member(house);
    expect(statuses(await repeatedly(5, () => leave(ann, 'a guess')))).toEqual({ 422: 5 });
    const page = await leave(ann);
    expect([page.status, page.header('retry-after')]).toEqual([429, '60']);
    expect(textOf(page.html)).toContain('Too many tries. Please wait 1 minute, then try again.');
    house.clock.pass(minutes(1) - 1);
    expect((await leave(ann)).status).toBe(429);
    house.clock.pass(1);
    expect((await leave(ann)).redirectedTo).toBe('/');
    expect((await rowOf(house, username))?.securityVersion).toBe(1);
  });

  test('ten times a day, whoever comes back in between', async () => {
    const { ann, username, password } = await member(house);
    const inAgain = async () => expect((await ann.signIn(username, password)).redirectedTo).toBe('/people');
    for (let n = 0; n < 10; n++) {
      expect((await leave(ann)).redirectedTo).toBe('/');
      await inAgain();
    }
    const page = await leave(ann);
    expect([page.status, page.header('retry-after')]).toEqual([429, String(days(1) / 1000)]);
    expect(textOf(page.html)).toContain("You've closed this account several times today.");
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
    house.clock.pass(days(1) - 1);
    await inAgain();
    expect((await leave(ann)).status).toBe(429);
    house.clock.pass(1);
    expect((await leave(ann)).redirectedTo).toBe('/');
  });

  test('it takes a form of ours, sent by post', async () => {
    const { ann, username } = await member(house);
    const page = await ann.get('/settings/account/delete');
    expect([page.status, page.redirectedTo]).toEqual([303, '/settings/account']);
    const forged = await ann.send('post', '/settings/account/delete', 'currentPassword=lantern-tandem-42');
    expect(forged.status).toBe(403);
    ann.headers['Sec-Fetch-Site'] = 'cross-site';
    expect((await leave(ann)).status).toBe(403);
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });

  test('visitors are sent to sign in', async () => {
    const eve = visitor(house);
    expect((await eve.get('/settings/account')).redirectedTo).toBe('/login?next=%2Fsettings%2Faccount');
    expect((await leave(eve)).redirectedTo).toBe('/login?next=%2Fsettings%2Faccount&why=signed-out');
  });

  test('every other session ends with it, at another instance too', async () => {
    const someone = await member(house);
    const phone = await elsewhere(house, someone);
    await leave(someone.ann);
    await withAnother(house, {}, async (other) => {
      phone.at(other);
      for (const path of ['/profile', '/settings/profile', '/settings/security', '/settings/account'])
        expect((await phone.get(path)).redirectedTo).toMatch(/^\/login/);
    });
    expect(await house.stores.redis.exists(`sessions-of:${(await rowOf(house, someone.username))!.id}`)).toBe(
      0,
    );
  });

  test('fifty presses at once close it once', async () => {
    const { ann, username, email } = await member(house);
    const pages = await together(50, () => leave(ann));
    expect(pages.filter((page) => page.redirectedTo === '/')).toHaveLength(1);
    for (const page of pages) expect([303, 403, 429]).toContain(page.status);
    expect((await rowOf(house, username))?.securityVersion).toBe(1);
    expect(await timesOf(house, username, 'leaving_asked')).toBe(1);
    expect((await house.outbox.next(email)).subject).toBe('Your ChatLink account is scheduled for deletion');
    expect(house.outbox.to(email)).toHaveLength(1);
  });

  test('two sessions at two instances close it once', async () => {
    const someone = await member(house);
    const phone = await elsewhere(house, someone);
    await withAnother(house, {}, async (other) => {
      await Promise.all([leave(someone.ann), leave(phone.at(other))]);
    });
    expect((await rowOf(house, someone.username))?.securityVersion).toBe(1);
    expect(await timesOf(house, someone.username, 'leaving_asked')).toBe(1);
  });

  test('every verified contact hears of it: what, from where, and how to come back', async () => {
    const { ann, username, email } = await member(house);
    ann.headers['User-Agent'] =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const mobile = await changeMobile(house, ann);
    await house.outbox.next(email);
    await ann.get('/settings/account');
    await leave(ann);
    const mail = await house.outbox.next(email);
    const until = later((await rowOf(house, username))!.leavingAt!, days(14));
    const day = `${until.getUTCDate()} Jun 2026, 12:01 UTC`;
    expect(mail.subject).toBe('Your ChatLink account is scheduled for deletion');
    expect(mail.text).toContain(`asked us to delete the account ${username}:`);
    expect(mail.text).toContain('Firefox on Windows');
    expect(mail.text).toContain(`On ${day}, it'll be deleted permanently`);
    expect(mail.text).toContain('http://chatlink.test/login');
    expect(mail.html).toContain('http://chatlink.test/login');
    const text = await house.outbox.next(mobile);
    expect(text.text).toContain(`${username} will be deleted on ${day}`);
  });

  test('somebody with a number only hears of it by text', async () => {
    const mobile = newMobile();
    await leaver(house, byMobile(mobile));
    expect((await house.outbox.next(mobile)).text).toMatch(/^ChatLink account ann_\w+ will be deleted on/);
  });

  test('for others the person is gone at once, exactly like somebody who never was', async () => {
    const [{ ann, username }, { ann: ben }] = [await member(house), await member(house)];
    await upload(ann, 'avatar', await jpegOf());
    await settled(house, username);
    const path = `/people/${username}`;
    const [picture] = shownIn((await ben.get(path)).html);
    expect((await ben.get(picture!)).status).toBe(200);

    await leave(ann);
    const never = String(newPerson().username);
    const [gone, unknown] = [await ben.get(path), await ben.get(`/people/${never}`)];
    expect([gone.status, unknown.status]).toEqual([404, 404]);
    const told = (html: string, name: string) =>
      withoutRandom(html)
        .replaceAll(name, 'NAME')
        .replace(/[0-9a-f-]{36}/g, 'ID');
    expect(told(gone.html, username)).toBe(told(unknown.html, never));
    expect((await ben.get(picture!)).status).toBe(404);
    expect((await ann.get(path)).redirectedTo).toMatch(/^\/login/);
  });

  test('the username and the contacts stay taken', async () => {
    const { username, email } = await leaver(house);
    await house.outbox.next(email);
    const taken = await visitor(house).startSignUp({ username });
    expect(faultsIn(taken.page.html)).toEqual({ username: 'This username is taken. Please choose another.' });
    const { page } = await visitor(house).startSignUp({ email });
    expect(page.redirectedTo).toBe('/sign-up/code');
    expect((await house.outbox.next(email)).subject).toContain('already have');
  });

  test('a code for a new password of before stays good: it may be a thief who closes the account', async () => {
    const { ann, username, email } = await member(house);
    const forgetful = visitor(house);
    await forgetful.post('/password/forgot', { identifier: username });
    const code = await house.outbox.nextCode(email);
    await leave(ann);
    expect((await forgetful.post('/password/code', { code })).redirectedTo).toBe('/password/new');
    await setPassword(forgetful);
    expect((await rowOf(house, username))?.purgeAt).not.toBeNull();
    expect((await forgetful.signIn(username, another)).redirectedTo).toBe('/people');
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });

  test('whoever took an account over cannot close it for good: the way back of the old contact still leads back', async () => {
    const { ann, username, email } = await member(house);
    const thiefs = await changeEmail(house, ann);
    const undo = await undoIn(house, email);
    await ann.get('/settings/account');
    await leave(ann);
    expect((await house.outbox.next(thiefs)).subject).toBe('Your ChatLink account is scheduled for deletion');
    const owner = visitor(house);
    await owner.get(undo);
    expect((await owner.post(undo)).redirectedTo).toBe('/password/new');
    expect(await contactsOf(house, username)).toMatchObject({ email });
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });
});

describe('come back', () => {
  beforeAll(() => house.empty());

  const welcome = 'Welcome back! Your account would have been deleted on';

  test('signing in a millisecond before the end keeps the account, as it was', async () => {
    const { ann, username, password } = await member(house);
    await edit(ann, { displayName: 'Lena', bio: 'Still here.' });
    await ann.get('/settings/account');
    await leave(ann);
    house.clock.pass(days(14) - 1);
    const back = visitor(house);
    const page = await back.signIn(username, password);
    expect([page.status, page.redirectedTo]).toEqual([303, '/people']);
    const profile = textOf((await back.get('/profile')).html);
    expect(profile).toContain(welcome);
    expect(profile).toContain('Still here.');
    expect(textOf((await back.get('/profile')).html)).not.toContain(welcome);
    expect(await rowOf(house, username)).toMatchObject({
      leavingAt: null,
      purgeAt: null,
      securityVersion: 1,
    });
    expect(await timesOf(house, username, 'leaving_cancelled')).toBe(1);
    const { ann: ben } = await member(house);
    expect((await ben.get(`/people/${username}`)).status).toBe(200);
  });

  test('whoever came back stays beyond the old end, and may leave again', async () => {
    const { username, password } = await leaver(house);
    house.clock.pass(days(13));
    const back = visitor(house);
    await back.signIn(username, password);
    house.clock.pass(days(2));
    await back.signIn(username, password);
    await back.get('/settings/account');
    expect((await leave(back)).redirectedTo).toBe('/');
    house.clock.pass(days(14) - 1);
    expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/people');
    expect(await timesOf(house, username, 'leaving_cancelled')).toBe(2);
  });

  test('the address or the number brings it back as well, and the page that was wanted follows', async () => {
    const mobile = newMobile();
    const byNumber = await leaver(house, byMobile(mobile));
    expect((await visitor(house).signIn(mobile, byNumber.password)).redirectedTo).toBe('/people');
    const byMail = await leaver(house);
    const page = await visitor(house).signIn(byMail.email, byMail.password, { next: '/settings/security' });
    expect(page.redirectedTo).toBe('/settings/security');
    for (const { username } of [byNumber, byMail]) expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });

  test('a wrong password brings nothing back', async () => {
    const { username } = await leaver(house);
    expect((await visitor(house).signIn(username, 'another-guess')).status).toBe(422);
    expect((await rowOf(house, username))?.purgeAt).not.toBeNull();
    expect(await timesOf(house, username, 'leaving_cancelled')).toBe(0);
  });

  test('sessions of before the end was asked for stay over', async () => {
    const { ann, username, password } = await member(house);
    const cookie = ann.sessionCookie!;
    const copy = visitor(house);
    copy.cookies.set('sid', cookie);
    await leave(ann);
    await visitor(house).signIn(username, password);
    expect((await copy.get('/profile')).redirectedTo).toMatch(/^\/login/);
  });

  test('whoever forgot the password sets a new one by code, and comes back with it', async () => {
    const { username, email } = await leaver(house);
    await house.outbox.next(email);
    house.clock.pass(days(14) - 1);
    const owner = await granted(house, username, email);
    expect((await setPassword(owner)).redirectedTo).toBe('/login');
    expect((await rowOf(house, username))?.purgeAt).not.toBeNull();
    expect((await owner.signIn(username, another)).redirectedTo).toBe('/people');
    expect(textOf((await owner.get('/profile')).html)).toContain(welcome);
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });

  test('fifty sign-ins at once, at two instances, come back once', async () => {
    const { username, password } = await leaver(house);
    await withAnother(house, {}, async (other) => {
      const doors = await together(50, async (n) => {
        const who = visitor(n % 2 ? house : other);
        await who.token();
        return who;
      });
      const pages = await Promise.all(doors.map((who) => who.signIn(username, password)));
      const count = statuses(pages);
      // Whoever found five tries under way had to wait.
      expect(Object.keys(count).every((status) => ['303', '429'].includes(status))).toBe(true);
      expect(count[303]).toBeGreaterThan(0);
    });
    expect(await timesOf(house, username, 'leaving_cancelled')).toBe(1);
    expect((await rowOf(house, username))?.purgeAt).toBeNull();
  });

  test('coming back and leaving at the same moment ends in one of the two', async () => {
    const { ann, username, password } = await member(house);
    const back = visitor(house);
    await back.token();
    await Promise.all([leave(ann), back.signIn(username, password)]);
    const row = (await rowOf(house, username))!;
    const signedIn = (await back.get('/profile')).status === 200;
    expect(row.purgeAt === null).toBe(signedIn);
  });
});

describe('too late', () => {
  beforeAll(() => house.empty());

  /** Somebody whose time to come back is over in this moment. */
  const gone = async () => {
    const someone = await leaver(house);
    await house.outbox.next(someone.email);
    house.clock.pass(days(14));
    return someone;
  };

  test('after fourteen days signing in is answered exactly as for somebody who never was', async () => {
    const { username, email, password } = await gone();
    const never = newPerson() as Record<string, string>;
    const answer = async (identifier: string) => {
      const page = await visitor(house).signIn(identifier, password);
      return [page.status, withoutRandom(page.html).replaceAll(identifier, 'NAME')];
    };
    expect(await answer(username)).toEqual(await answer(never.username!));
    expect(await answer(email)).toEqual(await answer(never.email!));
    expect((await answer(username))[0]).toBe(422);
    expect(await timesOf(house, username, 'leaving_cancelled')).toBe(0);
    expect(await rowOf(house, username)).toMatchObject({ securityVersion: 1 });
  });

  test('and throttled exactly like them', async () => {
    const { username, password } = await gone();
    const never = String(newPerson().username);
    const last = async (name: string) => {
      const who = visitor(house);
      for (let n = 0; n < 5; n++) await who.signIn(name, password);
      const page = await who.signIn(name, password);
      return [page.status, page.header('retry-after'), withoutRandom(page.html).replaceAll(name, 'NAME')];
    };
    const answers = [await last(username), await last(never)];
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(429);
  });

  test('no code goes out any more, and the pages do not tell', async () => {
    const { username, email } = await gone();
    const never = newPerson() as Record<string, string>;
    const walk = async (identifier: string) => {
      const who = visitor(house);
      const page = await forgot(who, identifier);
      const code = await who.get('/password/code');
      const masked = (html: string) =>
        textOf(withoutRandom(html))
          .replaceAll(identifier, 'NAME')
          .replace(/\S+@example\.com/g, 'ADDRESS');
      return [page.status, page.redirectedTo, masked(code.html)];
    };
    expect(await walk(email)).toEqual(await walk(never.email!));
    expect(await walk(username)).toEqual(await walk(never.username!));
    // The news of leaving.
    expect(house.outbox.to(email)).toHaveLength(1);
  });

  test('a code that was sent before the end sets no password after it', async () => {
    const { username, email } = await leaver(house);
    await house.outbox.next(email);
    house.clock.pass(days(14) - minutes(1));
    const { who, code } = await recovering(house, username, email);
    house.clock.pass(minutes(1) - 1);
    const other = await granted(house, email, email);
    house.clock.pass(1);
    expect((await who.post('/password/code', { code })).status).toBe(422);
    expect((await setPassword(other, another)).redirectedTo).toBe('/password/forgot');
    expect(await rowOf(house, username)).toMatchObject({ securityVersion: 1 });
  });
});
