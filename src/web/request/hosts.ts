import type { Request, RequestHandler } from 'express';
import { AppError } from '../../kernel/errors.ts';
import { message } from '../../kernel/message.ts';

export interface Hosts {
  isOurOrigin: (origin: string) => boolean;
  check: RequestHandler; // 421 for another host
}

/** RFC 9112, 3.2. Node keeps the first of several, a proxy perhaps the last. */
function namesOneHost({ rawHeaders }: Request): boolean {
  let named = 0;
  for (let n = 0; n < rawHeaders.length; n += 2) if (/^host$/i.test(rawHeaders[n]!)) named++;
  return named < 2;
}

/** Case, default port (RFC 9110, 4.2.3) and a final dot (RFC 3986, 3.2.2) make no difference. */
function inOneSpelling(host: string, protocol: string): string {
  const [, name = '', port = ''] = /^(.*?)\.?(?::(\d*))?$/.exec(host.toLowerCase()) ?? [];
  const usual = protocol === 'https:' ? '443' : '80';
  return port === '' || port === usual ? name : `${name}:${port}`;
}

/** Of PUBLIC_URL; in development 127.0.0.1 is localhost. */
export function createHosts(publicUrl: URL, production: boolean): Hosts {
  const { protocol } = publicUrl;
  const names = new Set([inOneSpelling(publicUrl.host, protocol)]);
  if (!production && ['localhost', '127.0.0.1'].includes(publicUrl.hostname)) {
    const port = publicUrl.port ? `:${publicUrl.port}` : '';
    for (const name of ['localhost', '127.0.0.1']) names.add(name + port);
  }
  const isOurs = (host: string): boolean => names.has(host) || names.has(inOneSpelling(host, protocol));
  return {
    isOurOrigin: (origin) => {
      const [, scheme, host = ''] = /^([a-z]+:)\/\/(.*)$/.exec(origin) ?? [];
      return scheme === protocol && isOurs(host);
    },
    check: (req, _res, next) => {
      // `OPTIONS *` asks about the server as a whole.
      if (req.url === '*') throw new AppError(400, message('web.request.noAddress'));
      if (!namesOneHost(req)) throw new AppError(400, message('web.request.manyHosts'));
      if (!isOurs(req.get('host') ?? '')) throw new AppError(421, message('web.request.otherHost'));
      next();
    },
  };
}
