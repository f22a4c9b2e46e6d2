import { done, type Outcome, refused, signedOut, type SignedOut } from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import type { StandingStore } from './standing.store.ts';
import type { Standing } from './standing.ts';

/** What somebody may know of what was decided about them, and say to it. */
export function createStandings(store: StandingStore) {
  return {
    async of(viewer: Viewer): Promise<Outcome<Standing, SignedOut>> {
      const standing = await store.of(viewer);
      return standing ? done(standing) : signedOut;
    },

    appeal: async (
      viewer: Viewer,
      decisionId: string,
      text: string,
    ): Promise<Outcome<undefined, 'too-late'>> =>
      (await store.appeal(viewer, decisionId, text)) ? done() : refused('too-late'),
  };
}

export type Standings = ReturnType<typeof createStandings>;
