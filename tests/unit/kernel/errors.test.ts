import { expect, test } from '@jest/globals';
import { AppError, tooOften, unavailable } from '../../../src/kernel/errors.ts';
import { message } from '../../../src/kernel/message.ts';

test('an error says what a visitor may hear, and when to come back', () => {
  expect(new AppError(404, message('web.error.nothing'))).toMatchObject({ status: 404, retryAfter: null });
  expect(tooOften(message('web.limit.changes'), 60)).toMatchObject({
    status: 429,
    retryAfter: 60,
    said: message('web.limit.changes'),
  });
  expect(unavailable(message('web.error.down'))).toMatchObject({ status: 503, retryAfter: 5 });
});

test('its cause is for the log', () => {
  const cause = new Error('ECONNREFUSED');
  expect(unavailable(message('web.error.down'), 5, cause).cause).toBe(cause);
  expect('cause' in new AppError(404, message('web.error.nothing'))).toBe(false);
});
