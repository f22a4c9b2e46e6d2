import { ownName } from '../../../kernel/languages/own-names.ts';
import type { ChatMessage } from './message.ts';
import { type DifferencePart, wordDifference } from './word-difference.ts';

/** What one of two made of the other's words. */
export interface CorrectionView {
  lang: string | null;
  before: DifferencePart[];
  after: DifferencePart[];
  /** The whole sentence is new: nothing is marked. */
  whole: boolean;
  /** What it corrects says something else by now. */
  outdated: boolean;
  note: string | null;
}

function unmarked(text: string): DifferencePart[] {
  return [{ text: text.normalize('NFC'), changed: false }];
}

export function langOf(code: string | null): string | null {
  return code === null ? null : ownName(code).lang;
}

/** Null: it corrects nothing, or what it corrected is gone. */
export function correctionView({ text, corrects, language, note }: ChatMessage): CorrectionView | null {
  if (!corrects || corrects.text === null || text === null) return null;
  const spoken = language ?? corrects.language;
  const difference = wordDifference(corrects.text, text, spoken);
  const { before, after } = difference ?? { before: unmarked(corrects.text), after: unmarked(text) };
  return { lang: langOf(spoken), before, after, whole: !difference, outdated: corrects.outdated, note };
}
