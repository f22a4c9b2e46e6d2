import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { portOf, type TestHouse } from '../house.ts';
import type { Visitor } from '../visitor.ts';
import { headersOf, type SocketOptions } from './open-socket.ts';

export interface Upgraded {
  status: number;
  retryAfter: string | undefined;
  cookies: readonly string[];
  /** Of 101. */
  stream: Socket | null;
}

export const livePath = '/live/?EIO=4&transport=websocket';

/** A handshake as it stands on the wire. */
export function upgrade(
  who: Visitor,
  house: TestHouse,
  { headers, path = livePath }: Pick<SocketOptions, 'headers'> & { path?: string } = {},
): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port: portOf(house),
      path,
      headers: {
        ...headersOf(who, house, headers),
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      },
    });
    asked.once('error', reject);
    asked.once('response', (res) => {
      res.resume();
      resolve({
        status: res.statusCode!,
        retryAfter: res.headers['retry-after'],
        cookies: res.headers['set-cookie'] ?? [],
        stream: null,
      });
    });
    asked.once('upgrade', (res, stream: Socket) => {
      stream.on('error', () => {});
      resolve({
        status: res.statusCode!,
        retryAfter: undefined,
        cookies: res.headers['set-cookie'] ?? [],
        stream,
      });
    });
    asked.end();
  });
}
