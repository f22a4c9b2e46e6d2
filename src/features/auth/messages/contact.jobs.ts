import type { Codes } from '../../../platform/codes.ts';
import type { Queue } from '../../../platform/queue/queue.ts';
import { changeKind } from '../contact/changes.ts';
import type { ContactUndoStore } from '../contact/contact-undo.store.ts';
import type { SecurityJob } from '../history/security-events.service.ts';
import type { EventNews } from '../history/security-events.store.ts';
import { contactPolicy } from '../policy.ts';
import type { Message } from './message-templates.ts';

export interface Receiver {
  channel: 'email' | 'mobile';
  to: string;
  locale: string;
}

interface ContactJobsDeps {
  contactUndos: ContactUndoStore;
  codes: Codes;
  queue: Queue<SecurityJob>;
  deliver: (receiver: Receiver, message: Message) => Promise<void>;
}

const changesOfContact = new Set(['contact_added', 'contact_changed', 'contact_removed']);

export function createContactJobs({ contactUndos, codes, queue, deliver }: ContactJobsDeps) {
  return {
    /** To contacts that the account no longer has, or that get a way back. */
    async announce(news: EventNews): Promise<void> {
      if (changesOfContact.has(news.kind))
        for (const { id } of await contactUndos.ofChange(news))
          await queue.add(`contact-undo-${id}`, { kind: 'contact-undo', undoId: id });
      if (news.kind === 'contact_change_undone')
        for (const { id } of await contactUndos.goneBy(news))
          await queue.add(`contact-gone-${id}`, { kind: 'contact-gone', undoId: id });
    },

    /** Unless it is undone already, or the key has been retired. */
    async sendUndo(undoId: string): Promise<void> {
      const undo = await contactUndos.byId(undoId);
      const token = undo && codes.deriveToken('contact-undo', undo.id, contactPolicy.undoBytes, undo.keyId);
      if (!undo || undo.usedAt || !token) return;
      const { username, locale, device, channel, hasLink, createdAt: at, sentChannel, sentTo } = undo;
      await deliver(
        { channel: sentChannel, to: sentTo, locale },
        {
          kind: 'contact-changed',
          username,
          at,
          device,
          channel,
          how: changeKind(undo),
          token: hasLink ? token : null,
        },
      );
    },

    /** By its key, since the spelling went with the contact. */
    async sayGone(undoId: string): Promise<void> {
      const undo = await contactUndos.byId(undoId);
      if (!undo?.usedAt || undo.newKey === null) return;
      const { username, locale, channel, newKey: to, usedAt: at } = undo;
      await deliver({ channel, to, locale }, { kind: 'contact-undone', username, at, isGone: true });
    },
  };
}
