import { done, type Outcome, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { Cursors } from '../../../web/cursors.ts';
import type { ChatMessage } from '../messages/message.ts';
import { opaqueIdOf } from '../pairs/conversation-id.ts';
import type { Correspondent } from '../pairs/pair.ts';
import { listPolicy } from '../policy.ts';
import { messageOf } from '../conversations/conversations.service.ts';
import type { CorrectionsStore, KeptPlace } from './corrections.store.ts';

interface KeptItem {
  with: string;
  person: Correspondent | null;
  message: ChatMessage;
}

export interface KeptPage {
  items: KeptItem[];
  /** In which languages there is something, BCP 47. */
  languages: string[];
  next: string | null; // an opaque cursor; null: the list ends here
}

/** The corrections that somebody got, and what they keep. */
export function createCorrections(store: CorrectionsStore, cursors: Cursors) {
  const placeBehind = (viewer: Viewer, name: string, after: string): KeptPlace | null => {
    const [moment, id, seq] = cursors.read(after, name, viewer.id) ?? [];
    if (moment === undefined || id === undefined || seq === undefined) return null;
    return { at: new Date(moment), id, seq: Number(seq) };
  };

  return {
    /** `language`: '' for all. A cursor that was not made for this list begins it. */
    async list(
      viewer: Viewer,
      { language, after }: { language: string; after: string },
    ): Promise<Outcome<KeptPage, SignedOut>> {
      const name = `corrections-${language}`;
      const most = listPolicy.most + 1;
      const found = await store.list(viewer, language, placeBehind(viewer, name, after), most);
      if (!found) return signedOut;
      const page = found.rows.slice(0, listPolicy.most);
      const items = page.map(({ id, person, message }) => ({
        with: person?.username ?? opaqueIdOf(id),
        person,
        message: messageOf(message),
      }));
      const last = found.rows.length > page.length ? page.at(-1) : undefined;
      const place = last && [items.at(-1)!.message.at.toISOString(), last.id, String(last.message.seq)];
      const next = place ? cursors.write(place, name, viewer.id) : null;
      return done({ items, languages: found.languages, next });
    },
  };
}

export type Corrections = ReturnType<typeof createCorrections>;
