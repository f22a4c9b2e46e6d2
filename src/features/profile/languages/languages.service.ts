import { type Clock, later } from '../../../kernel/clock.ts';
import { type Random, uuidv7 } from '../../../kernel/ids.ts';
import { createKeyedMutex } from '../../../kernel/keyed-mutex.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { languageRules } from '../policy.ts';
import { type Decided, decide, type LanguageState, type LanguagesInput } from './language-cooldown.ts';
import type { LanguageStore, LanguageWrite } from './languages.store.ts';

export type LanguagesSaved =
  /** `nextFrom`: when languages can change again, where this change began a wait. */
  | { ok: true; nextFrom: Date | null }
  /** The state that the refusal was decided upon. */
  | ({ ok: false; state: LanguageState } & Extract<Decided, { outcome: 'too-soon' | 'changed-meanwhile' }>);

interface LanguagesDeps {
  store: LanguageStore;
  clock: Clock;
  random: Random;
}

/** What a person speaks and learns. Null in every answer: the account is gone, or its password changed since. */
export function createLanguages({ store, clock, random }: LanguagesDeps) {
  // The database lets one at a time change a person anyway; waiting here keeps its connections for everybody else.
  const inTurn = createKeyedMutex();

  const settled = (
    state: LanguageState,
    input: LanguagesInput,
  ): { answer: LanguagesSaved; write: LanguageWrite | null } => {
    const now = clock.now();
    const decided = decide(state, input, now);
    switch (decided.outcome) {
      case 'nothing':
        return { answer: { ok: true, nextFrom: null }, write: null };
      case 'tuned':
        return {
          answer: { ok: true, nextFrom: null },
          write: { languages: decided.languages, now, change: null },
        };
      case 'changed': {
        const { languages, counted } = decided;
        const nextFrom = counted ? later(now, languageRules.changeEvery) : null;
        return {
          answer: { ok: true, nextFrom },
          write: { languages, now, change: { id: uuidv7(now, random), counted } },
        };
      }
      case 'too-soon':
      case 'changed-meanwhile':
        return { answer: { ok: false, state, ...decided }, write: null };
    }
  };

  return {
    of: (viewer: Viewer) => store.of(viewer),

    /** All of it or nothing: where languages must wait, levels sent with them wait as well. */
    save: (viewer: Viewer, input: LanguagesInput): Promise<LanguagesSaved | null> =>
      inTurn(viewer.id, () => store.settle(viewer, (state) => settled(state, input))),
  };
}

export type Languages = ReturnType<typeof createLanguages>;
