import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { byMobile, newMobile } from '../../support/joining.ts';
import { leave, leaver, member, rowOf, timesOf } from '../../support/leaving.ts';
import { statuses, together } from '../../support/many.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { edit } from '../../support/editing.ts';
import { textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const welcome = 'Welcome back! Your account was going to be deleted on';

test('signing in a millisecond before the end keeps the account, as it was', async () => {
  const { ann, username, password } = await member(house);
  await edit(ann, { displayName: 'Lena', bio: 'Still here.' });
  await ann.get('/settings/account');
  await leave(ann);
  house.clock.pass(days(14) - 1);
  const back = visitor(house);
  const page = await back.signIn(username, password);
  expect([page.status, page.redirectedTo]).toEqual([303, '/profile']);
  const profile = textOf((await back.get('/profile')).html);
  expect(profile).toContain(welcome);
  expect(profile).toContain('Still here.');
  expect(textOf((await back.get('/profile')).html)).not.toContain(welcome);
  expect(await rowOf(house, username)).toMatchObject({ leavingAt: null, purgeAt: null, securityVersion: 1 });
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
  expect((await visitor(house).signIn(username, password)).redirectedTo).toBe('/profile');
  expect(await timesOf(house, username, 'leaving_cancelled')).toBe(2);
});

test('the address or the number brings it back as well, and the page that was wanted follows', async () => {
  const mobile = newMobile();
  const byNumber = await leaver(house, byMobile(mobile));
  expect((await visitor(house).signIn(mobile, byNumber.password)).redirectedTo).toBe('/profile');
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
  expect((await owner.signIn(username, another)).redirectedTo).toBe('/profile');
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
