import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import { type ContactDetail, contactDetailIn } from '../../../kernel/text/contact-details/contact-details.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { NamesStore } from '../pairs/names.store.ts';
import type { Changed, ChangeReason, ChangeStore } from './changes.store.ts';
import type { Hints } from './hints.ts';
import type { HistoryStore } from './history.store.ts';
import type { MessageHistory } from './message.ts';
import type { KeptMessageStore } from './kept-messages.store.ts';

export interface Which {
  with: string;
  seq: number;
}

export type WhyNotChanged =
  | SignedOut
  | Refusal<Exclude<ChangeReason, 'unchecked' | 'contact-detail'>>
  | Refusal<'contact-detail', { kind: ContactDetail }>;
export type ChangeOutcome = Outcome<Which & { change: number }, WhyNotChanged>;
export type HistoryOutcome = Outcome<MessageHistory, SignedOut | Refusal<'nobody' | 'gone'>>;
export type KeepOutcome = Outcome<Which, SignedOut | Refusal<'nobody' | 'gone'>>;

interface MessageDeps {
  changes: ChangeStore;
  kept: KeptMessageStore;
  history: HistoryStore;
  names: NamesStore;
  hints: Hints;
}

function keptOf(which: Which, answered: 'done' | 'gone' | 'nobody' | null): KeepOutcome {
  if (answered === null) return signedOut;
  return answered === 'done' ? done(which) : refused(answered);
}

/** What becomes of messages that were sent. */
export function createMessages({ changes, kept, history, names, hints }: MessageDeps) {
  const outcomeOf = (
    viewer: Viewer,
    { with: name, seq }: Which,
    row: Changed | null,
    kind: ContactDetail = 'handle',
  ): ChangeOutcome => {
    if (!row) return signedOut;
    const { what, change } = row;
    if (what === 'contact-detail' || what === 'unchecked') return refused('contact-detail', { kind });
    if (what !== 'done') return refused(what);
    hints.changed(viewer.id, row, seq);
    return done({ with: name, seq, change });
  };

  return {
    async edit(viewer: Viewer, which: Which, text: string): Promise<ChangeOutcome> {
      const place = placeOf(which.with);
      const first = await changes.edit(viewer, place, which.seq, { text, hasContactDetail: null });
      if (first?.what !== 'unchecked') return outcomeOf(viewer, which, first);
      const kind = contactDetailIn(text) && contactDetailIn(text, await names.of(viewer, place));
      const second = await changes.edit(viewer, place, which.seq, { text, hasContactDetail: kind !== null });
      return outcomeOf(viewer, which, second, kind ?? undefined);
    },

    delete: async (viewer: Viewer, which: Which) =>
      outcomeOf(viewer, which, await changes.delete(viewer, placeOf(which.with), which.seq)),

    react: async (viewer: Viewer, which: Which, emoji: string) =>
      outcomeOf(viewer, which, await changes.react(viewer, placeOf(which.with), which.seq, emoji)),

    unreact: async (viewer: Viewer, which: Which) =>
      outcomeOf(viewer, which, await changes.unreact(viewer, placeOf(which.with), which.seq)),

    async history(viewer: Viewer, { with: name, seq }: Which): Promise<HistoryOutcome> {
      const found = await history.of(viewer, placeOf(name), seq);
      if (found === null) return signedOut;
      return typeof found === 'string' ? refused(found) : done(found);
    },

    keep: async (viewer: Viewer, which: Which) =>
      keptOf(which, await kept.keep(viewer, placeOf(which.with), which.seq)),

    unkeep: async (viewer: Viewer, which: Which) =>
      keptOf(which, await kept.unkeep(viewer, placeOf(which.with), which.seq)),
  };
}

export type Messages = ReturnType<typeof createMessages>;
