import { expect, test } from '@jest/globals';
import { right, wrong } from '../../support/devices.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { joining, typeCode } from '../../support/joining.ts';
import { another } from '../../support/recovering.ts';
import { eventsOf, settled } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a row holds no address, no name, no password and no code', async () => {
  const who = visitor(house, { ip: '203.0.113.77' });
  who.headers = { 'User-Agent': `${userAgents['Firefox on Linux']} secret-part` };
  const { ann, person, code } = await joining(house, {}, who);
  await typeCode(ann, code);
  const username = String(person.username);
  await visitor(house, { ip: '2001:db8:1234:5678::9' }).signIn(String(person.email), wrong);
  await ann.post('/settings/password', {
    currentPassword: wrong,
    password: another,
    passwordConfirmation: another,
  });
  await ann.post('/settings/password', {
    currentPassword: right,
    password: another,
    passwordConfirmation: another,
  });
  await settled(house);

  const rows = await eventsOf(house, username);
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual([
    'joined',
    'password_changed',
    'password_confirmed',
    'signed_in',
  ]);
  const jobs = await house.stores.redis.keys('bull:security:*-*');
  expect(jobs.length).toBeGreaterThan(2);
  const queued = await Promise.all(jobs.map((key) => house.stores.redis.hget(key, 'data').catch(() => '')));
  const text = JSON.stringify([rows, queued]);
  const secrets = [
    '203.0.113',
    '2001:db8',
    '1234:5678',
    code,
    right,
    wrong,
    another,
    username,
    'secret-part',
    'argon2',
    'Mozilla',
  ];
  for (const secret of [...secrets, String(person.email)]) expect(text).not.toContain(secret);
  for (const { network, device } of rows) {
    expect(network).toMatch(/^[\w-]{22}$/);
    expect(['Firefox on Linux', 'an unknown device']).toContain(device);
  }
});
