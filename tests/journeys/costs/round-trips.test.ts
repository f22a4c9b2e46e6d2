import { expect, test } from '@jest/globals';
import { listenToCommands } from '../../support/commands.ts';
import { houseOfThisFile } from '../../support/house.ts';
import { visitor } from '../../support/visitor.ts';

/** How often the site asks Redis. What is sent together counts for each. */
const commands = listenToCommands('web');
const worker = await houseOfThisFile();
const url = new URL(worker.stores.redisUrl);
url.searchParams.set('connectionName', 'web');
const house = await houseOfThisFile({ beside: worker, jobs: false, env: { REDIS_URL: url.href } });

test('a page reads its session, and that is all', async () => {
  const ann = visitor(house);
  await ann.signUp();
  await ann.get('/profile');
  expect(await commands.during(() => ann.get('/profile'))).toEqual(['get']);
  expect(await commands.during(() => ann.get('/settings/security'))).toEqual(['get', 'smembers', 'get']);
});

test('a visitor without a form has no session', async () => {
  expect(await commands.during(() => visitor(house).get('/'))).toEqual([]);
});

test('signing in again on a device reads, counts, takes back, ends one session and begins one', async () => {
  const ann = visitor(house);
  const { email, password } = await ann.signUp();
  await ann.post('/logout');
  await ann.get('/login');
  const heard = await commands.during(() => ann.signIn(email, password));
  expect(heard).toEqual(['get', 'eval', 'del', 'eval', 'set', 'eval', 'expire']);
});
