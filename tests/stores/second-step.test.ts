import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { keyContext } from '../../src/features/auth/second-factor/second-factor.service.ts';
import { createLostFactorStore } from '../../src/features/auth/second-factor/lost-factor.store.ts';
import { createSecondStepStore } from '../../src/features/auth/second-factor/second-step.store.ts';
import { createSecondSteps } from '../../src/features/auth/second-factor/second-steps.service.ts';
import { hours } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import { createCodes } from '../../src/platform/codes.ts';
import { createSealing } from '../../src/platform/sealing.ts';
import { repeatedly, tally } from '../support/many.ts';
import { membersOf } from '../support/members.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const nodes = await twoNodes();
const { stores, clock, of } = nodes;
const { join } = membersOf(nodes);
const keys = [{ id: 'k1', key: randomBytes(32) }];
const sealing = createSealing(keys, 'second-factor', systemRandom);
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const client = { device: 'Firefox on Windows', network: 'n' };
const noted: string[] = [];
const steps = of(({ db }) =>
  createSecondSteps({
    steps: createSecondStepStore(db),
    lost: createLostFactorStore(db),
    sealing,
    codes: createCodes(keys, 6),
    keyIds: ['k1'],
    limits: { take: async () => ({ ok: true, release: async () => {} }) },
    events: {
      make: (kind: string, userId: string) => ({
        id: randomUUID(),
        userId,
        kind,
        outcome: 'done',
        at: clock.now(),
        network: 'n',
        device: '',
        noticeDue: false,
      }),
      announce: async () => {},
      note: async (kind: string) => void noted.push(kind),
    },
    clock,
    random: systemRandom,
  } as unknown as Parameters<typeof createSecondSteps>[0]),
);

let ann = '';
beforeEach(async () => {
  ann = (await join('ann')).id;
  const sealed = sealing.seal(key, keyContext(ann));
  await stores.sql(
    `INSERT INTO "SecondFactor" ("userId", "sealedKey", "keyId", "lastStep", "setUpAt") VALUES ($1, $2, $3, 0, now())`,
    [ann, sealed.text, sealed.keyId],
  );
});

function begin(n = 0, ofDevice = false): Promise<string> {
  return steps(n).begin({ id: ann, securityVersion: 0 }, ofDevice);
}
function code(): string {
  return generateSync({ secret: key, epoch: Math.floor(clock.now().getTime() / 1000) });
}
function outcome(one: { ok: boolean; reason?: string }): string {
  return one.ok ? 'passed' : one.reason!;
}

test('fifty wrong codes at once on two nodes: a run has five tries, an account ten an hour', async () => {
  const runs = await repeatedly(4, (n) => begin(n % 2));
  const all = await atOnce(50, (n) => steps(n % 2).pass(runs[n % 4]!, '000000', client));
  expect(tally(all.map(outcome))).toMatchObject({ wrong: 10 });
  const [factor] = await stores.sql<{ wrongCodes: Date[] }>(
    'SELECT * FROM "SecondFactor" WHERE "userId" = $1',
    [ann],
  );
  expect(factor!.wrongCodes).toHaveLength(10);
  const attempts = await stores.sql<{ attempts: number }>(
    'SELECT "attempts" FROM "SecondStep" WHERE "userId" = $1',
    [ann],
  );
  expect(attempts.every((one) => one.attempts <= 5)).toBe(true);
  expect(outcome(await steps(1).pass(await begin(), code(), client))).toBe('too-often');
  clock.pass(hours(1));
  expect(outcome(await steps(0).pass(await begin(), code(), client))).toBe('passed');
});

test('one code, fifty times at once in ten runs on two nodes, passes once', async () => {
  const runs = await repeatedly(10, (n) => begin(n % 2));
  const typed = code();
  const all = await atOnce(50, (n) => steps(n % 2).pass(runs[n % 10]!, typed, client));
  expect(tally(all.map(outcome))).toMatchObject({ passed: 1 });
});

test('known devices and strangers have tries of their own', async () => {
  const [stranger, device] = [await begin(0, false), await begin(1, true)];
  await atOnce(5, (n) => steps(n % 2).pass(stranger, '000000', client));
  await atOnce(4, (n) => steps(n % 2).pass(device, '000000', client));
  const [factor] = await stores.sql<{ wrongCodes: Date[]; wrongCodesOfDevices: Date[] }>(
    'SELECT * FROM "SecondFactor" WHERE "userId" = $1',
    [ann],
  );
  expect([factor!.wrongCodes.length, factor!.wrongCodesOfDevices.length]).toEqual([5, 4]);
  expect(outcome(await steps(0).pass(device, code(), client))).toBe('passed');
});

test('a wait begins once, and a pass at the same moment ends it or finds it over', async () => {
  for (let round = 0; round < 30; round++) {
    const [one, two] = [await begin(0), await begin(1)];
    clock.pass(30_000);
    const typed = code();
    const [passed] = await Promise.all([
      steps(0).pass(one, typed, client),
      steps(1).lose(two, client),
      steps(0).lose(two, client),
    ]);
    expect(outcome(passed)).toBe('passed');
    const waits = await stores.sql('SELECT FROM "LostFactor" WHERE "userId" = $1', [ann]);
    expect(waits.length).toBeLessThanOrEqual(1);
    await stores.sql('DELETE FROM "LostFactor" WHERE "userId" = $1', [ann]);
  }
});
