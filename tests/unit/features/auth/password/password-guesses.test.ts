import { afterAll, describe, expect, test } from '@jest/globals';
import { createPasswordRules } from '../../../../../src/features/auth/password/password-rules.ts';
import { openGuessEstimator } from '../../../../../src/platform/passwords/guesses.ts';
import { createLog } from '../../../../../src/platform/watching/log.ts';
import { guessable, unguessable } from '../../../../support/guessable-passwords.ts';

const guessEstimator = openGuessEstimator(createLog('silent'));
afterAll(() => guessEstimator.close());
const rules = createPasswordRules(guessEstimator, async () => false);

async function refused(passwords: string[]): Promise<string[]> {
  const faults = await Promise.all(passwords.map((password) => rules.fault(password, [])));
  return passwords.filter((_, n) => faults[n] !== null);
}

describe('easy to guess', () => {
  test.each(Object.entries(guessable))('%s', async (_, passwords) => {
    expect(passwords.length).toBeGreaterThan(10);
    expect(await refused(passwords)).toEqual(passwords);
  });
});

describe('not easy to guess', () => {
  test.each(Object.entries(unguessable))('%s', async (_, passwords) => {
    expect(await refused(passwords)).toEqual([]);
  });
});

test('of longer ones, a good beginning or a good end is enough in every reading', async () => {
  expect(
    await refused([
      `${'пароль'.repeat(4)}зелёный чайник поёт утром`,
      `зелёный чайник поёт утром${'пароль'.repeat(4)}`,
      `${'비밀번호'.repeat(6)} 낡은 부두에 배 일곱 척`,
    ]),
  ).toEqual([]);
  expect(await refused(['пароль'.repeat(20), '비밀번호'.repeat(12)])).toHaveLength(2);
});

test.each([
  ['in capitals and with accents', 'Márlène-K!', ['marlene_k']],
  ['in full width', 'ｍａｒｌｅｎｅｋ１', ['marlene_k']],
  ['with a year', 'marlenek1995', ['marlene_k']],
])('one’s own name %s is no password', async (_, password, personal) => {
  expect(await rules.fault(password, personal)).toBe('guessed');
});

test('another person’s unusual username is nothing that could be known', async () => {
  expect(await rules.fault('wrzlbrmft1995', [])).toBeNull();
  expect(await rules.fault('wrzlbrmft1995', ['wrzlbrmft'])).toBe('guessed');
});
