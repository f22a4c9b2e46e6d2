import { actByFetch } from '../live/act-by-fetch.ts';
import { oneTabAtATime } from './one-tab.ts';
import { openQueue } from './queue.ts';
import { createSender } from './sender.ts';
import { openWaitingStore } from './waiting-store.ts';

/** Leaves word for other pages. Given: nothing that every page has is fetched with this once more. */
type Note = (member: string, count: number, say: null) => void;

/** What was written in a conversation and not sent: on all other pages. */
function queueOf(member: string, note: Note) {
  return openQueue(member, openWaitingStore(), ({ length }) => note(member, length, null));
}

export function sendUnsent(member: string, note: Note): void {
  const sender = createSender({
    queue: queueOf(member, note),
    send: ({ with: name, text, clientId, language, answers }) =>
      actByFetch(`/chats/${name}`, { text, clientId, language, answers }),
    onStored: () => {},
    // Its conversation says so.
    onRefused: () => {},
    alone: (act) => oneTabAtATime(`send:${member}`, act),
  });
  addEventListener('online', () => sender.now());
  sender.wake();
}

export function forgetUnsent(member: string, note: Note): Promise<void> {
  return queueOf(member, note).empty();
}
