import { lasting } from '../../../kernel/duration.ts';
import { message, type Message } from '../../../kernel/message.ts';
import { type FormError, formView, type FormValues } from '../../../web/forms/forms.ts';
import type { Names } from '../../../web/words/names.ts';
import type { ProfileSummary } from '../../profile/index.ts';
import type { PartedPartner } from '../../safety/index.ts';
import type { CountedHellos } from '../hellos/counted-hellos.ts';
import { startersFor } from '../hellos/starters.page.ts';
import { noHelloLeft } from '../messages/refusals.ts';
import type { ChatMessage } from '../messages/message.ts';
import { blankMessage } from '../messages/message.page.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';
import { helloLimits } from '../policy.ts';
import { requestView } from './chats.page.ts';
import { composerView } from './composer.page.ts';
import { sendShape } from './conversations.forms.ts';
import type { Conversation } from './conversations.ts';
import { listView } from './message-list.page.ts';

interface Shown {
  conversation: Conversation;
  /** Of the viewer and the other, by username. */
  people: ReadonlyMap<string, ProfileSummary>;
  parted: readonly PartedPartner[];
  names: Names;
  clientId: string; // for the next message of this page
  values: FormValues;
  errors: readonly FormError[];
  fresh: boolean; // nothing was sent from this page
  answered: ChatMessage | null; // what the next message answers
  counted: CountedHellos | null; // null: no hello counts here
  part: { before: number | null; after: number | null };
  now: Date;
}

/** A hello may be written: there is nothing between the two, or it is over, or it was declined by who looks. */
export function mayGreet({ status, mayWrite }: Conversation): boolean {
  return mayWrite && ['new', 'declined', 'ended'].includes(status);
}

/** Whether a hello would be one to somebody new, of which each day has so many. */
export function isCounted(conversation: Conversation): boolean {
  return mayGreet(conversation) && conversation.status !== 'declined';
}

/** That no hello is left, or that it is the last. */
function leftView(counted: CountedHellos | null, now: Date): Message | null {
  if (!counted) return null;
  const { hellos, most, usual, freeAt } = counted;
  if (hellos >= most && freeAt) return noHelloLeft(counted, waitUntil(freeAt, now));
  if (hellos < most - 1) return null;
  return most < usual
    ? message('chat.hello.last.first', { most, usual })
    : message('chat.hello.last', { most });
}

function helloView(
  summary: ProfileSummary | undefined,
  viewer: ProfileSummary | undefined,
  left: Message | null,
) {
  return {
    left,
    starters: summary ? startersFor(summary, viewer) : [],
    withMinor: summary?.withMinor ?? false,
    most: helloLimits.graphemes,
    units: helloLimits.units,
  };
}

function waitUntil(then: Date, now: Date): Message {
  return lasting(then.getTime() - now.getTime());
}

/** The hello that waits for the viewer's answer: their last message. */
function askedBy({ with: name, person, status, messages }: Conversation) {
  const last = messages.findLast(({ mine }) => !mine);
  return status === 'asking' && person && last ? { ...last, with: name, person } : null;
}

/** What the viewer may do with it in their lists, each by a button. */
function changesOf({ status, muted, archived }: Conversation, path: string) {
  if (['new', 'asked', 'asking'].includes(status)) return [];
  return ([muted ? 'unmute' : 'mute', archived ? 'unarchive' : 'archive'] as const).map((what) => ({
    path: `${path}/${what}`,
    label: message(`chat.${what}`),
  }));
}

export function conversationPage({ conversation, people, parted, names, clientId, ...shown }: Shown) {
  const { person, status, presence, messages } = conversation;
  const path = `/chats/${conversation.with}`;
  const who = correspondentView(person);
  const again = conversation.helloAgainAt;
  const summary = person ? people.get(person.username) : undefined;
  const viewer = [...people.values()].find((one) => one !== summary);
  const hello = askedBy(conversation);
  const listed = messages.filter(({ seq }) => seq !== hello?.seq);
  const values: FormValues = { ...shown.values, clientId: String(shown.values.clientId || clientId) };
  const { errors, fresh, answered, part, now } = shown;
  const composed = { conversation, people, names, values, errors, fresh, answered };
  return {
    title: who.gone ? message('chat.with.former') : message('chat.with.title', { name: who.name }),
    who,
    presence,
    parted,
    status,
    path,
    report: `/report?about=${who.gone ? `conversation:${conversation.id}` : `person:${who.username}`}`,
    block: `/people/${who.username}/block`,
    changes: changesOf(conversation, path),
    list: listed.length > 0 ? listView({ conversation, messages: listed, part, now }) : null,
    /** For what is written next. */
    blank: blankMessage(now),
    request: hello && requestView(hello, summary, names),
    hello: mayGreet(conversation)
      ? helloView(summary, viewer, errors.length > 0 ? null : leftView(shown.counted, now))
      : null,
    /** In how long a hello may be said once more. */
    again: again && waitUntil(again, now),
    composer: status === 'accepted' && person ? composerView(composed) : null,
    form: formView(sendShape, values, errors),
    /** What was typed where there is no field for it any more. */
    kept: mayGreet(conversation) || status === 'accepted' ? '' : String(values.text ?? ''),
  };
}
