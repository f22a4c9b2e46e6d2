import 'express-session';
import type { Message, ShownTime } from '../../kernel/message.ts';

export interface Flash {
  kind: 'success' | 'info' | 'error';
  text: Message | string;
  at?: ShownTime;
  after?: string;
  link?: { href: string; text: Message | string };
}

/** The release before stored a time in words, and what follows it. */
export function readFlash(stored: Flash): Flash {
  const { at, after, ...flash } = stored as Omit<Flash, 'at'> & { at?: ShownTime | { text: string } };
  return at && 'text' in at ? { ...flash, text: `${stored.text as string}${at.text}${after}` } : stored;
}

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- how Express lets requests be given more
  namespace Express {
    interface Request {
      arrivedAt: Date; // by the server's clock
    }
  }
}

declare module 'express-session' {
  /** Features add their own fields. Moments are milliseconds since 1970. */
  interface SessionData {
    userId: string; // absent for a visitor
    username: string;
    bornAt: number;
    seenAt: number; // to the minute
    securityVersion: number; // at sign-in; another version ends the session
    device: string;
    remember: boolean;
    flash: Flash;
    csrfSecret: string;
  }
}
