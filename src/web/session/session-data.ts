import 'express-session';
import { type Message, verbatim } from '../../kernel/message.ts';

export interface Flash {
  kind: 'success' | 'info' | 'error';
  text: Message;
  link?: { href: string; text: Message };
  /** Where a form without fields takes it back. */
  undo?: string;
}

/** As the release before stored it: in words, and a time with what follows it. */
interface FlashInWords {
  kind: Flash['kind'];
  text: string;
  at?: { text: string };
  after?: string;
  link?: { href: string; text: string };
}

export function readFlash(stored: Flash | FlashInWords): Flash {
  if (typeof stored.text !== 'string') return stored as Flash;
  const { kind, text, at, after = '', link } = stored as FlashInWords;
  return {
    kind,
    text: verbatim(at ? text + at.text + after : text),
    ...(link ? { link: { href: link.href, text: verbatim(link.text) } } : {}),
  };
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
    firstMinute: number; // the step at which somebody is who joined in this session; absent once it's over
    csrfSecret: string;
  }
}
