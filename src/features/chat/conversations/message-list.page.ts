import { days, startOf } from '../../../kernel/clock.ts';
import { shownDay, type ShownTime } from '../../../kernel/message.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';
import type { ChatMessage } from '../messages/message.ts';
import type { Seen } from '../messages/message-menu.page.ts';
import { type MessageView, messageView } from '../messages/message.page.ts';
import { listPolicy, runPolicy } from '../policy.ts';
import type { Conversation } from './conversations.ts';

/** What stands in the list, in its order: a day's heading, the line before what is new, or a message. */
type ListItem = { kind: 'day'; day: ShownTime } | { kind: 'new' } | { kind: 'message'; message: MessageView };

interface Shown {
  conversation: Conversation;
  messages: readonly ChatMessage[]; // at least one
  part: { before: number | null; after: number | null };
  now: Date;
}

function dayOf({ at }: ChatMessage): number {
  return startOf(days(1), at).getTime();
}

/** The first that the viewer has not read; their own words are read. */
function firstNew(messages: readonly ChatMessage[], readSeq: number): number | null {
  return messages.find(({ seq, mine, text }) => seq > readSeq && !mine && text !== null)?.seq ?? null;
}

function isRun(one: ChatMessage, next: ChatMessage | undefined, newSeq: number | null): boolean {
  if (!next || one.mine !== next.mine || next.seq === newSeq) return false;
  return dayOf(one) === dayOf(next) && next.at.getTime() - one.at.getTime() <= runPolicy.within;
}

function itemsOf({ conversation, messages }: Shown, seen: Seen, isLatest: boolean): ListItem[] {
  const { readSeq, theirReadSeq } = conversation;
  const newSeq = firstNew(messages, readSeq);
  const lastMine = isLatest && seen.partners ? messages.findLast((said) => said.mine) : undefined;
  return messages.flatMap((said, n): ListItem[] => {
    const [before, next] = [messages[n - 1], messages[n + 1]];
    const isStated = said === lastMine && said.text !== null;
    const state = isStated ? ((theirReadSeq ?? 0) >= said.seq ? 'read' : 'sent') : null;
    const view = messageView(said, { ...seen, continues: isRun(said, next, newSeq), state });
    return [
      ...(before && dayOf(before) === dayOf(said) ? [] : [{ kind: 'day' as const, day: shownDay(said.at) }]),
      ...(said.seq === newSeq ? [{ kind: 'new' as const }] : []),
      { kind: 'message' as const, message: view },
    ];
  });
}

/** A page of messages, what comes before and after it, and what a script asks after. */
export function listView(shown: Shown) {
  const { conversation, messages, part, now } = shown;
  const { with: name, person, status, lastSeq, change, theirReadSeq, readSeq } = conversation;
  const path = `/chats/${name}`;
  const [first, last] = [messages[0]!.seq, messages.at(-1)!.seq];
  const isPaged = part.before !== null || part.after !== null;
  const isLatest = !isPaged || last >= lastSeq;
  const { gone, name: called } = correspondentView(person);
  const partners = status === 'accepted' && person !== null;
  const seen = { with: name, name: gone ? null : called, partners, now, firstSeq: first };
  const hasEarlier = first > 1 && (part.after !== null || messages.length >= listPolicy.messages);
  return {
    with: name,
    after: last,
    change,
    read: isPaged ? readSeq : Math.max(readSeq, last),
    theirRead: theirReadSeq,
    status,
    name: gone ? '' : called,
    draft: conversation.draft,
    run: runPolicy.within,
    most: listPolicy.messages,
    items: itemsOf(shown, seen, isLatest),
    earlier: hasEarlier ? `${path}?before=${first}` : null,
    later: isLatest ? null : `${path}?after=${last}`,
  };
}
