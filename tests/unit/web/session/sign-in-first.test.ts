import { expect, test } from '@jest/globals';
import { formPageOf } from '../../../../src/web/session/sign-in-first.ts';

test.each([
  ['/settings/profile', '/settings/profile'],
  ['/settings/contact/code/resend', '/settings/contact'],
  ['/settings/sessions/abc/revoke', '/settings/security'],
  ['/settings/confirm', '/settings/security'],
  ['/settings/photos/1/remove', '/settings/photos'],
  ['/settings', null],
  ['/settings/', null],
  ['/settings/../login', null],
  ['/settings//evil.example', null],
  ['/settingsx/profile', null],
  ['/logout', null],
])('the form of %s stands on %s', (path, page) => {
  expect(formPageOf(path)).toBe(page);
});
