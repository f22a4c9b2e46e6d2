import { expect, test } from '@jest/globals';
import { readIdentifier } from '../../../../../src/features/auth/accounts/identifier.ts';

test.each([
  ['of Iceland, seven digits', ['+354 611 1234', '00354 6111234', '611-1234', '0611 1234', '86111234']],
  ['of Germany', ['+49 1512 3456789', '0151 23456789', '49 151 23456789']],
])('a number %s has one throttle, however it is spelled', (_, spellings) => {
  expect(new Set(spellings.map((typed) => readIdentifier(typed).key)).size).toBe(1);
});
