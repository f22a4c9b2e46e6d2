import { expect, test } from '@jest/globals';
import { days } from '../../../src/kernel/clock.ts';
import {
  browserWith,
  cookieLines,
  deviceIn,
  isKnown,
  member,
  right,
  strangersFail,
} from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { statuses } from '../../support/many.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const { username, device } = await member(house);
const [day = '', name = '', mac = ''] = device.split('.');
await strangersFail(house, username);

function flipped(text: string): string {
  return text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
}

test('the cookie as it was given opens its own lane', async () => {
  expect((await browserWith(house, device).signIn(username, right)).redirectedTo).toBe('/people');
});

test.each([
  ['a changed MAC', `${day}.${name}.${flipped(mac)}`],
  ['a changed name', `${day}.${flipped(name)}.${mac}`],
  ['a later day', `${(Number.parseInt(day, 36) + 1).toString(36)}.${name}.${mac}`],
  ['no end', device.slice(0, -1)],
  ['no beginning', device.slice(1)],
  ['half of it', device.slice(0, 30)],
  ['another case', device.toUpperCase()],
  ['quotes', `"${device}"`],
  ['empty places before it', `~~~~~${device}`],
  ['ten thousand characters', 'x'.repeat(10_000)],
  ['ten thousand that begin right', device.slice(0, 60).padEnd(10_000, 'x')],
  [
    'a hundred forged entries',
    Array(100)
      .fill(`${day}.${name}.${flipped(mac)}`)
      .join('~'),
  ],
  ['nothing', ''],
  ['noise', '%00%F0%9F%92%A5'],
  ['half an escape', '%E0%A4%A'],
  ['what every object has', '__proto__'],
])('a cookie with %s is no device, and no error', async (_, forged) => {
  const page = await browserWith(house, forged).signIn(username, right);
  expect([page.status, cookieLines(page, 'device')]).toEqual([429, []]);
});

test('a second cookie of the name, planted before it, makes it a stranger again', async () => {
  const planted = visitor(house);
  planted.cookies.set('device', `planted; device=${device}`);
  expect((await planted.signIn(username, right)).status).toBe(429);
});

test('twice the same device in one cookie is one device', async () => {
  expect(await isKnown(house, `${device}~${device}`, username)).toBe(true);
});

test('whoever comes with nonsense and the right password gets a cookie without it', async () => {
  const ben = await member(house);
  for (const nonsense of ['x'.repeat(10_000), `~~~${'y'.repeat(90)}~<b>`, '%E0%A4%A']) {
    const who = browserWith(house, nonsense);
    expect((await who.signIn(ben.username, right)).redirectedTo).toBe('/people');
    expect(deviceIn(who)).toMatch(/^[0-9a-z]{1,6}\.[\w-]{22}\.[\w-]{43}$/);
  }
});

test('it is known for 180 days', async () => {
  const ann = await member(house);
  const late = await member(house);
  house.clock.pass(days(179));
  expect(await isKnown(house, ann.device, ann.username)).toBe(true);
  house.clock.pass(days(1));
  expect(await isKnown(house, late.device, late.username)).toBe(false);
  // Then it is like any stranger's, which the right password makes known again.
  house.clock.pass(days(1));
  const who = browserWith(house, late.device);
  expect(statuses([await who.signIn(late.username, right)])).toEqual({ 303: 1 });
  expect(await isKnown(house, deviceIn(who), late.username)).toBe(true);
});
