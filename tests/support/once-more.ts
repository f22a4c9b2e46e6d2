import { jest } from '@jest/globals';

/**
 * On a busy machine one of fifty requests at once may wait longer than stores are given (three seconds), and is told to
 * come back, as it should be. Such a test runs once more, and its first failure is printed.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
