import { message, type Message, shownMoment, shownRecent } from '../../../kernel/message.ts';
import type { Names } from '../../../web/words/names.ts';
import { type ProfileSummary, shortView } from '../../profile/index.ts';
import type { PartedPartner } from '../../safety/index.ts';
import type { ConversationStatus, Correspondent } from '../pairs/pair.ts';
import type { ListedConversation, ListPage } from './conversations.ts';
import { langOf } from '../messages/correction.page.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';

/** What a row says of its conversation; null: its last message says it. */
function noteOf(status: ConversationStatus): Message | null {
  if (status === 'asked') return message('chat.row.asked');
  if (status === 'former') return message('chat.closed.former');
  return null;
}

/** Opens where reading goes on. */
function placeIn({ status, unread }: ListedConversation): string {
  if (status !== 'accepted') return '';
  return unread > 0 ? '#new' : '#latest';
}

function rowView(listed: ListedConversation, now: Date) {
  const { with: name, person, status, presence, last, at, unread, muted, draft } = listed;
  return {
    path: `/chats/${name}${placeIn(listed)}`,
    who: correspondentView(person),
    presence,
    last: last && {
      mine: last.mine,
      text: last.text,
      lang: langOf(last.language),
      isCorrection: last.isCorrection,
    },
    draft: status === 'accepted' ? draft : '',
    note: noteOf(status),
    unread: status === 'accepted' ? unread : 0,
    muted,
    at: shownRecent(at, now),
  };
}

function moreAt(path: string, next: string | null): string | null {
  return next === null ? null : `${path}?after=${encodeURIComponent(next)}`;
}

export type RowsList = 'chats' | 'archived';

export function chatsPage(
  list: RowsList,
  { items, next }: ListPage,
  { parted, now }: { parted: readonly PartedPartner[]; now: Date },
) {
  const isMain = list === 'chats';
  const words = isMain ? 'list' : 'archived';
  const path = isMain ? '/chats' : '/chats/archived';
  return {
    title: message(`chat.${words}.title`),
    heading: message(`chat.${words}.empty.heading`),
    text: message(`chat.${words}.empty.text`),
    action: isMain ? { path: '/people', text: message('chat.list.empty.find') } : null,
    path,
    parted,
    rows: items.map((item) => rowView(item, now)),
    more: moreAt(path, next),
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
