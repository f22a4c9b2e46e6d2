import { noteUnsent, t } from '../index.ts';
import { systemClock } from '../../kernel/clock.ts';
import type { Live } from '../live/live.ts';
import type { Written } from './composer.ts';
import type { MessageList } from './message-list.ts';
import { pendingItem, showRefused } from './pending-item.ts';
import { openQueue, type Waiting } from '../unsent/queue.ts';
import { oneTabAtATime } from '../unsent/one-tab.ts';
import { createSender } from '../unsent/sender.ts';
import { openWaitingStore } from '../unsent/waiting-store.ts';

interface OutgoingDeps {
  member: string;
  with: string;
  list: MessageList;
  live: Live;
  /** Something was shown, or taken away. */
  show: (change: () => void, isOwn: boolean) => void;
  /** Stored, and told by nobody yet. */
  lookFor: (clientId: string) => void;
}

function newId(): string {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, n) => {
    const marked = n === 6 ? (byte & 15) | 64 : n === 8 ? (byte & 63) | 128 : byte;
    return marked.toString(16).padStart(2, '0');
  });
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** What was written here and is on its way: kept, shown, sent in its order, and shown again when the page comes back. */
export function outgoing({ member, with: name, list, live, show, lookFor }: OutgoingDeps) {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(`waiting:${member}`) : null;
  const queue = openQueue(member, openWaitingStore(), (all) => {
    noteUnsent(member, all.length, (n) => t('chat.browser.conversation.unsent', { count: n }));
    channel?.postMessage('changed');
  });
  const sender = createSender({
    queue,
    send: ({ with: to, text, clientId, language, answers }) =>
      live.act('chat.send', `/chats/${to}`, { with: to, text, clientId, language, answers }),
    onStored: ({ clientId }) => list.pending(clientId) && lookFor(clientId),
    onRefused: (one, says) => refuse(one, says),
    alone: (act) => oneTabAtATime(`send:${member}`, act),
  });

  const refuse = ({ clientId }: Waiting, says: string): void => {
    const item = list.pending(clientId);
    if (!item || item.classList.contains('refused')) return;
    show(
      () =>
        showRefused(item, says, {
          again: () => void queue.again(clientId).then(() => sender.wake()),
          forget: () => void queue.remove(clientId),
        }),
      false,
    );
  };
  const showWaiting = (one: Waiting): void => {
    if (one.with !== name) return;
    const isShown = document.querySelector(`[data-client="${CSS.escape(one.clientId)}"]`) !== null;
    if (!isShown) show(() => list.add(pendingItem(one)), false);
    if (one.refused !== undefined) refuse(one, one.refused);
  };
  /** As it stands after something else changed it: another tab, or the page before this one. */
  const follow = async (): Promise<void> => {
    const all = await queue.all();
    for (const one of all) showWaiting(one);
    for (const item of list.items()) {
      const { client } = item.dataset;
      if (client && list.pending(client) && !all.some(({ clientId }) => clientId === client)) lookFor(client);
    }
    if (all.some(({ refused }) => refused === undefined)) sender.wake();
  };
  channel?.addEventListener('message', () => void follow());

  return {
    follow,
    now: (): void => sender.now(),
    async send(written: Written): Promise<void> {
      const one = { ...written, clientId: newId(), with: name, at: systemClock.now().getTime() };
      show(() => list.add(pendingItem({ ...one, member })), true);
      await queue.add(one);
      sender.wake();
    },
  };
}

export type Outgoing = ReturnType<typeof outgoing>;
