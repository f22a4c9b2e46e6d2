import type { Request, RequestHandler } from 'express';
import { message } from '../../kernel/message.ts';
import { lets } from '../../web/routes.ts';
import { viewerOf } from '../../web/session/guards.ts';
import { saveSession } from '../../web/session/session.ts';
import type { AuthFeature } from '../auth/index.ts';
import { nothingHere } from './nothing-here.ts';

/** Where a form of the desk stands. */
function pageOf(path: string): string {
  return /^\/desk\/(?:cases|people)\/[^/]+/.exec(path)?.[0] ?? '/desk';
}

/**
 * The desk is open to whoever has a role, a second factor, and gave the password within the last quarter of an hour; to
 * everybody else there is no such page.
 */
export function createStaffOnly({
  staff,
  reauthentication,
}: Pick<AuthFeature, 'staff' | 'reauthentication'>): RequestHandler[] {
  const confirmFirst = reauthentication.define(
    {
      name: 'desk',
      lead: message('desk.confirm.lead'),
      back: { path: '/desk', text: message('desk.confirm.back') },
      run: async (_req, res, path) => res.redirect(303, path),
    },
    // What was sent by a form is pressed once more; the browser keeps what was typed.
    (req: Request) => (req.method === 'GET' ? req.originalUrl : pageOf(req.path)),
  );
  const isStaff = lets('staff', async (req, res, next) => {
    const found = req.session.userId ? await staff.of(viewerOf(req)) : null;
    if (!found || found.role === 'member') throw nothingHere();
    if (found.hasSecondFactor) return next();
    req.session.flash = { kind: 'info', text: message('desk.needsSecondFactor') };
    await saveSession(req);
    return res.redirect(303, '/settings/second-factor');
  });
  return [
    isStaff,
    (req, res, next) => (reauthentication.isRecent(req) ? next() : confirmFirst(req, res, next)),
  ];
}
