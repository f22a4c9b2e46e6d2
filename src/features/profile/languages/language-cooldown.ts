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

/** What decides whether a person may change languages. */
export interface LanguageState {
  joinedAt: Date;
  /** So far, the free one included. */
  changes: number;
  /** The last change that counted. */
  changedAt: Date | null;
  /** In the person's order, native ones first. */
  languages: Language[];
}

/** `free`: this one starts no wait, if made before `until`. `closed`: not before `from`. */
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

/** What a person sent, and what the form showed before they touched it; null where that is not known. */
export interface LanguagesInput {
  chosen: readonly Chosen[];
  shown: readonly Language[] | null;
}

export type Decided =
  /** As it is already. */
  | { outcome: 'nothing' }
  /** `counted`: it starts the wait. */
  | { outcome: 'changed'; languages: Language[]; counted: boolean }
  /** Levels or order only. */
  | { outcome: 'tuned'; languages: Language[] }
  | { outcome: 'too-soon'; from: Date; difference: Difference }
  /** Another tab changed languages while this one did too. */
  | { outcome: 'changed-meanwhile' };

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
