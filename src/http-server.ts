import { createServer, type RequestListener, type Server } from 'node:http';
import { minutes, seconds } from './kernel/clock.ts';
import { boundConnections, formsWithin } from './web/request/connections.ts';
import { atMostFields } from './web/request/header-fields.ts';
import { atMostUnanswered } from './web/request/unanswered.ts';

/** What one connection may cost. Milliseconds, unless a name says otherwise. */
export interface ServerLimits {
  /** From the first byte of a connection or request to the end of its headers. */
  headersTimeout: number;
  /** To the end of a form: 35 KB at the 28 kbit/s of EDGE, and forms are a few. */
  formTimeout: number;
  /**
   * To the end of any body. A picture of 10 MB takes a quarter of an hour at 93 kbit/s, and one of 3 MB at EDGE's 28; whoever
   * falls silent is cut off long before (`picturePolicy.patience`).
   */
  requestTimeout: number;
  /** How often the two are looked at; Node's own 30 seconds would make ten last forty. */
  connectionsCheckingInterval: number;
  /** Longer than the 60 seconds that proxies keep theirs, or they would send into one that we just closed. */
  keepAliveTimeout: number;
  /** Bytes of a request's headers, and how many fields they are; more is answered 431. */
  maxHeaderSize: number;
  maxHeadersCount: number;
  /** Open at once; one more is closed without an answer. A connection costs some 20 KB. */
  maxConnections: number;
  /**
   * Of these, by address; and requests in hand. Carriers put some hundred people behind one, with up to six connections
   * each; twenty machines are wanted to take all of them.
   */
  maxPerAddress: number;
  /**
   * Requests of one connection that are not answered yet; at one more it is closed. Browsers and proxies wait for each
   * answer: who sends many at once would have them all done at once, before everybody else's.
   */
  maxUnanswered: number;
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

/**
 * An HTTP server on which slow senders, header floods and idle crowds take little away from others. Behind proxies all
 * connections are theirs: then `proxied`, and none is closed for its address.
 */
export function createHttpServer(
  app: RequestListener,
  limits: ServerLimits = serverLimits,
  { proxied = false } = {},
): Server {
  const { maxHeadersCount, maxConnections, maxUnanswered, maxPerAddress, formTimeout, ...options } = limits;
  const inTime = formsWithin(formTimeout, atMostFields(maxHeadersCount, app));
  const server = createServer(options, atMostUnanswered(maxUnanswered, inTime));
  if (!proxied) boundConnections(server, maxPerAddress);
  // One more is handed on, to be seen.
  return Object.assign(server, {
    maxHeadersCount: maxHeadersCount + 1,
    maxConnections,
    dropMaxConnection: true,
  });
}
