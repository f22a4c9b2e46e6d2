import type { Request, RequestHandler } from 'express';
import { AppError } from '../kernel/errors.ts';

export interface Hosts {
  isOurOrigin: (origin: string) => boolean;
  /** 421 for a Host that is not ours: links and cookies are made for one name only. */
  check: RequestHandler;
}

/** Whether a request names one host (RFC 9112, section 3.2, wants 400 for more). Node keeps the first, a proxy perhaps the last. */
const namesOneHost = ({ rawHeaders }: Request): boolean => {
  let named = 0;
  for (let n = 0; n < rawHeaders.length; n += 2) if (/^host$/i.test(rawHeaders[n]!)) named++;
  return named < 2;
};

/** `PUBLIC_URL` decides; on a laptop `127.0.0.1` and `localhost` are the same place. */
export const createHosts = (publicUrl: URL, production: boolean): Hosts => {
  const names = new Set([publicUrl.host]);
  if (!production && ['localhost', '127.0.0.1'].includes(publicUrl.hostname)) {
    const port = publicUrl.port ? `:${publicUrl.port}` : '';
    for (const name of ['localhost', '127.0.0.1']) names.add(name + port);
  }
  const origins = new Set([...names].map((name) => `${publicUrl.protocol}//${name}`));
  return {
    isOurOrigin: (origin) => origins.has(origin),
    check: (req, _res, next) => {
      // `OPTIONS *` asks about the server as a whole; there is nothing to tell.
      if (req.url === '*') throw new AppError(400, 'This server answers for addresses only.');
      if (!namesOneHost(req)) throw new AppError(400, 'This request names more than one host.');
      if (!names.has((req.get('host') ?? '').toLowerCase()))
        throw new AppError(421, 'This server does not answer for that host name.');
      next();
    },
  };
};
