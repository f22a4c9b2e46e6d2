import { expect, test } from '@jest/globals';
import { createDevices } from '../../../../../src/features/auth/devices/devices.ts';
import { days, later } from '../../../../../src/kernel/clock.ts';
import { systemRandom } from '../../../../../src/kernel/ids.ts';
import { deriveHmac } from '../../../../../src/platform/keys.ts';

const devices = createDevices(deriveHmac('a secret of this site', 'device'), systemRandom);
const morning = new Date('2026-06-15T00:00:00.000Z');
const ann = { id: '01978a00-0000-7000-8000-00000000000a', securityVersion: 0 };
const ben = { id: '01978a00-0000-7000-8000-00000000000b', securityVersion: 0 };
const people = Array.from({ length: 6 }, (_, n) => ({
  ...ann,
  id: `01978a00-0000-7000-8000-00000000001${n}`,
}));

function knows(cookie: string, account: typeof ann | null, now = morning): boolean {
  return devices.recognise(cookie, account, now) !== null;
}

test('a device is known to the account that it signed in to, and to no other', () => {
  const cookie = devices.remember('', ann, morning);
  expect(knows(cookie, ann)).toBe(true);
  expect(knows(cookie, ben)).toBe(false);
  expect(knows(cookie, null)).toBe(false);
  expect(knows('', ann)).toBe(false);
});

test('nobody’s account is known nowhere, not even by a cookie that was made for it', () => {
  const cookie = devices.remember('', { id: 'nobody', securityVersion: 0 }, morning);
  expect(knows(cookie, null)).toBe(false);
});

test('under another security version it is a stranger', () => {
  const cookie = devices.remember('', ann, morning);
  for (const securityVersion of [1, -1, 10]) expect(knows(cookie, { ...ann, securityVersion })).toBe(false);
});

test('a cookie of another site’s secret, or sealed for another purpose, is worthless', () => {
  for (const hmac of [deriveHmac('another secret', 'device'), deriveHmac('a secret of this site', 'network')])
    expect(knows(createDevices(hmac, systemRandom).remember('', ann, morning), ann)).toBe(false);
});

test('two devices of one person are told apart, and one keeps its name when it signs in again', () => {
  const [one, two] = [devices.remember('', ann, morning), devices.remember('', ann, morning)];
  const name = devices.recognise(one, ann, morning);
  expect(name).not.toBe(devices.recognise(two, ann, morning));
  const again = devices.remember(one, ann, later(morning, days(100)));
  expect(devices.recognise(again, ann, later(morning, days(100)))).toBe(name);
});

test('it is known for 180 days from its last sign-in, counted by days', () => {
  const cookie = devices.remember('', ann, morning);
  expect(knows(cookie, ann, later(morning, days(180) - 1))).toBe(true);
  expect(knows(cookie, ann, later(morning, days(180)))).toBe(false);
  const renewed = devices.remember(cookie, ann, later(morning, days(179)));
  expect(knows(renewed, ann, later(morning, days(359) - 1))).toBe(true);
  expect(knows(renewed, ann, later(morning, days(359)))).toBe(false);
});

test('five accounts fit; the sixth pushes out the one whose sign-in is longest ago', () => {
  const [first, second, ...rest] = people as [typeof ann, typeof ann, ...(typeof ann)[]];
  const five = [first, second, ...rest.slice(0, 3)];
  let cookie = five.reduce((held, account) => devices.remember(held, account, morning), '');
  expect(five.map((account) => knows(cookie, account))).toEqual([true, true, true, true, true]);
  // The first signs in once more, so the second is the oldest now.
  cookie = devices.remember(devices.remember(cookie, first, morning), people[5]!, morning);
  expect(people.map((account) => knows(cookie, account))).toEqual([true, false, true, true, true, true]);
  expect(cookie.split('~')).toHaveLength(5);
});

test('what is counted for a device does not say what its cookie holds', () => {
  const cookie = devices.remember('', ann, morning);
  expect(cookie).not.toContain(devices.recognise(cookie, ann, morning));
  for (const part of [cookie, ...cookie.split('.').map((text) => Buffer.from(text, 'base64url').toString())])
    expect(part).not.toContain(ann.id);
});

test('what is no cookie of ours is nobody’s, and costs no error', () => {
  const cookie = devices.remember('', ann, morning);
  const [day = '', name = '', mac = ''] = cookie.split('.');
  const otherName = devices.remember('', ann, morning).split('.')[1];
  for (const forged of [
    `${day}.${otherName}.${mac}`,
    `${(Number.parseInt(day, 36) + 1).toString(36)}.${name}.${mac}`,
    `${day}.${name}.${mac.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`,
    `${day}.${name}.${'A'.repeat(43)}`,
    `${day}.${name}.${mac}.`,
    ` ${cookie}`,
    cookie.slice(0, -1),
    cookie.slice(1),
    cookie.toUpperCase(),
    encodeURIComponent(`"${cookie}"`),
    `~~~~~${cookie}`,
    '~',
    '.',
    '..',
    'x'.repeat(10_000),
    `${cookie}~`.repeat(1_000).replaceAll(mac, 'A'.repeat(43)),
    '\u0000💥',
  ])
    expect([forged.slice(0, 80), knows(forged, ann)]).toEqual([forged.slice(0, 80), false]);
});

test('nonsense is not carried on into the next cookie', () => {
  const cookie = devices.remember(`${'x'.repeat(9_000)}~<b>~..`, ann, morning);
  expect(cookie).toMatch(/^[0-9a-z]{1,6}\.[\w-]{22}\.[\w-]{43}$/);
  expect(knows(cookie, ann)).toBe(true);
});
