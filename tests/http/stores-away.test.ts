import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/captured.ts';
import { type Gate, openGate } from '../support/gate.ts';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { createTestStores, type TestStores } from '../support/stores.ts';
import { type Page, visitor } from '../support/visitor.ts';

let stores: TestStores;
let gates: { postgres: Gate; redis: Gate };
let house: TestHouse;

beforeAll(async () => {
  stores = await createTestStores();
  gates = { postgres: await openGate(stores.databaseUrl), redis: await openGate(stores.redisUrl) };
  house = await openTestHouse({ env: { DATABASE_URL: gates.postgres.url, REDIS_URL: gates.redis.url } });
});
afterAll(async () => {
  await house.close();
  await gates.postgres.close();
  await gates.redis.close();
  await stores.drop();
});

const isShortBreath = (page: Page) => {
  expect(page.status).toBe(503);
  expect(page.header('retry-after')).toMatch(/^\d+$/);
  expect(page.html).not.toMatch(/ECONN|Prisma|ioredis|at \w+ \(/);
};
const readyAgain = () =>
  eventually(async () => (await visitor(house).get('/health/ready')).status === 200, 'ready');

for (const [name, other] of [
  ['postgres', 'redis'],
  ['redis', 'postgres'],
] as const) {
  for (const way of ['cut', 'hold'] as const) {
    test(`${name} away (${way}): nobody gets in, the page says so, and service returns by itself`, async () => {
      const member = visitor(house);
      const { username, password } = await member.signUp();
      const joining = visitor(house);
      const { person } = await joining.startSignUp();
      const code = await house.outbox.nextCode(String(person.email));
      const stranger = visitor(house);
      await stranger.token();

      gates[name][way]();
      isShortBreath(await member.get('/profile'));
      isShortBreath(await joining.post('/sign-up/code', { code }));
      isShortBreath(await stranger.signIn(username, password));
      const health = await stranger.get('/health/ready');
      expect(health.status).toBe(503);
      expect(JSON.parse(health.html)).toMatchObject({ [name]: 'down', [other]: 'ok' });
      expect((await stranger.get('/health/live')).status).toBe(200);

      gates[name].open();
      await readyAgain();
      expect((await member.get('/profile')).status).toBe(200);
      const welcome = await eventually(async () => {
        const page = await joining.post('/sign-up/code', { code });
        return page.status === 503 ? null : page;
      }, 'the code page');
      expect(welcome.redirectedTo).toBe('/profile');
      expect((await stranger.signIn(username, password)).redirectedTo).toBe('/profile');
    });
  }
}

test('a sign-up that could not be remembered sends no code', async () => {
  const ann = visitor(house);
  await ann.token();
  gates.redis.cut();
  const { page, person } = await ann.startSignUp();
  isShortBreath(page);
  gates.redis.open();
  await readyAgain();
  expect(house.outbox.to(String(person.email))).toHaveLength(0);
});
