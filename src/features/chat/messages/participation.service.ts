import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { placeOf } from '../pairs/pair.store.ts';
import type { Hints } from './hints.ts';
import type { Participated, ParticipationStore } from './participation.store.ts';

export type OwnOutcome = Outcome<{ with: string }, SignedOut | Refusal<'nobody'>>;

/** What somebody does with a conversation for themselves; their other pages learn of it. */
export function createParticipation(store: ParticipationStore, hints: Hints) {
  const own = (name: string, row: Participated | null, tell: (row: Participated) => void): OwnOutcome => {
    if (!row) return signedOut;
    if (row.what !== 'done') return refused(row.what);
    tell(row);
    return done({ with: name });
  };
  const change =
    (what: 'mute' | 'unmute' | 'archive' | 'unarchive') =>
    async (viewer: Viewer, name: string): Promise<OwnOutcome> =>
      own(name, await store[what](viewer, placeOf(name)), (row) => hints.mine(viewer.id, row, { what }));

  return {
    read: async (viewer: Viewer, name: string, seq: number): Promise<OwnOutcome> =>
      own(name, await store.read(viewer, placeOf(name), seq), (row) => {
        if (row.change !== null) hints.read(viewer.id, row, row.readSeq, row.isShown);
      }),

    draft: async (viewer: Viewer, name: string, text: string): Promise<OwnOutcome> =>
      own(name, await store.draft(viewer, placeOf(name), text), (row) =>
        hints.mine(viewer.id, row, { what: 'draft', text }),
      ),

    mute: change('mute'),
    unmute: change('unmute'),
    archive: change('archive'),
    unarchive: change('unarchive'),
  };
}

export type ParticipationService = ReturnType<typeof createParticipation>;
