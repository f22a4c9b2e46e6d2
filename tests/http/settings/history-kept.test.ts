import { expect, test } from '@jest/globals';
import { days, minutes } from '../../../src/kernel/clock.ts';
import { wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { alsoOn, historySeenBy, settled } from '../../support/security.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const texts = async (who: Visitor) => (await historySeenBy(who)).map(({ text }) => text);
/** Events as if they had happened, one a second from then on. */
const happened = (username: string, kind: string, outcome: string, count: number, from = house.clock.now()) =>
  house.stores.sql(
    `INSERT INTO "SecurityEvent" SELECT gen_random_uuid(), u."id", $2::"SecurityEventKind", $3::"SecurityOutcome",
       $4::timestamptz + n * interval '1 second', 'x', 'Firefox on Windows', false
     FROM "User" u, generate_series(1, $5::int) n WHERE u."username" = $1`,
    [username, kind, outcome, from.toISOString(), count],
  );

test('an act can be read for ninety days', async () => {
  const { username } = await visitor(house).signUp();
  house.clock.pass(days(90) - 1);
  const ann = await alsoOn(house, username);
  expect(await texts(ann)).toEqual(['Signed in on a new device', 'You joined ChatLink']);
  house.clock.pass(1);
  expect(await texts(ann)).toEqual(['Signed in on a new device']);
});

test('what strangers do, in whatever number, is one line a day and pushes nothing off the page', async () => {
  house.clock.set('2026-11-20T12:00:00.000Z');
  const ann = visitor(house);
  const { username } = await ann.signUp();
  house.clock.pass(days(1));
  await happened(username, 'signed_in', 'refused', 300);
  await happened(username, 'reset_asked', 'done', 200);
  await happened(username, 'reset_link_sent', 'done', 20);
  house.clock.pass(minutes(10));
  const again = await alsoOn(house, username);
  expect(await texts(again)).toEqual([
    'Signed in on a new device',
    'Refused Sign-in with a wrong password 300 times that day',
    'A code for a new password was asked for 200 times that day',
    'A link for a new password was sent to you 20 times that day',
    'You joined ChatLink',
  ]);
});

test('a day begins at midnight UTC', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  house.clock.set('2026-12-01T23:59:59.999Z');
  await alsoOn(house, username);
  await visitor(house).signIn(username, wrong);
  await settled(house);
  house.clock.pass(1);
  await visitor(house).signIn(username, wrong);
  await settled(house);
  const seen = await historySeenBy(await alsoOn(house, username));
  expect(seen.filter(({ text }) => text.startsWith('Refused')).map(({ text, when }) => [text, when])).toEqual(
    [
      ['Refused Sign-in with a wrong password', '2 Dec 2026, 00:00 UTC'],
      ['Refused Sign-in with a wrong password', '1 Dec 2026, 23:59 UTC'],
    ],
  );
});

test('of the own acts the fifty newest are told', async () => {
  const { username } = await visitor(house).signUp();
  await happened(username, 'signed_out', 'done', 60);
  house.clock.pass(minutes(2));
  const ann = await alsoOn(house, username);
  expect(await texts(ann)).toEqual(['Signed in on a new device', ...Array<string>(49).fill('Signed out')]);
});

test('a refused sign-in of nobody is nobody’s history', async () => {
  const before = await house.stores.sql('SELECT FROM "SecurityEvent"');
  for (const identifier of ['nobody_at_all', 'nobody@example.com', '+4915120000007', '???'])
    await visitor(house).signIn(identifier, wrong);
  await settled(house);
  expect(await house.stores.sql('SELECT FROM "SecurityEvent"')).toHaveLength(before.length);
});
