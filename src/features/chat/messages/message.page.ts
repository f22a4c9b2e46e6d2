import { type Message, message, type ShownTime, shownTime } from '../../../kernel/message.ts';
import { type CorrectionView, correctionView, langOf } from './correction.page.ts';
import { type TextPart, textParts } from './links.ts';
import type { ChatMessage, Quoted } from './message.ts';
import { type MessageActions, messageActions, type Seen } from './message-menu.page.ts';

/** What the partial `message` shows: it needs nothing but this, so whoever has a message can draw it. */
export interface MessageView extends MessageActions {
  id: string;
  seq: number;
  mine: boolean;
  client: string | null;
  /** Null: they are gone. */
  name: string | null;
  /** Null: deleted. */
  text: TextPart[] | null;
  lang: string | null;
  /** Nothing but a few emoji. */
  large: boolean;
  quote: { path: string; mine: boolean; text: string | null; lang: string | null } | null;
  correction: CorrectionView | null;
  reactions: { emoji: string; mine: boolean }[];
  at: ShownTime;
  /** Another of the same person follows at once, and tells the time. */
  continues: boolean;
  /** Of one's own last: null for all others. */
  state: Message | null;
}

// Unicode TS #51.
const fewEmoji = new RegExp('^(?:\\p{RGI_Emoji}\\s?){1,6}$', 'v');
const longestEmoji = 15;

function isLarge(text: string): boolean {
  return text.length <= 6 * (longestEmoji + 1) && fewEmoji.test(text);
}

function quoteView({ seq, mine, text, language }: Quoted, seen: Seen): MessageView['quote'] {
  const page = seq < (seen.firstSeq ?? 0) ? `/chats/${seen.with}?before=${seq + 1}` : '';
  return { path: `${page}#m-${seq}`, mine, text, lang: langOf(language) };
}

export function messageView(said: ChatMessage, seen: Seen): MessageView {
  const { seq, mine, text, at, clientId, answers, reactions, language } = said;
  const { state = null } = seen;
  return {
    id: `m-${seq}`,
    seq,
    mine,
    client: clientId,
    name: seen.name,
    text: text === null ? null : textParts(text),
    lang: langOf(language),
    large: text !== null && isLarge(text),
    quote: answers && quoteView(answers, seen),
    correction: correctionView(said),
    reactions,
    at: shownTime(at),
    continues: seen.continues ?? false,
    state: state && message(`chat.message.${state}`),
    ...messageActions(said, seen),
  };
}

/** As in a conversation, where nothing can be done about it. */
export function exampleMessage(
  { mine, at }: Pick<ChatMessage, 'mine' | 'at'>,
  seq: number,
  name: string,
): MessageView {
  const none = {
    change: 0,
    edits: 0,
    editedAt: null,
    answers: null,
    corrects: null,
    note: null,
    reactions: [],
  };
  const said = { ...none, seq, mine, at, clientId: null, text: null, language: null, kept: false };
  const view = messageView(said, { with: '', name, partners: false, now: at });
  return { ...view, menu: [], keep: null };
}

/** What a page fills in with its own words, before they are stored. */
export function blankMessage(at: Date): MessageView {
  return { ...exampleMessage({ mine: true, at }, 0, ''), text: [], state: message('chat.message.sent') };
}
