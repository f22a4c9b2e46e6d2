import { expect, test } from '@jest/globals';
import { AppError, tooOften, unavailable } from '../../../src/kernel/errors.ts';

test('an error says what a visitor may hear, and when to come back', () => {
  expect(new AppError(404, 'Nothing here.')).toMatchObject({ status: 404, retryAfter: null });
  expect(tooOften('Slowly.', 60)).toMatchObject({ status: 429, retryAfter: 60, message: 'Slowly.' });
  expect(unavailable('Away.')).toMatchObject({ status: 503, retryAfter: 5 });
});

test('its cause is for the log', () => {
  const cause = new Error('ECONNREFUSED');
  expect(unavailable('Away.', 5, cause).cause).toBe(cause);
  expect('cause' in new AppError(404, 'x')).toBe(false);
});
