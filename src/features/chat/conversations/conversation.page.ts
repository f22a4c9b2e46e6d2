import { message, shownMoment } from '../../../kernel/message.ts';
import { type FormError, formView, type FormValues } from '../../../web/forms/forms.ts';
import type { Names } from '../../../web/words/names.ts';
import type { ProfileSummary } from '../../profile/index.ts';
import type { PartedPartner } from '../../safety/index.ts';
import { helloLimits } from '../policy.ts';
import { requestView } from './chats.page.ts';
import { sendShape } from './conversations.forms.ts';
import type { ChatMessage } from '../messages/message.ts';
import type { Conversation } from './conversations.ts';
import { correspondentView } from '../pairs/correspondent.page.ts';
import { startersFor } from '../hellos/starters.page.ts';

interface Shown {
  conversation: Conversation;
  summary: ProfileSummary | undefined;
  parted: readonly PartedPartner[];
  names: Names;
  clientId: string; // for the next message of this page
  values: FormValues;
  errors: readonly FormError[];
}

/** A hello may be written: there is nothing between the two, or it is over, or it was declined by who looks. */
export function mayGreet({ status, mayWrite }: Conversation): boolean {
  return mayWrite && ['new', 'declined', 'ended'].includes(status);
}

function messageView({ seq, mine, text, at }: ChatMessage, name: string) {
  const report = mine ? null : `/report?about=message:${name}:${seq}`;
  return { id: `m-${seq}`, mine, text, at: shownMoment(at), report };
}

function helloView(summary: ProfileSummary | undefined) {
  return {
    starters: summary ? startersFor(summary) : [],
    withMinor: summary?.withMinor ?? false,
    most: helloLimits.graphemes,
    units: helloLimits.units,
  };
}

/** The hello that waits for the viewer's answer: their last message. */
function askedBy({ with: name, person, status, messages }: Conversation) {
  const last = messages.findLast(({ mine }) => !mine);
  return status === 'asking' && person && last ? { ...last, with: name, person } : null;
}

export function conversationPage({ conversation, summary, parted, names, clientId, values, errors }: Shown) {
  const { person, status, messages } = conversation;
  const path = `/chats/${conversation.with}`;
  const who = correspondentView(person);
  const hello = askedBy(conversation);
  return {
    title: who.gone ? message('chat.with.former') : message('chat.with.title', { name: who.name }),
    who,
    parted,
    status,
    path,
    report: `/report?about=${who.gone ? `conversation:${conversation.id}` : `person:${who.username}`}`,
    block: `/people/${who.username}/block`,
    messages: messages
      .filter(({ seq }) => seq !== hello?.seq)
      .map((said) => messageView(said, conversation.with)),
    request: hello && requestView(hello, summary, names),
    hello: mayGreet(conversation) ? helloView(summary) : null,
    form: formView(sendShape, { ...values, clientId: String(values.clientId || clientId) }, errors),
    /** What was typed where there is no field for it any more. */
    kept: mayGreet(conversation) ? '' : String(values.text ?? ''),
  };
}
