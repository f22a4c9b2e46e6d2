import { expect, test } from '@jest/globals';
import { minutes } from '../../../src/kernel/clock.ts';
import { houseOfThisFile, type TestHouse } from '../../support/house.ts';
import { joining, sessionsOf, typeCode } from '../../support/joining.ts';
import { whileLocked } from '../../support/locks.ts';
import { type Page, visitor, type Visitor } from '../../support/visitor.ts';

const house = await houseOfThisFile();
const sessionIds = async (at: TestHouse): Promise<Set<string>> => new Set((await sessionsOf(at)).keys());
const copyOf = (who: Visitor): Visitor => {
  const copy = visitor(house, { ip: who.ip });
  for (const [name, value] of who.cookies) copy.cookies.set(name, value);
  return copy;
};

test('a slow request cannot bring back a session that was signed out meanwhile', async () => {
  const ann = visitor(house);
  await ann.signUp();
  const token = await ann.token();
  // So long after the last request that the slow one will want to note that it was here.
  house.clock.pass(minutes(5));
  const slow = copyOf(ann);
  let page: Promise<Page> | undefined;
  await whileLocked(house, 'User', async (waiting) => {
    page = slow.get('/profile');
    await waiting();
    expect((await ann.send('post', '/logout', `_csrf=${encodeURIComponent(token)}`)).redirectedTo).toBe(
      '/login',
    );
    expect((await sessionIds(house)).size).toBe(0);
  });
  expect((await page!).status).toBe(200);
  expect((await sessionIds(house)).size).toBe(0);
  expect((await slow.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
});

test('nor can one give a pending sign-up back to the session before joining', async () => {
  const { ann, person, code } = await joining(house);
  const slow = copyOf(ann);
  await slow.get('/sign-up/code');
  house.clock.pass(minutes(5));
  let page: Promise<Page> | undefined;
  const before = await sessionIds(house);
  await whileLocked(house, 'User', async (waiting) => {
    page = slow.post('/sign-up', { ...person, username: `${String(person.username)}x` });
    await waiting();
    await slow.post('/logout');
  });
  await page!;
  const after = await sessionIds(house);
  expect([...after].filter((id) => before.has(id))).toEqual([]);
  expect((await typeCode(ann, code)).redirectedTo).toBe('/sign-up/code');
  expect((await ann.get('/sign-up/code')).redirectedTo).toBe('/sign-up');
});
