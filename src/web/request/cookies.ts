import type { Request } from 'express';

/**
 * The prefix makes browsers refuse a cookie unless it is Secure, host-only and for the whole site; plain http cannot
 * have it.
 */
export function hostCookie(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** No script reads it, no other site sends it along with a form. */
export function cookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
}

/** A cookie as it was sent, still encoded; '' when there is none. */
export function readCookie(req: Request, name: string): string {
  return (
    (req.get('cookie') ?? '')
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  );
}
