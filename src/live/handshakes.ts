import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket as Stream } from 'node:net';
import type { Express, Request } from 'express';
import { AppError, tooOften } from '../kernel/errors.ts';
import { message } from '../kernel/message.ts';
import type { Log } from '../platform/watching/log.ts';
import type { Metrics } from '../platform/watching/metrics.ts';
import { isGood, type Sessions } from './backstop.ts';
import { type Connection, createConnection, type Who } from './connection.ts';
import type { Hub } from './hub.ts';
import { livePolicy } from './policy.ts';
import { refuseWith } from './upgrades.ts';

export interface HandshakesDeps extends Sessions {
  hub: Hub;
  gate: (open: () => number, isClosing: () => boolean) => Express;
  isClosing: () => boolean;
  isDown: (err: unknown) => boolean;
  log: Log;
  metrics: Metrics;
}

function whoIs(req: Request): Who {
  const { userId, securityVersion = 0, username = '' } = req.session;
  return {
    userId: userId!,
    securityVersion,
    sessionId: req.sessionID,
    username,
    address: req.ip,
    userAgent: req.get('user-agent'),
    words: req.words,
  };
}

/** From a request to a connection that is let in, or an answer that says why not. */
export function createHandshakes({ hub, isDown, isClosing, log, metrics, ...deps }: HandshakesDeps) {
  const streams = new Set<Stream>();
  const admitted = new WeakMap<IncomingMessage, Connection>();
  const gate = deps.gate(() => streams.size, isClosing);

  /** Listens first and asks then: what ends in between is told to it. */
  const admit = async (req: Request, stream: Stream): Promise<Connection> => {
    const who = whoIs(req);
    if (hub.countOf(who.userId) >= livePolicy.mostOfPerson) throw tooOften(message('web.limit.changes'), 60);
    const connection = createConnection({ who, stream, onClosed: (why) => metrics.liveClosed(why) });
    stream.once('close', () => hub.leave(connection));
    await hub.join(connection);
    if (!(await isGood(deps, who))) throw new AppError(401, message('web.api.signedOut'));
    return connection;
  };

  /** By itself: what a listener of the stream can see, it keeps as long as that is open. */
  const keep = (stream: Stream): void => {
    streams.add(stream);
    stream.once('close', () => streams.delete(stream));
  };

  return {
    streams,
    connectionOf: (req: IncomingMessage): Connection | undefined => admitted.get(req),
    /** `go` on with those that are let in. */
    take(req: IncomingMessage, stream: Stream, go: () => void): void {
      keep(stream);
      const since = performance.now();
      const answered = (status: number) =>
        metrics.answered('GET', '/live', status, performance.now() - since);
      const refuse = (err: unknown): void => {
        if (!(err instanceof AppError) && !isDown(err)) log.error({ err }, 'a socket could not be opened');
        answered(refuseWith(stream, err, isDown));
      };
      gate(req as Request, new ServerResponse(req) as never, (err?: unknown) => {
        if (err) return refuse(err);
        void admit(req as Request, stream)
          .then((connection) => {
            // Ended, or gone, meanwhile.
            if (stream.destroyed || connection.isEnded) return void stream.destroy();
            admitted.set(req, connection);
            answered(101);
            return go();
          })
          .catch(refuse);
        return undefined;
      });
    },
  };
}
