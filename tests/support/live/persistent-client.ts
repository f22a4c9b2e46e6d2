import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { TestHouse } from '../house.ts';
import { headersOf } from './open-socket.ts';
import type { Talker } from './talkers.ts';

interface Told {
  seq: number;
  text: string | null;
}

/** A program that loses its network again and again: it sends until it is told that it is stored, and asks for what it missed. */
export function persistentClient({ who }: Talker, other: Talker, house: TestHouse, url: string) {
  const socket: Socket = io(url, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
    timeout: 1_000,
    extraHeaders: headersOf(who, house),
  });
  const seen: Told[] = [];
  const waiting: { text: string; clientId: string }[] = [];
  let [sending, asking] = [false, false];
  const last = (): number => seen.at(-1)?.seq ?? 0;
  const take = (one: Told): void => {
    if (one.seq === last() + 1) seen.push({ seq: one.seq, text: one.text });
    else if (one.seq > last()) void catchUp();
  };
  const ask = (name: string, data: object) =>
    socket.timeout(1_000).emitWithAck(name, data) as Promise<{ ok: boolean; messages?: Told[] }>;

  /** A hint of what lies further on shows a hole, and so does coming back. */
  async function catchUp(): Promise<void> {
    if (asking || !socket.connected) return;
    asking = true;
    try {
      for (let more = true; more; ) {
        const page = await ask('chat.conversation', { with: other.username, after: String(last()) });
        for (const one of page.messages ?? []) take(one);
        more = (page.messages ?? []).length > 0;
      }
    } catch {
      // The network went away; the next connection asks again.
    } finally {
      asking = false;
    }
  }
  async function sendWaiting(): Promise<void> {
    if (sending || !socket.connected) return;
    sending = true;
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        const { ok } = await ask('chat.send', { with: other.username, ...next });
        if (ok) waiting.shift();
        else await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } catch {
      // Not acknowledged: sent again under the same client id.
    } finally {
      sending = false;
    }
  }
  socket.on('chat.message', take);
  socket.on('connect', () => {
    void catchUp();
    void sendWaiting();
  });
  return {
    seen,
    waiting,
    send(text: string): void {
      waiting.push({ text, clientId: randomUUID() });
      void sendWaiting();
    },
    /** Asks once more, as a page does that is looked at again. */
    async settle(): Promise<void> {
      await sendWaiting();
      await catchUp();
    },
    close: () => void socket.close(),
  };
}
