import type { Evidence, EvidenceOfPerson, Reportable } from '../../../web/reportable.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { MessageRemovalStore } from './removal.store.ts';
import type { ChatEvidenceStore, ReportedConversation, SaidRow } from './evidence.store.ts';

function thingOf(conversationId: string, seq: number): string {
  return `message:${conversationId}:${seq}`;
}

function evidenceIn(conversationId: string, messages: readonly SaidRow[]): Evidence {
  return {
    messages: messages.map(({ seq, mine, text, at }) => ({
      thing: thingOf(conversationId, seq),
      by: mine ? 'reporter' : 'reported',
      text,
      at: new Date(at).toISOString(),
    })),
    sealed: messages.flatMap(({ seq, sealed, at }) =>
      sealed.map((text) => ({ thing: thingOf(conversationId, seq), text, at: new Date(at).toISOString() })),
    ),
  };
}

function heldEvidence(held: Awaited<ReturnType<ChatEvidenceStore['heldOf']>>): Evidence {
  if (held.length === 0) return {};
  return {
    messages: held.map(({ conversationId, seq, text, at }) => ({
      thing: thingOf(conversationId, seq),
      by: 'reported',
      text,
      at: at.toISOString(),
    })),
  };
}

function reportedOf({ id, messages, ...who }: ReportedConversation) {
  return { ...who, evidence: evidenceIn(id, messages) };
}

/** `message:mika:42`, `message:c_…:42`, `conversation:c_…`. */
export function reportableConversations(store: ChatEvidenceStore, removals: MessageRemovalStore) {
  const message: Reportable = {
    async find(viewer, address) {
      const [, name = '', number = ''] = /^([^:]+):(\d{1,9})$/.exec(address) ?? [];
      if (number === '') return null;
      const around = Number(number);
      const found = await store.conversation(viewer, placeOf(name), { around });
      const said = found?.messages.find(({ seq, mine }) => seq === around && !mine);
      return found && said
        ? { ...reportedOf(found), thing: thingOf(found.id, around), quote: said.text }
        : null;
    },
    async remove(thing, personId, removal) {
      const [, id, seq] = thing.split(':');
      await removals.remove(id!, personId, Number(seq), removal);
    },
    async restore(thing, personId, removal) {
      const [, id, seq] = thing.split(':');
      await removals.restore(id!, personId, Number(seq), removal);
    },
  };

  const conversation: Reportable = {
    async find(viewer, address) {
      const found = await store.conversation(viewer, placeOf(address), 'last');
      if (!found) return null;
      // Each of the two may report the other: that is not the same.
      const thing = `conversation:${found.id}:${found.personId ?? ''}`;
      return { ...reportedOf(found), thing, quote: null };
    },
    remove: (thing, personId, removal) => removals.remove(thing.split(':')[1]!, personId, null, removal),
    restore: (thing, personId, removal) => removals.restore(thing.split(':')[1]!, personId, null, removal),
  };

  const evidenceOfPerson: EvidenceOfPerson = async (personId, reporter) => {
    if (!reporter) return heldEvidence(await store.heldOf(personId));
    const found = await store.between(reporter, personId);
    return found ? evidenceIn(found.id, found.messages) : {};
  };
  return { reportable: { message, conversation }, evidenceOfPerson };
}
