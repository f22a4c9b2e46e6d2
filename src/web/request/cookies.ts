import type { Request } from 'express';

/** With the prefix browsers demand Secure, host-only and the whole site. */
export function hostCookie(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

export function cookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
}

/** Still encoded; '' when there is none. */
export function readCookie(req: Request, name: string): string {
  return findCookie(req.get('cookie'), name);
}

/** The same of a header. */
export function findCookie(cookies: string | undefined, name: string): string {
  return (
    (cookies ?? '')
      .split('; ')
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  );
}
