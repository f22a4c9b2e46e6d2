import 'express-session';
import type { ShownTime } from '../../kernel/clock.ts';

/** A line to show once, on the next page. */
export interface Flash {
  kind: 'success' | 'info' | 'error';
  text: string;
  /** Follows the text, and what follows it. */
  at?: ShownTime;
  after?: string;
  /** Ends it. */
  link?: { href: string; text: string };
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      /** By the server's own clock, once the session is known. */
      arrivedAt: Date;
    }
  }
}

declare module 'express-session' {
  /**
   * What every session may hold; features add their own fields beside their routes. Moments are milliseconds since
   * 1970.
   */
  interface SessionData {
    /** Whose session it is; absent for a visitor. */
    userId: string;
    username: string;
    /** When its rights began. */
    bornAt: number;
    /** Last request, to the minute. */
    seenAt: number;
    /** The account's security version when it signed in; under another one the session is worthless. */
    securityVersion: number;
    /** What it was signed in from, in words. */
    device: string;
    /** "Keep me signed in". */
    remember: boolean;
    flash: Flash;
    csrfSecret: string;
  }
}
