import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createChallenges, type Destination } from '../../src/features/auth/codes/challenge.service.ts';
import { createChallengeStore } from '../../src/features/auth/codes/challenge.store.ts';
import { otpPolicy } from '../../src/features/auth/policy.ts';
import { days, hours, minutes, seconds } from '../../src/kernel/clock.ts';
import { systemRandom } from '../../src/kernel/ids.ts';
import { createCodes } from '../../src/platform/codes.ts';
import { noMetrics } from '../../src/platform/watching/metrics.ts';
import { wrongCode } from '../support/joining.ts';
import { repeatedly, tally } from '../support/many.ts';
import { atOnce, twoNodes } from '../support/nodes.ts';

const { stores, clock, of } = await twoNodes();
const codes = createCodes([{ id: 'k1', key: randomBytes(32) }], otpPolicy.digits);
const handedOver: string[] = [];
const messages = {
  name: 'messages',
  add: async (id: string) => void handedOver.push(id),
  close: async () => {},
};
const engine = of(({ db }) =>
  createChallenges({
    purpose: 'sign-up',
    store: createChallengeStore(db, 'sign-up'),
    codes,
    clock,
    random: systemRandom,
    messages,
    metrics: noMetrics,
  } as Parameters<typeof createChallenges>[0]),
);

function to(email = 'ann@example.com'): Destination {
  return {
    channel: 'email',
    destination: email,
    destinationKey: email,
    decoy: false,
  };
}

async function begun(email?: string) {
  const challenge = await engine(0).begin(to(email));
  if ('spent' in challenge) throw new Error('the budget was spent');
  const { code } = (await engine(0).codeFor(challenge.id, challenge.sends))!;
  return { id: challenge.id, code };
}

function guess(n: number, id: string, code: string) {
  return engine(n).guess(id, code);
}
function outcome(one: { ok: boolean; reason?: string }): string {
  return one.ok ? 'right' : one.reason!;
}
async function rowOf(id: string) {
  return (
    await stores.sql<{ attempts: number; sends: number; consumedAt: Date | null }>(
      'SELECT * FROM "RegistrationOtp" WHERE "id" = $1',
      [id],
    )
  )[0]!;
}

test('of fifty guesses at once on two nodes five are looked at, and the right one among the rest is not', async () => {
  const { id, code } = await begun();
  const tries = await atOnce(50, (n) => guess(n, id, wrongCode(code, n + 1)));
  expect(tally(tries.map(outcome))).toEqual({ wrong: 5, dead: 45 });
  expect((await rowOf(id)).attempts).toBe(5);
  expect(outcome(await guess(1, id, code))).toBe('dead');
});

test('the fifth guess may still be right, a sixth may not', async () => {
  const first = await begun('a@example.com');
  await repeatedly(4, (n) => guess(n, first.id, wrongCode(first.code)));
  expect(outcome(await guess(1, first.id, first.code))).toBe('right');
  const second = await begun('b@example.com');
  await repeatedly(5, (n) => guess(n, second.id, wrongCode(second.code)));
  expect(outcome(await guess(1, second.id, second.code))).toBe('dead');
});

test('what cannot be a code costs no attempt', async () => {
  const { id } = await begun();
  const tries = await atOnce(50, (n) => guess(n, id, ['', '12345', 'abcdef', '1234567'][n % 4]!));
  expect(tally(tries.map(outcome))).toEqual({ malformed: 50 });
  expect((await rowOf(id)).attempts).toBe(0);
});

test('a code lives ten minutes, to the millisecond', async () => {
  const early = await begun('a@example.com');
  clock.pass(minutes(10) - 1);
  expect(outcome(await guess(0, early.id, early.code))).toBe('right');
  const late = await begun('b@example.com');
  clock.pass(minutes(10));
  expect(outcome(await guess(1, late.id, late.code))).toBe('expired');
});

test('a challenge lives thirty minutes, whatever was sent again', async () => {
  const { id } = await begun();
  clock.pass(minutes(29));
  const again = await engine(1).resend(id, 1, 'en');
  if (!again.ok) throw new Error(again.reason);
  const { code } = (await engine(0).codeFor(id, again.challenge.sends))!;
  clock.pass(minutes(1) - 1);
  expect(outcome(await guess(0, id, wrongCode(code)))).toBe('wrong');
  clock.pass(1);
  expect(outcome(await guess(0, id, code))).toBe('dead');
});

test('fifty resends at once on two nodes send once, and the code before is dead', async () => {
  const { id, code } = await begun();
  handedOver.length = 0;
  const resends = await atOnce(50, (n) => engine(n).resend(id, 1, 'en'));
  expect(tally(resends.map((one) => (one.ok ? 'sent' : one.reason)))).toEqual({ sent: 1, duplicate: 49 });
  expect(handedOver).toHaveLength(1);
  expect((await rowOf(id)).sends).toBe(2);
  expect(outcome(await guess(1, id, code))).toBe('wrong');
});

test('resends wait as long as they have to, and end after five', async () => {
  const { id } = await begun();
  for (const wait of [0, 0, 60, 120, 300]) {
    const { sends } = await rowOf(id);
    if (wait > 0) {
      clock.pass(seconds(wait) - 1);
      expect(await engine(0).resend(id, sends, 'en')).toEqual({ ok: false, reason: 'waiting', waitMs: 1 });
      clock.pass(1);
    }
    // A destination's hour is another limit, and full by then.
    await stores.sql('DELETE FROM "DestinationBudget"');
    expect((await engine(1).resend(id, sends, 'en')).ok).toBe(true);
  }
  clock.pass(minutes(9));
  expect(await engine(0).resend(id, 6, 'en')).toMatchObject({ ok: false, reason: 'no-resends' });
});

test('a destination has five sends an hour, also of fifty at once', async () => {
  const tries = await atOnce(50, (n) => engine(n).begin(to()));
  const sent = tries.filter((one) => !('spent' in one));
  expect(sent).toHaveLength(5);
  for (const one of tries.filter((each) => 'spent' in each))
    expect(one).toMatchObject({ spent: 'sends', waitMs: hours(1) });
  clock.pass(hours(1) - 1);
  expect(await engine(0).begin(to())).toMatchObject({ spent: 'sends', waitMs: 1 });
  clock.pass(1);
  expect(await engine(1).begin(to())).toHaveProperty('id');
});

test('and ten a day', async () => {
  const sendAll = () => repeatedly(6, (n) => engine(n).begin(to()));
  const took = (tries: readonly object[]) => tries.filter((one) => !('spent' in one)).length;
  expect(took(await sendAll())).toBe(5);
  clock.pass(hours(1));
  expect(took(await sendAll())).toBe(5);
  clock.pass(hours(1));
  expect(took(await sendAll())).toBe(0);
  clock.pass(days(1) - hours(2) - 1);
  expect(took(await sendAll())).toBe(0);
  clock.pass(1);
  expect(took(await sendAll())).toBe(5);
});

test('ten wrong codes an hour for a destination, over all its challenges and fifty at once', async () => {
  const three = await repeatedly(3, () => begun());
  const tries = await atOnce(50, (n) => {
    const { id, code } = three[n % 3]!;
    return guess(n, id, wrongCode(code, n + 1));
  });
  expect(tries.filter((one) => !one.ok && one.reason === 'wrong')).toHaveLength(10);
});
