import { expect, test } from '@jest/globals';
import { message, verbatim } from '../../../../src/kernel/message.ts';
import { readFlash } from '../../../../src/web/session/session-data.ts';

test('a flash that the release before stored is said as it stands', () => {
  const at = { iso: '2026-12-09T14:03:00.000Z', text: '9 Dec 2026', shape: 'day' };
  const link = { href: '/settings/account', text: 'Delete it anyway' };
  const stored = { text: 'It would have been deleted on ', at, after: '. It stays.', link };
  expect(readFlash({ ...stored, kind: 'success' })).toEqual({
    kind: 'success',
    text: verbatim('It would have been deleted on 9 Dec 2026. It stays.'),
    link: { ...link, text: verbatim(link.text) },
  });
  expect(readFlash({ kind: 'info', text: 'Signed out.' })).toEqual({
    kind: 'info',
    text: verbatim('Signed out.'),
  });
});

test('and one of this release as the message that it is', () => {
  const flash = { kind: 'info', text: message('web.session.signedOut') } as const;
  expect(readFlash(flash)).toEqual(flash);
});
