import { actByFetch } from './act-by-fetch.ts';
import { type Answer, type Fields, lost } from './answer.ts';
import { type LiveSocket, openSocket } from './socket.ts';

/** How often a page without a socket looks. */
const LOOK_MS = 20_000;
/** Failures of the socket after which pages are tried: some networks let no socket pass. */
const PATIENT_FOR = 2;

/** `socket`: told at once. `pages`: the site answers, and is asked now and then. `none`: nobody answers. */
export type Reach = 'socket' | 'pages' | 'none';

interface LiveDeps {
  /** Asks for all that was missed; false: nobody answered. */
  look: () => Promise<boolean>;
  onReach: (reach: Reach) => void;
  onSignedOut: () => void;
  on: Readonly<Record<string, (data: never) => void>>;
}

/** What a page has of the site beside itself, however it can be reached. */
export function openLive({ look, onReach, onSignedOut, on }: LiveDeps) {
  let socket: LiveSocket | null = null;
  let reach: Reach = 'socket';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const turn = (now: Reach): void => {
    if (now === reach) return;
    reach = now;
    onReach(now);
  };
  const lookWithout = async (): Promise<void> => {
    clearTimeout(timer);
    const answered = navigator.onLine && (await look());
    if (socket?.isOpen()) return;
    turn(answered ? 'pages' : 'none');
    clearTimeout(timer);
    timer = setTimeout(() => void lookWithout(), LOOK_MS);
  };

  void openSocket({
    onOpen: () => {
      clearTimeout(timer);
      turn('socket');
      void look();
    },
    onLost: (failures) => {
      if (!navigator.onLine) turn('none');
      // Where pages answer they are asked by their own timer.
      else if (failures >= PATIENT_FOR && reach !== 'pages') void lookWithout();
    },
    onSignedOut,
    on: { ...on, missed: () => void look() },
  }).then(
    (opened) => (socket = opened),
    // The library could not be fetched: pages have to do.
    () => lookWithout(),
  );

  return {
    wake: (): void => socket?.wake(),
    /** `path`: the same in the API, which names there whom it is about. */
    async act(name: string, path: string, fields: Fields): Promise<Answer> {
      if (socket?.isOpen()) return socket.act(name, fields);
      const { with: _named, ...sent } = fields;
      return navigator.onLine ? actByFetch(path, sent) : lost;
    },
  };
}

export type Live = ReturnType<typeof openLive>;
