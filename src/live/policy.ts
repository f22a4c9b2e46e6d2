import { minutes, seconds } from '../kernel/clock.ts';

export const livePolicy = {
  frameBytes: 64 * 1024, // a message of 4,000 characters, each of four bytes and escaped, is under 50 KB
  /** Whoever types sends a frame a second, a call sends its candidates at once. */
  frames: { burst: 60, aSecond: 20 },
  /** All that these frames could hold, also in pieces that are no frames. */
  bytesBetweenChecks: (60 + 5 * 20) * 64 * 1024,
  /** Of one socket, which wait for each other: their limits let through no more at once. */
  actsWaiting: 32,
  /** While limits cannot be counted: as many messages as one may write (community). */
  withoutLimits: { burst: 30, aSecond: 2 },
  unsentBytes: 1024 * 1024, // some thousand hints; whoever reads no faster than that asks for all of it later
  mostOfPerson: 20, // tabs and devices, in each process
  mostOfAddress: 500, // as connections (http-server.ts): a hundred people of a carrier, with five each
  most: 8_000, // of 10,000 connections: the rest is for pages
  /** Proxies cut what is silent for a minute. Whoever does not answer is gone. */
  ping: { every: seconds(25), patience: seconds(20) },
  connectWithin: seconds(10), // as headers
  tickEvery: seconds(1), // who came and went is told in so long
  checkEvery: seconds(5), // what nobody told ends then
  /** Redis may be away so long before sockets whose sessions nobody can ask about are closed. */
  withoutSessions: minutes(10),
  closeWithin: 500, // milliseconds for the last words
  /** Thousands who come back at once are spread over it: a handshake asks both stores. */
  comeBackWithin: seconds(5),
  awayRetry: seconds(5),
} as const;
