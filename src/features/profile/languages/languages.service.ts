import { type Clock, later } from '../../../kernel/clock.ts';
import { type Chance, uuidv7 } from '../../../kernel/ids.ts';
import { createTurns } from '../../../kernel/turns.ts';
import type { Me } from '../../../web/session/guards.ts';
import { languageRules } from '../policy.ts';
import { type Decided, decide, type LanguageState, type LanguageWish } from './language-cooldown.ts';
import type { LanguageStore, LanguageWrite } from './languages.store.ts';

export type LanguagesSaved =
  /** `nextFrom`: when languages can change again, where this change began a wait. */
  | { ok: true; nextFrom: Date | null }
  /** The state that the refusal was decided upon. */
  | ({ ok: false; state: LanguageState } & Extract<Decided, { outcome: 'too-soon' | 'changed-meanwhile' }>);

interface LanguagesDeps {
  store: LanguageStore;
  clock: Clock;
  chance: Chance;
}

/** What a person speaks and learns. Null in every answer: the account is gone, or its password changed since. */
export const createLanguages = ({ store, clock, chance }: LanguagesDeps) => {
  // The database lets one at a time change a person anyway; waiting here keeps its connections for everybody else.
  const inTurn = createTurns();

  const settled = (
    state: LanguageState,
    wish: LanguageWish,
  ): { answer: LanguagesSaved; write: LanguageWrite | null } => {
    const now = clock.now();
    const decided = decide(state, wish, now);
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
          write: { languages, now, change: { id: uuidv7(now, chance), counted } },
        };
      }
      case 'too-soon':
      case 'changed-meanwhile':
        return { answer: { ok: false, state, ...decided }, write: null };
    }
  };

  return {
    of: (me: Me) => store.of(me),

    /** All of it or nothing: where languages must wait, levels sent with them wait as well. */
    save: (me: Me, wish: LanguageWish): Promise<LanguagesSaved | null> =>
      inTurn(me.id, () => store.settle(me, (state) => settled(state, wish))),
  };
};

export type Languages = ReturnType<typeof createLanguages>;
