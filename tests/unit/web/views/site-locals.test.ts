import { expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { message } from '../../../../src/kernel/message.ts';
import type { Flash } from '../../../../src/web/session/session-data.ts';
import { type SiteFacts, siteLocals } from '../../../../src/web/views/site-locals.ts';
import type { SiteLocals } from '../../../../src/web/views/views.ts';
import { catalogues } from '../../../support/words.ts';

function shownOf(flash: unknown): { shown: Flash | null; left: unknown } {
  const session: { flash?: unknown } = { flash };
  const req = { path: '/profile', session, words: catalogues.wordsIn('en') } as unknown as Request;
  const res = { locals: {} } as Response;
  siteLocals({} as SiteFacts)(req, res, () => {});
  const { flash: shown } = res.locals.site as SiteLocals;
  return { shown, left: session.flash };
}

const known = { kind: 'info', text: message('web.session.signedOut') } as const;

test('a flash is shown once', () => {
  expect(shownOf(known)).toEqual({ shown: known, left: undefined });
});

test.each([
  ['has no such message', { key: 'web.of.tomorrow', values: {} }],
  ['has none like one of its values', message('auth.code.delivery.andEarlier', { text: tomorrow() })],
  ['wants another value of it', { key: 'auth.signUp.welcome', values: {} }],
])('one of another release, where this one %s, is left out and the page stands', (_, text) => {
  expect(shownOf({ kind: 'info', text })).toEqual({ shown: null, left: undefined });
  const link = { href: '/settings', text };
  expect(shownOf({ ...known, link })).toEqual({ shown: null, left: undefined });
});

function tomorrow() {
  return { key: 'web.of.tomorrow', values: {} } as never;
}
