import { createServer, type RequestListener, type Server } from 'node:http';
import { minutes, seconds } from './kernel/clock.ts';
import { boundConnections, formsWithin } from './web/request/connections.ts';
import { atMostHeaderFields } from './web/request/header-fields.ts';
import { atMostUnanswered } from './web/request/unanswered.ts';

/** In milliseconds, unless the name says otherwise. */
export interface ServerLimits {
  headersTimeout: number;
  formTimeout: number; // a form is at most 35 KB, and EDGE gives 28 kbit/s
  /** A picture of 10 MB at 93 kbit/s; silent senders are cut off sooner (`picturePolicy.patience`). */
  requestTimeout: number;
  connectionsCheckingInterval: number; // Node's default of 30 seconds would make ten last forty
  keepAliveTimeout: number; // longer than the 60 seconds of proxies, or they would send into a closed connection
  maxHeaderSize: number; // bytes of headers, and their number; more is answered 431
  maxHeadersCount: number;
  maxConnections: number; // one more is closed. A connection costs some 20 KB.
  /** Connections and requests in hand. Carriers put a hundred people behind an address, with six connections each. */
  maxPerAddress: number;
  maxUnanswered: number; // browsers and proxies wait for each answer; a client that pipelines more is cut off
}

export const serverLimits: ServerLimits = {
  headersTimeout: seconds(10),
  formTimeout: seconds(10),
  requestTimeout: minutes(15),
  connectionsCheckingInterval: seconds(2),
  keepAliveTimeout: seconds(65),
  maxHeaderSize: 16 * 1024,
  maxHeadersCount: 100,
  maxConnections: 10_000,
  maxPerAddress: 500,
  maxUnanswered: 8,
};

/** Withstands slow senders, header floods and idle crowds. `proxied`: an address is a proxy's, so not bounded. */
export function createHttpServer(
  app: RequestListener,
  limits: ServerLimits = serverLimits,
  { proxied = false } = {},
): Server {
  const { maxHeadersCount, maxConnections, maxUnanswered, maxPerAddress, formTimeout, ...options } = limits;
  const inTime = formsWithin(formTimeout, atMostHeaderFields(maxHeadersCount, app));
  const server = createServer(options, atMostUnanswered(maxUnanswered, inTime));
  if (!proxied) boundConnections(server, maxPerAddress);
  // One more field than allowed gets through, to be refused.
  return Object.assign(server, {
    maxHeadersCount: maxHeadersCount + 1,
    maxConnections,
    dropMaxConnection: true,
  });
}
