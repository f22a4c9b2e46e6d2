import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { createKeyedMutex } from '../../../kernel/keyed-mutex.ts';
import {
  done,
  type Outcome,
  type Refusal,
  refused,
  signedOut,
  type SignedOut,
} from '../../../kernel/outcome.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { languageRules } from '../policy.ts';
import { decide, type LanguageState, type LanguagesInput } from './language-cooldown.ts';
import type { Difference } from './languages.ts';
import type { LanguageStore, LanguageWrite } from './languages.store.ts';

export type LanguagesSaved = Outcome<
  /** `nextFrom`: where this change began a wait. */
  { nextFrom: Date | null },
  /** `state`: as it was when refused. */
  | SignedOut
  | Refusal<'too-soon', { state: LanguageState; from: Date; difference: Difference }>
  | Refusal<'changed-meanwhile', { state: LanguageState }>
>;

interface LanguagesDeps {
  store: LanguageStore;
  clock: Clock;
  random: Random;
}

export function createLanguages({ store, clock, random }: LanguagesDeps) {
  // The database serializes them too, but waiting here frees its connections.
  const inTurn = createKeyedMutex();

  const settled = (
    state: LanguageState,
    input: LanguagesInput,
  ): { answer: LanguagesSaved; write: LanguageWrite | null } => {
    const now = clock.now();
    const decided = decide(state, input, now);
    switch (decided.outcome) {
      case 'nothing':
        return { answer: done({ nextFrom: null }), write: null };
      case 'tuned':
        return {
          answer: done({ nextFrom: null }),
          write: { languages: decided.languages, now, change: null },
        };
      case 'changed': {
        const { languages, counted } = decided;
        const nextFrom = counted ? later(now, languageRules.changeEvery) : null;
        return {
          answer: done({ nextFrom }),
          write: { languages, now, change: { id: uuidv7(now, random), counted } },
        };
      }
      case 'too-soon': {
        const { from, difference } = decided;
        const retryInMs = from.getTime() - now.getTime();
        return { answer: refused('too-soon', { state, from, difference, retryInMs }), write: null };
      }
      case 'changed-meanwhile':
        return { answer: refused('changed-meanwhile', { state }), write: null };
    }
  };

  return {
    of: (viewer: Viewer) => store.of(viewer),

    /** All or nothing: levels wait with their languages. */
    save: (viewer: Viewer, input: LanguagesInput): Promise<LanguagesSaved> =>
      inTurn(viewer.id, async () => {
        const saved = await store.settle(viewer, (state) => settled(state, input));
        return saved ?? signedOut;
      }),
  };
}

export type Languages = ReturnType<typeof createLanguages>;
