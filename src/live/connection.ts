import type { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';
import type { Words } from '../web/words/words.ts';
import type { Why } from './live.ts';
import { livePolicy } from './policy.ts';

/** Whose socket it is, and from where: as its handshake said. */
export interface Who {
  userId: string;
  securityVersion: number;
  sessionId: string;
  username: string;
  address: string | undefined;
  userAgent: string | undefined;
  words: Words;
}

/** One socket, from the moment its handshake is asked until it has gone. */
export interface Connection {
  readonly who: Who;
  /** A page, which is given what it shows. */
  readonly isPage: boolean;
  readonly isEnded: boolean;
  open(socket: Socket, isPage: boolean): void;
  send(event: string, data: object): void;
  /** Says `bye`; nothing is sent or taken after it. */
  end(why: Why, more?: object): void;
  /** At once. */
  destroy(): void;
}

interface ConnectionDeps {
  who: Who;
  /** What it goes over. */
  stream: Duplex;
  onClosed: (why: string) => void;
}

/** Counts what is not sent yet: Socket.IO would keep it for whoever does not read. */
export function createConnection({ who, stream, onClosed }: ConnectionDeps): Connection {
  let socket: Socket | null = null;
  let [isPage, isEnded, queued] = [false, false, 0];
  const destroy = (): void => {
    isEnded = true;
    stream.destroy();
  };
  return {
    who,
    get isPage() {
      return isPage;
    },
    get isEnded() {
      return isEnded;
    },
    open(opened, wantsHtml) {
      [socket, isPage] = [opened, wantsHtml];
      // From here on the stream counts it.
      opened.conn.on('flush', () => (queued = 0));
    },
    send(event, data) {
      if (!socket || isEnded) return;
      if (queued + stream.writableLength > livePolicy.unsentBytes) {
        onClosed('slow');
        return destroy();
      }
      queued += JSON.stringify(data).length;
      socket.emit(event, data);
    },
    end(why, more = {}) {
      if (isEnded) return;
      isEnded = true;
      onClosed(why);
      if (!socket) return void stream.destroy();
      socket.emit('bye', { why, ...more });
      socket.disconnect(true);
      // Whoever does not read gets no more time.
      setTimeout(() => stream.destroy(), livePolicy.closeWithin).unref();
    },
    destroy,
  };
}
