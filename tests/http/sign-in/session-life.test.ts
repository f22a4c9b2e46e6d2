import { expect, test } from '@jest/globals';
import { days, hours, minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { sessionsOf } from '../../support/joining.ts';
import { visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();

const isIn = async (who: Visitor): Promise<boolean> => (await who.get('/profile')).status === 200;
const signedIn = async (remember = false): Promise<Visitor> => {
  const { username, password } = await visitor(house).signUp();
  const who = visitor(house);
  await who.signIn(username, password, remember ? { remember: 'on' } : {});
  return who;
};
/** Comes back so often that only the absolute limit can end the session. */
const comeBack = async (who: Visitor, every: number, times: number): Promise<void> => {
  for (let n = 0; n < times; n++) {
    house.clock.pass(every);
    expect({ visit: n, in: await isIn(who) }).toEqual({ visit: n, in: true });
  }
};

test('a day without a visit ends a session', async () => {
  const [kept, lost] = [await signedIn(), await signedIn()];
  house.clock.pass(hours(24) - 1);
  expect(await isIn(kept)).toBe(true);
  house.clock.pass(1);
  expect(await isIn(lost)).toBe(false);
});

test('seven days end it, however often one comes back', async () => {
  const ann = await signedIn();
  await comeBack(ann, hours(20), 8);
  house.clock.pass(hours(8) - 1);
  expect(await isIn(ann)).toBe(true);
  house.clock.pass(1);
  expect(await isIn(ann)).toBe(false);
});

test('"keep me signed in" lasts fourteen days without a visit', async () => {
  const [kept, lost] = [await signedIn(true), await signedIn(true)];
  house.clock.pass(days(14) - 1);
  expect(await isIn(kept)).toBe(true);
  house.clock.pass(1);
  expect(await isIn(lost)).toBe(false);
});

test('and thirty days in all', async () => {
  const ann = await signedIn(true);
  await comeBack(ann, days(10), 2);
  house.clock.pass(days(10) - 1);
  expect(await isIn(ann)).toBe(true);
  house.clock.pass(1);
  expect(await isIn(ann)).toBe(false);
});

test('the cookie outlives the browser only for who asked for it', async () => {
  const { username, password } = await visitor(house).signUp();
  const cookieFor = async (fields: Record<string, string>) => {
    const answer = await visitor(house).signIn(username, password, fields);
    return String(answer.header('set-cookie')).split(',sid=')[1] ?? '';
  };
  expect(await cookieFor({})).not.toMatch(/Expires|Max-Age/i);
  const remembered = /Expires=([^;]+)/.exec(await cookieFor({ remember: 'on' }))?.[1];
  const lifetime = new Date(remembered ?? 0).getTime() - Date.now();
  expect(Math.round(lifetime / days(1))).toBe(30);
});

test('an anonymous session lives thirty minutes from its last request', async () => {
  const [kept, lost] = [visitor(house), visitor(house)];
  await kept.token();
  await lost.token();
  house.clock.pass(minutes(30) - 1);
  // Empty fields: the door was passed, only the form is wrong.
  expect((await kept.post('/login')).status).toBe(422);
  house.clock.pass(1);
  expect((await lost.post('/login')).status).toBe(403);
  house.clock.pass(minutes(30) - 2);
  expect((await kept.post('/login')).status).toBe(422);
});

test('Redis keeps a session no longer than its limits say', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const [id] = [...(await sessionsOf(house))].find(([, s]) => s.username === username)!;
  const ttl = await house.stores.redis.ttl(`sess:${id}`);
  expect(ttl).toBeLessThanOrEqual(24 * 3600);
  expect(ttl).toBeGreaterThan(24 * 3600 - 60);
});

test('a session that ended is not in Redis any more after its next request', async () => {
  const ann = visitor(house);
  const { username } = await ann.signUp();
  const mine = async () => [...(await sessionsOf(house)).values()].filter((s) => s.username === username);
  expect(await mine()).toHaveLength(1);
  house.clock.pass(days(1));
  await ann.get('/');
  expect(await mine()).toHaveLength(0);
});

test('a joined person’s session has the limits of any other', async () => {
  const ann = visitor(house);
  await ann.signUp();
  house.clock.pass(hours(24));
  expect(await isIn(ann)).toBe(false);
});
