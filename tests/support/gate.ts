import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Gate {
  /** The given URL, led through the gate. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open but lets nothing through. */
  hold(): void;
  open(): void;
  close(): Promise<void>;
}

/** A gate before a real server: what a failing network does to it, a test can do. */
export async function openGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'held' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (chunk) => state === 'open' && other.write(chunk));
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      breakAll();
    },
    hold: () => {
      state = 'held';
    },
    open: () => {
      // What was swallowed while held cannot be made up for: such connections begin anew.
      if (state === 'held') breakAll();
      state = 'open';
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
