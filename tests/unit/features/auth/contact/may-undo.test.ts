import { expect, test } from '@jest/globals';
import { days, later } from '../../../../../src/kernel/clock.ts';
import { mayUndo } from '../../../../../src/features/auth/contact/contact-news.store.ts';
import { contactPolicy } from '../../../../../src/features/auth/policy.ts';

const now = new Date('2026-06-15T12:00:00Z');
function ago(ms: number): Date {
  return later(now, -ms);
}
function since(verifiedAt: Date) {
  return { destination: 'a', key: 'a', verifiedAt };
}

function before(given: {
  email: number | null;
  mobile: number | null;
  recovered?: number;
  by?: 'email' | 'mobile';
}) {
  return {
    contacts: {
      email: given.email === null ? null : since(ago(given.email)),
      mobile: given.mobile === null ? null : since(ago(given.mobile)),
    },
    recoveredAt: given.recovered === undefined ? null : ago(given.recovered),
    recoveredBy: given.by ?? null,
  };
}

test.each([
  ['the only one', { email: null, mobile: days(1) }, true],
  ['new, and nobody had to recover the account', { email: days(90), mobile: days(1) }, true],
  [
    'new, and the older one recovered the account since',
    { email: days(90), mobile: days(1), recovered: 0, by: 'email' },
    false,
  ],
  ['in the same moment', { email: days(90), mobile: days(1), recovered: days(1), by: 'email' }, false],
  ['recovered before it came', { email: days(90), mobile: days(1), recovered: days(2), by: 'email' }, true],
  ['recovered by itself', { email: days(90), mobile: days(1), recovered: 0, by: 'mobile' }, true],
  ['the older one', { email: days(1), mobile: days(90), recovered: 0, by: 'email' }, true],
  [
    'new by a millisecond',
    { email: days(90), mobile: contactPolicy.newFor - 1, recovered: 0, by: 'email' },
    false,
  ],
  ['no longer new', { email: days(90), mobile: contactPolicy.newFor, recovered: 0, by: 'email' }, true],
] as const)('a number may undo changes: %s', (_, given, may) => {
  expect(mayUndo(before(given), 'mobile', now)).toBe(may);
});
