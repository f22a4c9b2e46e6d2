import { beforeEach, expect, test } from '@jest/globals';
import { days, seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { byMobile } from '../../support/joining.ts';
import { joinedYesterday } from '../../support/resetting.ts';
import { sideBySide } from '../../support/side-by-side.ts';

const house = await houseOfThisFile();

// The masks of a known and an unknown one look alike: first letter and domain, or country and last two digits.
const email = 'known.face@example.com';
await joinedYesterday(house, { email, username: 'known_face' });
const phone = '+4915123111178';
await joinedYesterday(house, { ...byMobile(phone), username: 'phoned_face' });
/** Whatever one test spent is a day old in the next. */
beforeEach(() => house.clock.pass(days(1)));

const pairs = [
  ['an email address', email, 'knows.folk@example.com'],
  ['a mobile number', phone, '+4915123222278'],
  ['a username', 'known_face', 'other_face'],
  ['the username of somebody without an email address', 'phoned_face', 'another_one'],
  ['a number without its country', '015123111178', '015123222278'],
  ['a number in brackets and dashes', '(0151) 2311-1178', '(0151) 2322-2278'],
] as const;

test.each(pairs)('%s: to the end of all tries, all looks the same', async (_, known, unknown) => {
  const walk = sideBySide(house, [known, unknown]);
  await walk.form();
  await walk.look();
  await walk.code('12');
  await walk.code('000000');
  for (let n = 0; n < 2; n++) {
    await walk.resend();
    await walk.look();
  }
  for (const wait of [60, 120, 300]) {
    await walk.resend();
    house.clock.pass(seconds(wait) - 1);
    await walk.resend();
    house.clock.pass(1);
    await walk.resend();
    await walk.look();
  }
  for (let n = 0; n < 4; n++) await walk.code('000000');
  await walk.get('/password/code');
  await walk.get('/password/code/status');
  await walk.get('/password/forgot');
  await walk.get('/password/new');
  await walk.form();
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).toEqual(ofUnknown);
  // The walk came by everything that a stranger can meet.
  expect(new Set(ofUnknown?.map(({ status }) => status))).toEqual(new Set([303, 200, 422, 429, 404]));
});

test.each(pairs)('%s: as time goes by, all looks the same', async (_, known, unknown) => {
  const walk = sideBySide(house, [known, unknown]);
  await walk.form();
  for (const passes of [30, 29.999, 0.001, 539.999, 0.001]) {
    house.clock.pass(seconds(passes));
    await walk.look();
  }
  await walk.code('000000');
  await walk.resend();
  await walk.look();
  house.clock.pass(seconds(1_199.999));
  await walk.look();
  house.clock.pass(1);
  await walk.code('000000');
  await walk.get('/password/forgot');
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).toEqual(ofUnknown);
  expect(ofUnknown?.at(-1)?.html).toContain('This code has run out.');
});

test('the two are told apart by what belongs to each: the search would find a difference', async () => {
  const walk = sideBySide(house, [email, 'zoe@example.com']);
  await walk.form();
  await walk.look();
  const [ofKnown, ofUnknown] = walk.seen();
  expect(ofKnown).not.toEqual(ofUnknown);
});
