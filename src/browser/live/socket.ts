import type { Socket } from 'socket.io-client';
import { type Answer, type Fields, lost } from './answer.ts';
import { pauseAfter } from './backoff.ts';

const PATIENCE_MS = 10_000;
/** A page that was out of sight for longer may have a socket of which nobody knows that it is gone. */
const TRUSTED_MS = 45_000;
/** After a word that this page asks too much, or for another minute. */
const CALM_FAILURES = 5;

interface Listening {
  onOpen: () => void;
  /** Failures since it was open. */
  onLost: (failures: number) => void;
  onSignedOut: () => void;
  on: Readonly<Record<string, (data: never) => void>>;
}

interface Bye {
  why: string;
  comeBackInMs?: number;
}

/** One WebSocket that comes back: soon, then ever later, and at once when the page or the network wakes up. */
export async function openSocket({ onOpen, onLost, onSignedOut, on }: Listening) {
  const { io } = await import('socket.io-client');
  const socket: Socket = io({
    path: '/live',
    transports: ['websocket'],
    auth: { page: true },
    reconnection: false,
    autoConnect: false,
    timeout: PATIENCE_MS,
  });
  let [failures, pauseMs, isOver] = [0, 0, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = 0;

  const connect = (): void => {
    clearTimeout(timer);
    if (!navigator.onLine) comeBack();
    else if (!isOver) socket.connect();
  };
  const comeBack = (): void => {
    clearTimeout(timer);
    if (isOver) return;
    timer = setTimeout(connect, pauseMs || pauseAfter(failures));
    pauseMs = 0;
    failures++;
    onLost(failures);
  };
  const wake = (): void => {
    if (socket.connected) return;
    failures = 0;
    connect();
  };

  socket.on('connect', () => {
    failures = 0;
    onOpen();
  });
  socket.on('connect_error', () => {
    // Whatever is left of it: the next one begins anew.
    socket.disconnect();
    comeBack();
  });
  socket.on('disconnect', (why) => why !== 'io client disconnect' && comeBack());
  socket.on('bye', ({ why, comeBackInMs = 0 }: Bye) => {
    if (why === 'signed-out') {
      isOver = true;
      onSignedOut();
    } else if (why === 'restart') pauseMs = comeBackInMs;
    else failures = CALM_FAILURES;
  });
  for (const [event, take] of Object.entries(on)) socket.on(event, take as (data: unknown) => void);

  const renew = (): void => {
    socket.disconnect();
    failures = 0;
    connect();
  };
  addEventListener('online', renew);
  addEventListener('offline', () => {
    socket.disconnect();
    comeBack();
  });
  addEventListener('pagehide', () => socket.disconnect());
  addEventListener('pageshow', (event) => event.persisted && renew());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = performance.now();
    else if (performance.now() - hiddenAt > TRUSTED_MS) renew();
    else wake();
  });
  connect();

  return {
    isOpen: (): boolean => socket.connected,
    wake,
    async act(name: string, fields: Fields): Promise<Answer> {
      if (!socket.connected) return lost;
      try {
        return (await socket.timeout(PATIENCE_MS).emitWithAck(name, fields)) as Answer;
      } catch {
        // Open, and nobody answers.
        if (socket.connected) renew();
        return lost;
      }
    },
  };
}

export type LiveSocket = Awaited<ReturnType<typeof openSocket>>;
