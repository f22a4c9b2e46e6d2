import { expect, test } from '@jest/globals';
import { days, later, minutes } from '../../../src/kernel/clock.ts';
import { changeEmail, changeMobile, contactsOf, undoIn } from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile, withoutChance } from '../../support/joining.ts';
import { leave, leaver, member, rowOf, timesOf } from '../../support/leaving.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { elsewhere } from '../../support/speaking.ts';
import { jpegOf } from '../../support/pictures.ts';
import { settled, shownIn, upload } from '../../support/uploading.ts';
import { faultsIn, newPerson, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('the right password closes the account, and says until when it can be had back', async () => {
  const { ann, username } = await member(house);
  const page = await leave(ann);
  expect([page.status, page.redirectedTo]).toEqual([303, '/']);
  expect(textOf((await ann.get('/')).html)).toContain(
    'Your account is closed, and nobody sees it any more. Changed your mind? Sign in before 29 Jun 2026, 12:00 UTC',
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
    { currentPassword: 'This is not your password.' },
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
  expect(textOf(page.html)).toContain('There were too many tries. Please wait 1 minute.');
  house.clock.pass(minutes(1) - 1);
  expect((await leave(ann)).status).toBe(429);
  house.clock.pass(1);
  expect((await leave(ann)).redirectedTo).toBe('/');
  expect((await rowOf(house, username))?.securityVersion).toBe(1);
});

test('it takes a form of ours, sent by post', async () => {
  const { ann, username } = await member(house);
  const page = await ann.get('/settings/account/delete');
  expect([page.status, page.header('allow')]).toEqual([405, 'POST']);
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
  expect((await house.outbox.next(email)).subject).toBe('Your ChatLink account will be deleted');
  expect(house.outbox.to(email)).toHaveLength(2);
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
  const letter = await house.outbox.next(email);
  const until = later((await rowOf(house, username))!.leavingAt!, days(14));
  const day = `${until.getUTCDate()} Jun 2026, 12:01 UTC`;
  expect(letter.subject).toBe('Your ChatLink account will be deleted');
  expect(letter.text).toContain(`the account ${username} to be deleted`);
  expect(letter.text).toContain('Firefox on Windows');
  expect(letter.text).toContain(`On ${day} it goes for good`);
  expect(letter.text).toContain('http://chatlink.test/login');
  expect(letter.html).toContain('http://chatlink.test/login');
  const text = await house.outbox.next(mobile);
  expect(text.text).toContain(`${username} will be deleted on ${day}`);
});

test('somebody with a number only hears of it by text', async () => {
  const mobile = newMobile();
  await leaver(house, byMobile(mobile));
  expect((await house.outbox.next(mobile)).text).toMatch(/^ChatLink: ann_\w+ will be deleted on/);
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
    withoutChance(html)
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

test('codes of before are worthless', async () => {
  const { ann, username, email } = await member(house);
  const forgetful = visitor(house);
  await forgetful.post('/password/forgot', { identifier: username });
  const code = await house.outbox.nextCode(email);
  await leave(ann);
  expect((await forgetful.post('/password/code', { code })).status).toBe(422);
  expect((await rowOf(house, username))?.purgeAt).not.toBeNull();
});

test('whoever took an account over cannot close it for good: the way back of the old contact still leads back', async () => {
  const { ann, username, email } = await member(house);
  const thiefs = await changeEmail(house, ann);
  const undo = await undoIn(house, email);
  await ann.get('/settings/account');
  await leave(ann);
  expect((await house.outbox.next(thiefs)).subject).toBe('Your ChatLink account will be deleted');
  const owner = visitor(house);
  await owner.get(undo);
  expect((await owner.post(undo)).redirectedTo).toBe('/password/forgot');
  expect(await contactsOf(house, username)).toMatchObject({ email });
  await house.outbox.next(email);
  await granted(house, email, email, owner);
  expect((await setPassword(owner)).redirectedTo).toBe('/login');
  expect((await owner.signIn(username, another)).redirectedTo).toBe('/profile');
  expect((await rowOf(house, username))?.purgeAt).toBeNull();
});
