import type { Request } from 'express';

/**
 * The prefix makes browsers refuse a cookie unless it is Secure, host-only and for the whole site; plain http cannot
 * have it.
 */
export const hostCookie = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** No script reads it, no other site sends it along with a form. */
export const cookieOptions = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', secure, path: '/' }) as const;

/** A cookie as it was sent, still encoded; '' when there is none. */
export const readCookie = (req: Request, name: string): string =>
  (req.get('cookie') ?? '')
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';
