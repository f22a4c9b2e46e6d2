import { actByFetch } from '../live/act-by-fetch.ts';
import { oneTabAtATime } from './one-tab.ts';
import { openQueue } from './queue.ts';
import { createSender } from './sender.ts';
import { noteUnsent } from './unsent-note.ts';
import { openWaitingStore } from './waiting-store.ts';

/** What was written in a conversation and not sent: on all other pages. */
function queueOf(member: string) {
  return openQueue(member, openWaitingStore(), (all) => noteUnsent(member, all, null));
}

export function sendUnsent(member: string): void {
  const sender = createSender({
    queue: queueOf(member),
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

export function forgetUnsent(member: string): Promise<void> {
  return queueOf(member).empty();
}
