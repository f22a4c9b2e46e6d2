import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import { cookieLines, deviceIn, right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { another, granted, setPassword } from '../../support/recovering.ts';
import { type Page, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const givesCookie = (page: Page): void => {
  const lines = cookieLines(page, 'device');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^device=[0-9a-z]{1,6}\.[\w-]{22}\.[\w-]{43}; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  expect(15_552_000).toBe(days(180) / 1000);
};

test('joining makes the browser a known device', async () => {
  const { ann, code } = await joining(house);
  const page = await typeCode(ann, code);
  expect(page.redirectedTo).toBe('/profile');
  givesCookie(page);
});

test('so does signing in', async () => {
  const { username } = await visitor(house).signUp();
  givesCookie(await visitor(house).signIn(username, right));
});

test('and so does a new password by a code, since whoever typed it reads the owner’s messages', async () => {
  const { username, email } = await visitor(house).signUp();
  const ann = await granted(house, username, email);
  expect(ann.cookies.has('device')).toBe(false);
  givesCookie(await setPassword(ann, another));
});

test('nothing less does: no page, no wrong password, no code that is still to be typed, no right code', async () => {
  const { username, email } = await visitor(house).signUp();
  const eve = visitor(house);
  await eve.get('/');
  await eve.signIn(username, wrong);
  await eve.startSignUp();
  await granted(house, username, email, eve);
  expect([...eve.cookies.keys()]).toEqual(['sid']);
});

test('the cookie holds nothing of the person, plain or encoded', async () => {
  const ann = visitor(house);
  const { username, email } = await ann.signUp();
  const [{ id } = { id: '' }] = await house.stores.sql<{ id: string }>(
    'SELECT "id" FROM "User" WHERE "username" = $1',
    [username],
  );
  const cookie = deviceIn(ann);
  const readings = [cookie, decodeURIComponent(cookie)].flatMap((text) => [
    text,
    ...text
      .split(/[.~]/)
      .flatMap((part) => [
        Buffer.from(part, 'base64').toString('latin1'),
        Buffer.from(part, 'base64').toString('hex'),
      ]),
  ]);
  for (const reading of readings)
    for (const secret of [id, id.replaceAll('-', ''), username, email])
      expect(reading.toLowerCase()).not.toContain(secret.toLowerCase());
});

test('it stays when its person signs out, and every sign-in renews it', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const first = deviceIn(ann);
  await ann.post('/logout');
  expect(deviceIn(ann)).toBe(first);
  house.clock.pass(days(1));
  givesCookie(await ann.signIn(username, right));
  const [before, after] = [first.split('.'), deviceIn(ann).split('.')];
  expect(Number.parseInt(after[0]!, 36) - Number.parseInt(before[0]!, 36)).toBe(1);
  expect(after[1]).toBe(before[1]);
});
