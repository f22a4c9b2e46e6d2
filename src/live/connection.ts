import type { Socket as Stream } from 'node:net';
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
  /** At once, without a word. */
  drop(why: string): void;
  /** Bytes that came since this was asked before. */
  bytesSince(): number;
}

interface ConnectionDeps {
  who: Who;
  /** What it goes over. */
  stream: Stream;
  onClosed: (why: string) => void;
}

export function createConnection({ who, stream, onClosed }: ConnectionDeps): Connection {
  let socket: Socket | null = null;
  let [isPage, isEnded, bytes] = [false, false, 0];
  /** False: it was over before. */
  const finish = (why: string): boolean => {
    if (isEnded) return false;
    isEnded = true;
    onClosed(why);
    return true;
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
    },
    send(event, data) {
      if (socket && !isEnded) socket.emit(event, data);
    },
    end(why, more = {}) {
      if (!finish(why)) return;
      if (!socket) return void stream.destroy();
      socket.emit('bye', { why, ...more });
      socket.disconnect(true);
      // Whoever does not read gets no more time.
      setTimeout(() => stream.destroy(), livePolicy.closeWithin).unref();
    },
    drop(why) {
      finish(why);
      stream.destroy();
    },
    bytesSince() {
      const before = bytes;
      bytes = stream.bytesRead;
      return bytes - before;
    },
  };
}
