import { message, type Message, shownDay, shownMoment } from '../../../kernel/message.ts';
import type { Names } from '../../../web/words/names.ts';
import { type ProfileSummary, shortView } from '../../profile/index.ts';
import type { PartedPartner } from '../../safety/index.ts';
import type { ConversationStatus, Correspondent } from '../pairs/pair.ts';
import type { ListedConversation, ListPage } from './conversations.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';

/** What a row says of its conversation; null: its last message says it. */
function noteOf(status: ConversationStatus): Message | null {
  if (status === 'asked') return message('chat.row.asked');
  if (status === 'former') return message('chat.closed.former');
  return null;
}

function rowView({ with: name, person, status, last, at }: ListedConversation) {
  return {
    path: `/chats/${name}`,
    who: correspondentView(person),
    last: last && { mine: last.mine, text: last.text },
    note: noteOf(status),
    at: shownDay(at),
  };
}

function moreAt(path: string, next: string | null): string | null {
  return next === null ? null : `${path}?after=${encodeURIComponent(next)}`;
}

export function chatsPage({ items, next }: ListPage, parted: readonly PartedPartner[]) {
  return {
    title: message('chat.list.title'),
    parted,
    rows: items.map(rowView),
    more: moreAt('/chats', next),
  };
}

interface Hello {
  with: string;
  person: Correspondent;
  text: string | null;
  at: Date;
}

/** `summary`: undefined where the viewer may not see the profile of whoever asks. */
export function requestView(
  { with: name, person, text, at }: Hello,
  summary: ProfileSummary | undefined,
  names: Names,
) {
  return {
    path: `/chats/${name}`,
    block: `/people/${person.username}/block`,
    report: `/report?about=person:${person.username}`,
    who: correspondentView(person),
    short: summary ? shortView(summary, names) : null,
    withMinor: summary?.withMinor ?? false,
    text,
    at: shownMoment(at),
  };
}

export function requestsPage(
  { items, next }: ListPage,
  summaries: ReadonlyMap<string, ProfileSummary>,
  names: Names,
) {
  const requests = items.flatMap(({ person, last, ...item }) =>
    person && last
      ? [requestView({ ...item, person, text: last.text }, summaries.get(person.username), names)]
      : [],
  );
  return { title: message('chat.requests.title'), requests, more: moreAt('/chats/requests', next) };
}
