import autocannon from 'autocannon';
import { browsersAccept } from '../../tests/support/wire.ts';
import { settings } from '../settings.ts';
import { rateSettings } from './settings.ts';

const host = new URL(settings.publicUrl).host;

function rateOf(result: autocannon.Result, expected: '2xx' | '3xx', what: string): number {
  const wrong = result.requests.total - result[expected];
  // Those still under way when time was up were never answered.
  if (result.errors > 0 || result.timeouts > 0 || wrong > rateSettings.pageConnections)
    throw new Error(`${what}: ${wrong} of ${result.requests.total} were answered otherwise`);
  return result[expected] / result.duration;
}

/** Pages a second, each browser with its own of the cookies (one for each), or none with any. */
export async function pageRate(
  port: number,
  path: string,
  cookies: readonly string[] | null,
  seconds: number,
): Promise<number> {
  let browsers = 0;
  const headers = { host, accept: 'text/html', 'accept-encoding': browsersAccept };
  const result = await autocannon({
    url: `http://127.0.0.1:${port}${path}`,
    connections: rateSettings.pageConnections,
    duration: seconds,
    headers,
    ...(cookies && {
      setupClient: (client) => client.setHeaders({ ...headers, cookie: cookies[browsers++]! }),
    }),
  });
  return rateOf(result, '2xx', path);
}

/** A form, ready to be posted once. */
export interface Prepared {
  cookie: string;
  body: string;
  ip: string;
}

/** Posts of prepared forms a second, each answered with a redirect. */
export async function postRate(
  port: number,
  path: string,
  prepared: Prepared[],
  seconds: number,
): Promise<number> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: rateSettings.people,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path,
        setupRequest: (request) => {
          const form = prepared.pop();
          if (!form) throw new Error('there were not enough forms: prepare more');
          return {
            ...request,
            headers: {
              host,
              accept: 'text/html',
              'accept-encoding': browsersAccept,
              'content-type': 'application/x-www-form-urlencoded',
              'x-forwarded-for': form.ip,
              cookie: form.cookie,
            },
            body: form.body,
          };
        },
      },
    ],
  });
  return rateOf(result, '3xx', path);
}

/** How often a journey comes to its end in a second, with so many people on it at once. */
export async function journeyRate(journey: () => Promise<void>, seconds: number): Promise<number> {
  let done = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      await journey();
      done++;
    }
  };
  await Promise.all(Array.from({ length: rateSettings.people }, one));
  return (done / (performance.now() - start)) * 1000;
}
