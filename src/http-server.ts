import { createServer, type RequestListener, type Server } from 'node:http';
import { minutes, seconds } from './kernel/clock.ts';
import { atMostFields } from './web/header-fields.ts';
import { atMostUnanswered } from './web/unanswered.ts';

/** What one connection may cost. Milliseconds, unless a name says otherwise. */
export interface ServerLimits {
  /** From the first byte of a connection or request to the end of its headers. */
  headersTimeout: number;
  /**
   * To the end of its body. A picture of 10 MB takes two minutes at 700 kbit/s, which a phone far from its mast has; no
   * slower sender may hold a connection.
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
   * Requests of one connection that are not answered yet; at one more it is closed. Browsers and proxies wait for each
   * answer: who sends many at once would have them all done at once, before everybody else's.
   */
  maxUnanswered: number;
}

export const serverLimits: ServerLimits = {
  headersTimeout: seconds(10),
  requestTimeout: minutes(2),
  connectionsCheckingInterval: seconds(2),
  keepAliveTimeout: seconds(65),
  maxHeaderSize: 16 * 1024,
  maxHeadersCount: 100,
  maxConnections: 10_000,
  maxUnanswered: 8,
};

/** An HTTP server on which slow senders, header floods and idle crowds take little away from others. */
export const createHttpServer = (app: RequestListener, limits: ServerLimits = serverLimits): Server => {
  const { keepAliveTimeout, maxHeadersCount, maxConnections, maxUnanswered, ...options } = limits;
  const listener = atMostUnanswered(maxUnanswered, atMostFields(maxHeadersCount, app));
  const server = createServer({ ...options, keepAliveTimeout }, listener);
  // One more is handed on, to be seen.
  return Object.assign(server, {
    maxHeadersCount: maxHeadersCount + 1,
    maxConnections,
    dropMaxConnection: true,
  });
};
