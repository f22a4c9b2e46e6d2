import type { Request } from 'express';
import { hostCookie, readCookie } from '../request/cookies.ts';
import type { EndingStore } from './session.ts';

/** Whether the session that a browser's cookie names ended a moment ago. `secure`: whether the site is https. */
export function createEndedLately(store: Pick<EndingStore, 'endedLately'>, secure: boolean) {
  const name = hostCookie('sid', secure);
  return async (req: Request): Promise<boolean> => {
    const sid = /^s%3A([\w-]{1,64})\./.exec(readCookie(req, name))?.[1];
    return sid !== undefined && store.endedLately(sid);
  };
}
