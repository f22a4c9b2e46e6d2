import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../../src/kernel/clock.ts';
import { askEmail, member, newEmail, typeContactCode } from '../../support/contacts.ts';
import { houseOfThisFile, withAnother } from '../../support/house.ts';
import { joining, resend, typeCode, wrongCode } from '../../support/joining.ts';
import { fillLimit } from '../../support/limits.ts';
import { repeatedly, statuses, together } from '../../support/many.ts';
import { granted, recovering, setPassword } from '../../support/recovering.ts';
import { type Page, encodeForm, textOf, visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const right = 'lantern-tandem-42';
const wrong = 'lantern-tandem-43';
function placesOf(limit: string, ip: string): Promise<number> {
  return house.stores.redis.zcard(`limit:${limit}:${ip}`);
}

test('whoever types the right code takes no place of the network: a whole class joins', async () => {
  const ip = '203.0.113.1';
  await fillLimit(house, `sends:${ip}`, 58);
  for (let n = 0; n < 4; n++) {
    const { ann, code } = await joining(house, {}, visitor(house, { ip }));
    expect((await typeCode(ann, code)).redirectedTo).toBe('/welcome');
  }
  expect([await placesOf('sends', ip), await placesOf('sign-up', ip)]).toEqual([58, 0]);
  await repeatedly(2, () => joining(house, {}, visitor(house, { ip })));
  expect((await visitor(house, { ip }).startSignUp()).page.status).toBe(429);
});

test('the places of its resends come back as well, and only those, on whichever instance the code is typed', async () => {
  const ip = '203.0.113.2';
  const { ann, to } = await joining(house, {}, visitor(house, { ip }));
  const { ann: ben } = await joining(house, {}, visitor(house, { ip }));
  await resend(ann);
  expect(await placesOf('sends', ip)).toBe(3);
  const code = await house.outbox.nextCode(to);
  await withAnother(house, {}, async (other) => {
    expect((await typeCode(ann.at(other), code)).redirectedTo).toBe('/welcome');
  });
  expect([await placesOf('sends', ip), await placesOf('sign-up', ip)]).toEqual([1, 1]);
  expect((await ben.get('/sign-up/code')).status).toBe(200);
});

test('wrong codes give nothing back, and fifty right presses at once give back what one took', async () => {
  const ip = '203.0.113.3';
  await joining(house, {}, visitor(house, { ip }));
  const { ann, code } = await joining(house, {}, visitor(house, { ip }));
  await typeCode(ann, wrongCode(code));
  expect(await placesOf('sends', ip)).toBe(2);
  const body = encodeForm({ _csrf: await ann.token(), code });
  await together(50, () => {
    const same = visitor(house, { ip });
    for (const [name, value] of ann.cookies) same.cookies.set(name, value);
    return same.send('post', '/sign-up/code', body);
  });
  expect(await placesOf('sends', ip)).toBe(1);
});

test('so it is with codes for a password and for a contact', async () => {
  const ip = '203.0.113.4';
  const { ann, email } = await member(house);
  const { who, code } = await recovering(house, email, email, visitor(house, { ip }));
  expect(await placesOf('sends', ip)).toBe(1);
  expect((await who.post('/password/code', { code })).redirectedTo).toBe('/password/new');
  expect([await placesOf('sends', ip), await placesOf('password-forgot', ip)]).toEqual([0, 0]);

  const next = newEmail();
  await askEmail(ann, next);
  expect(await placesOf('sends', ann.ip)).toBe(1);
  await typeContactCode(ann, await house.outbox.nextCode(next));
  expect([await placesOf('sends', ann.ip), await placesOf('contact', ann.ip)]).toEqual([0, 0]);
});

function tryFrom(ip: string, name: string, password = wrong): Promise<Page> {
  return visitor(house, { ip }).signIn(name, password);
}

test('of the wrong passwords of one identifier five count towards its network', async () => {
  const ip = '203.0.113.10';
  await repeatedly(5, () => tryFrom(ip, 'forgetful'));
  expect(await placesOf('failed-sign-ins', ip)).toBe(5);
  for (const wait of [minutes(1), minutes(5)]) {
    house.clock.pass(wait);
    expect((await tryFrom(ip, 'forgetful')).status).toBe(422);
  }
  expect(await placesOf('failed-sign-ins', ip)).toBe(5);
  // Another one's are their own.
  await tryFrom(ip, 'another_one');
  expect(await placesOf('failed-sign-ins', ip)).toBe(6);
});

test('fifty at once for one name leave the neighbours their tries', async () => {
  const ip = '203.0.113.11';
  const { username } = await visitor(house).signUp();
  const crowd = await together(50, async () => {
    const who = visitor(house, { ip });
    await who.token();
    return who;
  });
  expect(statuses(await Promise.all(crowd.map((who) => who.signIn('one_of_us', wrong))))).toEqual({
    422: 5,
    429: 45,
  });
  expect(await placesOf('failed-sign-ins', ip)).toBe(5);
  expect((await tryFrom(ip, username, right)).redirectedTo).toBe('/people');
});

test('when a network is full, the sign-up form comes back as it was', async () => {
  const ip = '203.0.113.20';
  await fillLimit(house, `sign-up:${ip}`, 120);
  const { page, person } = await visitor(house, { ip }).startSignUp();
  expect([page.status, page.header('retry-after')]).toEqual([429, '3600']);
  for (const field of ['email', 'username'])
    expect(page.html).toContain(`name="${field}" value="${String(person[field])}"`);
  for (const part of String(person.dateOfBirth).split('-'))
    expect(page.html).toContain(`value="${part}" required`);
  expect(page.html).not.toContain(String(person.password));
  expect(textOf(page.html)).toContain('Too many requests from your network. Please try again in 1 hour.');
  house.clock.pass(hours(1) - 1);
  const late = visitor(house, { ip });
  expect((await late.startSignUp()).page.status).toBe(429);
  house.clock.pass(1);
  expect((await late.startSignUp()).page.redirectedTo).toBe('/sign-up/code');
});

test('so do the other forms: forgotten password, contact, password in the settings', async () => {
  const ip = '203.0.113.21';
  await fillLimit(house, `password-forgot:${ip}`, 120);
  const forgot = await visitor(house, { ip }).post('/password/forgot', { identifier: 'ann@example.com' });
  expect([forgot.status, forgot.header('retry-after')]).toEqual([429, '3600']);
  expect(forgot.html).toContain('value="ann@example.com"');

  const { ann } = await member(house);
  await fillLimit(house, `contact:${ann.ip}`, 120);
  const contact = await askEmail(ann, 'next@example.com');
  expect(contact.status).toBe(429);
  expect(contact.html).toContain('value="next@example.com"');
  await fillLimit(house, `new-passwords:${ann.ip}`, 60);
  const password = await ann.post('/settings/password', { currentPassword: right });
  expect(password.status).toBe(429);
  expect(password.html).toContain('action="/settings/password"');
  expect(password.html).toContain('Too many requests from your network.');
});

test('and the pages that hold a code or a right: what waits there waits on', async () => {
  const { ann, code } = await joining(house);
  await fillLimit(house, `codes:${ann.ip}`, 200);
  const page = await typeCode(ann, code);
  expect([page.status, page.header('retry-after')]).toEqual([429, '600']);
  expect(page.html).toContain('action="/sign-up/code"');
  await fillLimit(house, `sends:${ann.ip}`, 60);
  const again = await resend(ann);
  expect(again.status).toBe(429);
  expect(textOf(again.html)).toContain('Too many messages were requested from your network.');
  house.clock.pass(minutes(10) - 1);
  expect((await ann.get('/sign-up/code')).status).toBe(200);

  const { email } = await visitor(house).signUp();
  const who = await granted(house, email, email);
  await fillLimit(house, `new-passwords:${who.ip}`, 60);
  const refused = await setPassword(who);
  expect([refused.status, refused.header('retry-after')]).toEqual([429, '600']);
  expect(refused.html).toContain('action="/password/new"');
});

test('a crowd at the door costs nobody the form', async () => {
  await withAnother(house, { replaced: { hashQueue: { concurrency: 0, waiting: 0 } } }, async (full) => {
    const { page, person } = await visitor(full).startSignUp();
    expect(page.status).toBe(503);
    expect(page.html).toContain(`value="${String(person.username)}"`);
    const door = await visitor(full).signIn('somebody', wrong);
    expect(door.status).toBe(503);
    expect(door.html).toContain('value="somebody"');
  });
});
