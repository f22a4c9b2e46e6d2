import { later } from '../../../kernel/clock.ts';
import { languageRules } from '../policy.ts';
import {
  type Chosen,
  type Difference,
  differenceBetween,
  identical,
  type Language,
  mergeLanguages,
  sameLanguages,
} from './languages.ts';

export interface LanguageState {
  joinedAt: Date;
  changes: number; // the free one included
  changedAt: Date | null; // of those that counted
  languages: Language[]; // native ones first
}

/** `free`: starts no wait before `until`. */
export type NextChange = { kind: 'free'; until: Date } | { kind: 'open' } | { kind: 'closed'; from: Date };

export function nextChange(
  { joinedAt, changes, changedAt }: Omit<LanguageState, 'languages'>,
  now: Date,
): NextChange {
  const until = later(joinedAt, languageRules.firstChangeFreeFor);
  if (changes === 0 && now < until) return { kind: 'free', until };
  const from = changedAt && later(changedAt, languageRules.changeEvery);
  return from && now < from ? { kind: 'closed', from } : { kind: 'open' };
}

/** `shown`: what the form showed at first; null: unknown. */
export interface LanguagesInput {
  chosen: readonly Chosen[];
  shown: readonly Language[] | null;
}

export type Decided =
  | { outcome: 'nothing' }
  /** `counted`: starts the wait. */
  | { outcome: 'changed'; languages: Language[]; counted: boolean }
  /** Levels or order only. */
  | { outcome: 'tuned'; languages: Language[] }
  | { outcome: 'too-soon'; from: Date; difference: Difference }
  | { outcome: 'changed-meanwhile' }; // in another tab

export function decide(state: LanguageState, { chosen, shown }: LanguagesInput, now: Date): Decided {
  const next = nextChange(state, now);
  const languages = mergeLanguages(state.languages, shown, chosen);
  if (languages && sameLanguages(languages, state.languages))
    return identical(languages, state.languages) ? { outcome: 'nothing' } : { outcome: 'tuned', languages };
  if (next.kind === 'closed')
    return {
      outcome: 'too-soon',
      from: next.from,
      difference: differenceBetween(state.languages, chosen),
    };
  if (!languages) return { outcome: 'changed-meanwhile' };
  return { outcome: 'changed', languages, counted: next.kind === 'open' };
}
