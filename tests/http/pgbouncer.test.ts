import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { days } from '../../src/kernel/clock.ts';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { statuses, together } from '../support/many.ts';
import { hasPgBouncer, openPgBouncer, type PgBouncer } from '../support/pgbouncer.ts';
import { setPassword } from '../support/recovering.ts';
import { codesTo } from '../support/resetting.ts';
import { settled } from '../support/security.ts';
import { visitor } from '../support/visitor.ts';

// Debian's package `pgbouncer`; without it there is nothing to try.
const where = hasPgBouncer ? describe : describe.skip;

where('behind PgBouncer in transaction mode, with two connections for everybody,', () => {
  let direct: TestHouse;
  let pooler: PgBouncer;
  let house: TestHouse;
  beforeAll(async () => {
    direct = await openTestHouse({ jobs: false });
    pooler = await openPgBouncer(direct.stores.databaseUrl, 2);
    house = await openTestHouse({ beside: direct, env: { DATABASE_URL: pooler.url } });
  });
  afterAll(async () => {
    await house.close();
    await pooler.close();
    await direct.close();
  });

  test('people join, sign in and reset their passwords', async () => {
    const ann = visitor(house);
    const { email } = await ann.signUp();
    expect((await ann.get('/profile')).status).toBe(200);
    await settled(house);
    house.clock.pass(days(1));
    const back = visitor(house);
    await back.post('/password/forgot', { identifier: email });
    await settled(house);
    await back.post('/password/code', { code: codesTo(house, email).at(-1) });
    expect((await setPassword(back, 'harbour-violin-58')).redirectedTo).toBe('/login');
    expect((await visitor(house).signIn(email, 'harbour-violin-58')).redirectedTo).toBe('/profile');
  });

  test('fifty pages at once and twenty people who join at once share them', async () => {
    const ann = visitor(house);
    await ann.signUp();
    expect(statuses(await together(50, () => ann.get('/profile')))).toEqual({ 200: 50 });
    const joined = await together(20, () => visitor(house).signUp());
    expect(new Set(joined.map(({ username }) => username)).size).toBe(20);
  });

  test('of fifty right codes at once one makes the account', async () => {
    const ann = visitor(house);
    const { person } = await ann.startSignUp();
    const code = await house.outbox.nextCode(String(person.email));
    await ann.get('/sign-up/code');
    const pages = await together(50, () => ann.post('/sign-up/code', { code }));
    expect(pages.filter((page) => page.status >= 500)).toEqual([]);
    const rows = await house.stores.sql('SELECT FROM "User" WHERE "username" = $1', [person.username]);
    expect(rows).toHaveLength(1);
  });
});
