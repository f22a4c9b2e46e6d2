import type { Server } from 'node:http';
import { Server as Engine } from 'engine.io';
import { Server as SocketServer, type Socket } from 'socket.io';
import type { Random } from '../kernel/ids.ts';
import { type ActsDeps, performer } from './acts.ts';
import { createBackstop } from './backstop.ts';
import { boundConnection, type RawConnection } from './bounds.ts';
import { createHandshakes, type HandshakesDeps } from './handshakes.ts';
import { livePolicy } from './policy.ts';
import { serveSocket } from './socket.ts';
import { takeUpgrades } from './upgrades.ts';

export interface LiveServerDeps extends ActsDeps, Omit<HandshakesDeps, 'isClosing'> {
  /** Finds out whether other processes are still heard. */
  checkBroadcast: () => Promise<void>;
  random: Random;
}

export interface LiveServer {
  /** Takes the upgrades of a server. */
  attach(server: Server): void;
  /** What its timer does every few seconds. */
  check(): Promise<void>;
  close(): Promise<void>;
}

function createEngine(): Engine {
  return new Engine({
    transports: ['websocket'],
    allowUpgrades: false,
    perMessageDeflate: false, // a context of zlib for each socket weighs more than all the rest of it
    maxHttpBufferSize: livePolicy.frameBytes,
    pingInterval: livePolicy.ping.every,
    pingTimeout: livePolicy.ping.patience,
  });
}

export function createLiveServer(deps: LiveServerDeps): LiveServer {
  const { hub, random, metrics } = deps;
  let closing = false;
  const handshakes = createHandshakes({ ...deps, isClosing: () => closing });
  const { streams } = handshakes;
  const acts = performer(deps);
  const engine = createEngine();
  engine.on('connection', (raw: RawConnection) => {
    const connection = handshakes.connectionOf(raw.request as never);
    if (connection) boundConnection(connection, raw);
  });
  const io = new SocketServer({ serveClient: false, connectTimeout: livePolicy.connectWithin }).bind(engine);
  metrics.gauge('live_sockets', 'Sockets that are open', () => streams.size);
  io.on('connection', (socket: Socket) => {
    const connection = handshakes.connectionOf(socket.request);
    // Ended between its handshake and now.
    if (!connection || connection.isEnded) return void socket.disconnect(true);
    serveSocket(connection, socket, { ...acts, metrics });
    return hub.opened(connection);
  });

  const backstop = createBackstop({ ...deps, all: hub.all });
  const check = async (): Promise<void> => {
    for (const connection of hub.all())
      if (connection.bytesSince() > livePolicy.bytesBetweenChecks) connection.end('too-many');
    await Promise.all([backstop(), deps.checkBroadcast()]);
  };
  let checking = false;
  const timer = setInterval(() => {
    // A store that answers slowly is not asked again meanwhile.
    if (checking) return;
    checking = true;
    void check().finally(() => (checking = false));
  }, livePolicy.checkEvery).unref();

  return {
    attach(server) {
      takeUpgrades(server, (handshake, stream, head) =>
        handshakes.take(handshake, stream, () => {
          const heard = stream.rawListeners('close').length;
          engine.handleUpgrade(handshake as never, stream, head);
          // For the library's answer to the handshake: by it each socket would keep its request, 10 KB.
          const [forAnswer] = stream.rawListeners('close').slice(heard);
          if (forAnswer) stream.off('close', forAnswer as () => void);
        }),
      );
    },
    check,
    async close() {
      closing = true;
      clearInterval(timer);
      for (const connection of hub.all())
        connection.end('restart', { comeBackInMs: random.below(livePolicy.comeBackWithin) });
      const left = [...streams].map((stream) => new Promise((resolve) => stream.once('close', resolve)));
      // Those in the middle of their handshake as well.
      const late = setTimeout(() => {
        for (const stream of streams) stream.destroy();
      }, 2 * livePolicy.closeWithin);
      await Promise.all(left);
      clearTimeout(late);
      hub.close();
      await io.close();
    },
  };
}
