import { expect, test } from '@jest/globals';
import { message } from '../../../../src/kernel/message.ts';
import { type Flash, readFlash } from '../../../../src/web/session/session-data.ts';

test('a flash that the release before stored is said as it stands', () => {
  const at = { iso: '2026-12-09T14:03:00.000Z', text: '9 Dec 2026', shape: 'day' };
  const link = { href: '/settings/account', text: 'Delete it anyway' };
  const stored = { kind: 'success', text: 'It would have been deleted on ', at, after: '. It stays.', link };
  expect(readFlash(stored as unknown as Flash)).toEqual({
    kind: 'success',
    text: 'It would have been deleted on 9 Dec 2026. It stays.',
    link,
  });
  expect(readFlash({ kind: 'info', text: 'Signed out.' })).toEqual({ kind: 'info', text: 'Signed out.' });
});

test('and one of this release as the message that it is', () => {
  const flash = { kind: 'info', text: message('web.session.signedOut') } as const;
  expect(readFlash(flash)).toEqual(flash);
});
