import { WebSocket } from 'ws';
import { settings } from '../settings.ts';

const { host, origin } = new URL(settings.publicUrl);

/** Socket.IO on the wire (protocol 5 over Engine.IO 4), with as little of our own beside it as can be. */
export interface RawSocket {
  /** Sends an event; `answered` gets its acknowledgement. */
  send(event: string, data: object, answered: (answer: { ok: boolean; reason?: string }) => void): void;
  close(): void;
}

export function openRawSocket(
  { port, cookie, n }: { port: number; cookie: string; n: number },
  heard: (event: string, data: Record<string, unknown>) => void,
): Promise<RawSocket> {
  const ip = `10.9.${(n >> 8) & 255}.${n & 255}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket`, {
    headers: { host, origin, cookie, 'x-forwarded-for': ip },
    perMessageDeflate: false,
  });
  const waiting = new Map<number, (answer: { ok: boolean }) => void>();
  let id = 0;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (raw: Buffer) => {
      const text = raw.toString();
      if (text === '2') return socket.send('3');
      if (text.startsWith('0')) return socket.send('40{}');
      if (text.startsWith('40'))
        return resolve({
          send(event, data, answered) {
            waiting.set(id, answered);
            socket.send(`42${id}${JSON.stringify([event, data])}`);
            id++;
          },
          close: () => socket.terminate(),
        });
      if (text.startsWith('43')) {
        const begin = text.indexOf('[');
        const number = Number(text.slice(2, begin));
        const [answer] = JSON.parse(text.slice(begin)) as [{ ok: boolean }];
        waiting.get(number)?.(answer);
        waiting.delete(number);
      } else if (text.startsWith('42')) {
        const [event, data] = JSON.parse(text.slice(2)) as [string, Record<string, unknown>];
        heard(event, data);
      }
      return undefined;
    });
  });
}
