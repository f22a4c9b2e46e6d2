import { expect } from '@jest/globals';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { eventually } from './captured.ts';
import { right, wrong } from './devices.ts';
import type { TestHouse } from './house.ts';
import { type Joining, joining, typeCode, wrongCode } from './joining.ts';
import { fillLimit } from './limits.ts';
import { repeatedly } from './many.ts';
import { another, forgot, granted, recovering, setPassword } from './recovering.ts';
import { settled } from './security.ts';
import { newPerson, type Page, type Visitor, visitor } from './visitor.ts';

/** "Not now, come back in so many seconds", and nothing about our insides. */
export function expectShortBreath(page: Page, step: string): void {
  expect({ step, status: page.status }).toEqual({ step, status: 503 });
  expect(page.header('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(page.html).not.toMatch(/ECONN|Prisma|ioredis|terminat|57P0|at \w+ \(|node_modules/);
}

export function readyAgain(house: TestHouse): Promise<unknown> {
  return eventually(
    async () => (await visitor(house).get('/health/ready')).status === 200,
    'the site to be ready',
  );
}

/** A visitor with a form already open. */
export async function atTheForm(house: TestHouse): Promise<Visitor> {
  const who = visitor(house);
  await who.token();
  return who;
}

function reset({ who }: { who: Visitor }, code: string): Promise<Page> {
  return who.post('/password/code', { code });
}

/** People who are in the middle of something when a store goes away. */
export interface Crowd {
  /** What they do next, and where it leads while all stores are there. */
  steps: Record<string, { leadsTo: string; act: () => Promise<Page> }>;
  /** Nobody of them is signed in. */
  outside: Visitor[];
  member: Visitor;
  newcomer: { who: Visitor; email: string };
  /** Both have typed two wrong codes. */
  joins: Joining;
  resets: { who: Visitor; code: string };
  /** What runs into a limit that is full, and for how long it does, in milliseconds. */
  full: Record<string, { lasts: number; act: () => Promise<Page> }>;
}

export async function gatherCrowd(house: TestHouse): Promise<Crowd> {
  const member = visitor(house);
  const ann = await member.signUp();
  const ben = await visitor(house).signUp();

  const joins = await joining(house);
  const resets = await recovering(house, ann.email, ann.email);
  await repeatedly(2, (n) => typeCode(joins.ann, wrongCode(joins.code, n + 1)));
  await repeatedly(2, (n) => reset(resets, wrongCode(resets.code, n + 1)));
  const grantee = await granted(house, ben.email, ben.email);

  const { username: guessed, email: asked } = newPerson() as Record<string, string>;
  await repeatedly(5, () => visitor(house).signIn(guessed!, wrong));
  await repeatedly(5, () => forgot(visitor(house), asked!));
  const { ip } = visitor(house);
  await fillLimit(house, `failed-sign-ins:${ip}`, 30);
  const [newcomer, guest, forgets] = [await atTheForm(house), await atTheForm(house), await atTheForm(house)];
  const form = newPerson();
  await settled(house);

  return {
    steps: {
      'the sign-up form': { leadsTo: '/sign-up/code', act: () => newcomer.post('/sign-up', form) },
      'the right sign-up code': { leadsTo: '/welcome', act: () => typeCode(joins.ann, joins.code) },
      'the right password': { leadsTo: '/people', act: () => guest.signIn(ann.username, right) },
      'a forgotten password': { leadsTo: '/password/code', act: () => forgot(forgets, ann.username) },
      'the right reset code': { leadsTo: '/password/new', act: () => reset(resets, resets.code) },
      'a new password': { leadsTo: '/login', act: () => setPassword(grantee, another) },
    },
    outside: [newcomer, joins.ann, guest, forgets, resets.who, grantee],
    member,
    newcomer: { who: newcomer, email: String(form.email) },
    joins,
    resets,
    full: {
      'five wrong passwords': { lasts: minutes(1), act: () => visitor(house).signIn(guessed!, wrong) },
      'thirty from one network': {
        lasts: minutes(10),
        act: () => visitor(house, { ip }).signIn(ann.username, right),
      },
      'five codes for one address': { lasts: hours(1), act: () => forgot(visitor(house), asked!) },
    },
  };
}

/** Everything that Postgres counts, as it stands now. */
export async function countsIn({ stores }: TestHouse): Promise<Record<string, object[]>> {
  return {
    budgets: await stores.sql('SELECT * FROM "DestinationBudget" ORDER BY 1'),
    signUps: await stores.sql(
      'SELECT "id", "attempts", "sends", "consumedAt" FROM "RegistrationOtp" ORDER BY 1',
    ),
    resets: await stores.sql(
      'SELECT "id", "attempts", "sends", "consumedAt" FROM "PasswordResetOtp" ORDER BY 1',
    ),
    people: await stores.sql('SELECT "id", "passwordHash", "securityVersion" FROM "User" ORDER BY 1'),
  };
}

/** The store is back: nobody got in, the tries of before are still counted, and what people had begun goes on. */
export async function expectToGoOn(house: TestHouse, crowd: Crowd): Promise<void> {
  const { steps, outside, member, newcomer, joins, resets } = crowd;
  for (const who of outside) expect((await who.get('/profile')).redirectedTo).toBe('/login?next=%2Fprofile');
  expect((await member.get('/profile')).status).toBe(200);
  for (const [n, left] of [
    [3, '2 tries left'],
    [4, '1 try left'],
  ] as const) {
    expect((await typeCode(joins.ann, wrongCode(joins.code, n))).html).toContain(left);
    expect((await reset(resets, wrongCode(resets.code, n))).html).toContain(left);
  }
  for (const [step, { leadsTo, act }] of Object.entries(steps))
    expect({ step, leadsTo: (await act()).redirectedTo }).toEqual({ step, leadsTo });
  // The worker is back as well, and the form that was turned away had sent nothing.
  const code = await house.outbox.nextCode(newcomer.email);
  expect((await typeCode(newcomer.who, code)).redirectedTo).toBe('/welcome');
  expect(house.outbox.to(newcomer.email)).toHaveLength(1);
}

/** Limits that were full before are full to their last millisecond. */
export async function expectStillFull(house: TestHouse, full: Crowd['full']): Promise<void> {
  let passed = 0;
  for (const [limit, { lasts, act }] of Object.entries(full)) {
    house.clock.pass(lasts - 1 - passed);
    const page = await act();
    expect({ limit, status: page.status }).toEqual({ limit, status: 429 });
    expect(page.header('retry-after')).toBe('1');
    house.clock.pass(1);
    passed = lasts;
    expect({ limit, status: (await act()).status }).not.toEqual({ limit, status: 429 });
  }
}

/** Resolves when a job has failed that began after this was called. */
export function nextFailedJob({ logged }: TestHouse): () => Promise<unknown> {
  const failed = () => logged.filter((line) => line.includes('"job failed"')).length;
  const before = failed();
  return () => eventually(() => failed() > before, 'a job that fails');
}
