import { io, type Socket } from 'socket.io-client';
import { eventually } from '../captured.ts';
import { portOf, type TestHouse } from '../house.ts';
import type { Visitor } from '../visitor.ts';

export type Answer = { ok: boolean; reason?: string } & Record<string, unknown>;

export interface Heard {
  event: string;
  data: Record<string, unknown>;
}

/** A socket of somebody's page or app. */
export interface OpenSocket {
  socket: Socket;
  heard: Heard[];
  /** Sends an act; fails when nobody answers. */
  act(name: string, data?: unknown): Promise<Answer>;
  /** The next hint of this name that was not awaited before. */
  next(event: string): Promise<Record<string, unknown>>;
  /** Resolves when the server has closed it; why it said it did. */
  closed(): Promise<unknown>;
  close(): Promise<void>;
}

export interface SocketOptions {
  page?: boolean;
  /** Null leaves one out. */
  headers?: Record<string, string | null>;
  auth?: Record<string, unknown>;
}

/** As a browser sends them. */
export function headersOf(who: Visitor, house: TestHouse, more: SocketOptions['headers'] = {}) {
  const headers: Record<string, string | null> = {
    Host: house.host,
    Origin: house.config.publicUrl.origin,
    Cookie: [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ') || null,
    'X-Forwarded-For': who.ip,
    ...who.headers,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}

/** Opens a socket as a member does, at the house given. */
export async function openSocket(
  who: Visitor,
  house: TestHouse,
  { page = false, headers, auth = {} }: SocketOptions = {},
): Promise<OpenSocket> {
  const socket = io(`http://127.0.0.1:${portOf(house)}`, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headersOf(who, house, headers),
    auth: { ...auth, ...(page ? { page: true } : {}) },
  });
  const heard: Heard[] = [];
  const taken = new Set<Heard>();
  socket.onAny((event: string, data: Record<string, unknown>) => void heard.push({ event, data }));
  const gone = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (err) => {
      socket.close();
      reject(err);
    });
  });
  return {
    socket,
    heard,
    act: async (name, data = {}) => (await socket.timeout(10_000).emitWithAck(name, data)) as Answer,
    async next(event) {
      const found = await eventually(
        () => heard.find((one) => one.event === event && !taken.has(one)),
        `the hint ${event}`,
      );
      taken.add(found);
      return found.data;
    },
    async closed() {
      await gone;
      return heard.findLast(({ event }) => event === 'bye')?.data.why;
    },
    async close() {
      if (!socket.connected) return;
      socket.close();
      await gone;
    },
  };
}
