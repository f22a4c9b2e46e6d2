import { later } from '../../../kernel/clock.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { messagePolicy } from '../policy.ts';
import type { ChatMessage } from './message.ts';

/** Who sees a message, and where it stands. */
export interface Seen {
  with: string; // as the address names the other
  name: string | null; // of the other; null: gone
  partners: boolean; // the two write to each other
  now: Date;
  firstSeq?: number; // of the page: what stands before is on another
  continues?: boolean;
  state?: 'sent' | 'read' | null;
}

/** A link to a page. */
interface MenuItem {
  path: string;
  label: Message;
}

export interface MessageActions {
  menu: MenuItem[];
  /** What it said before: null where it was never edited. */
  history: string | null;
  /** Where a reaction is taken back: buttons send the form `message-form`, which stands beside the list. */
  unreact: string;
  /** Of corrections that one got. */
  thank: string | null;
  keep: { path: string; kept: boolean } | null;
}

/** What the viewer may do about a message; whether they still may is asked again when they do. */
export function messageActions(said: ChatMessage, seen: Seen): MessageActions {
  const { seq, mine, text, edits, at, corrects, kept, reactions } = said;
  const chat = `/chats/${seen.with}`;
  const path = `${chat}/messages/${seq}`;
  const isThere = text !== null;
  const isYoungerThan = (ms: number): boolean => at > later(seen.now, -ms);
  const link = (may: boolean, to: string, label: Message): MenuItem[] => (may ? [{ path: to, label }] : []);
  const may = isThere && seen.partners;
  const mayEdit = mine && isYoungerThan(messagePolicy.editableFor) && edits < messagePolicy.mostEdits;
  const isThanked = reactions.some((reaction) => reaction.mine);
  return {
    menu: [
      ...link(may, `${chat}?answer=${seq}#text`, message('chat.menu.answer')),
      ...link(may && !mine && !corrects, `${path}/correct`, message('chat.menu.correct')),
      ...link(may, `${path}/react`, message('chat.menu.react')),
      ...link(may && mayEdit, `${path}/edit`, message('chat.menu.edit')),
      ...link(
        isThere && mine && isYoungerThan(messagePolicy.deletableFor),
        `${path}/delete`,
        message('chat.menu.delete'),
      ),
      ...link(!mine, `/report?about=message:${seen.with}:${seq}`, message('chat.menu.report')),
    ],
    history: isThere && edits > 0 ? `${path}/history` : null,
    unreact: `${path}/unreact`,
    thank: may && !mine && corrects && !isThanked ? `${path}/thank` : null,
    keep: isThere ? { path: `${chat}/${kept ? 'unkeep' : 'keep'}`, kept } : null,
  };
}
