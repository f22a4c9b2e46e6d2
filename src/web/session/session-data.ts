import 'express-session';
import type { ShownTime } from '../../kernel/clock.ts';

export interface Flash {
  kind: 'success' | 'info' | 'error';
  text: string;
  at?: ShownTime;
  after?: string;
  link?: { href: string; text: string };
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      /** By the server's clock. */
      arrivedAt: Date;
    }
  }
}

declare module 'express-session' {
  /** Features add their own fields. Moments are milliseconds since 1970. */
  interface SessionData {
    /** Absent for a visitor. */
    userId: string;
    username: string;
    bornAt: number;
    /** To the minute. */
    seenAt: number;
    /** At sign-in; another version ends the session. */
    securityVersion: number;
    device: string;
    remember: boolean;
    flash: Flash;
    csrfSecret: string;
  }
}
