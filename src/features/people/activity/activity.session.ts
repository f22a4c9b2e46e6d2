import type { RequestHandler } from 'express';
import { viewerOf } from '../../../web/session/guards.ts';
import { activityPolicy } from '../policy.ts';
import type { Activity } from './activity.service.ts';

declare module 'express-session' {
  interface SessionData {
    /** When it was last noted that its person is here. */
    activeNotedAt: number;
  }
}

/** Behind a guard. The session remembers it, so that it asks the database once in a step. */
export function notesActivity(activity: Activity): RequestHandler {
  return async (req, _res, next) => {
    const { activeNotedAt = 0 } = req.session;
    if (req.arrivedAt.getTime() - activeNotedAt >= activityPolicy.step) {
      req.session.activeNotedAt = req.arrivedAt.getTime();
      await activity.note(viewerOf(req));
    }
    next();
  };
}
