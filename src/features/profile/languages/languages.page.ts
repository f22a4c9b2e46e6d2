import type { Request } from 'express';
import { later, secondsUntil, shownDay, shownMoment, waitInWords } from '../../../kernel/clock.ts';
import type { FormValues, FormView } from '../../../web/forms/forms.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { namesFor, namesIn, type Option } from '../../../web/words/names.ts';
import { languageRules } from '../policy.ts';
import { type LanguageState, type NextChange, nextChange } from './language-cooldown.ts';
import { formValuesOf } from './languages.forms.ts';
import { type Difference, type Level, levels } from './languages.ts';

/** Of the CEFR, shortened. */
export const levelNames: Record<Level, string> = {
  A1: 'Beginner',
  A2: 'Elementary',
  B1: 'Intermediate',
  B2: 'Upper intermediate',
  C1: 'Advanced',
  C2: 'Mastery',
};

const levelOptions: Option[] = levels.map((value) => ({ value, label: `${value} · ${levelNames[value]}` }));

const { changeEvery } = languageRules;
const everyInWords = waitInWords(changeEvery / 1000);

function note(next: NextChange, now: Date) {
  switch (next.kind) {
    case 'free':
      return {
        kind: 'info',
        before: 'Made a mistake when you joined? You have one free change until ',
        at: shownMoment(next.until),
        after: `. After that, you can change languages once every ${everyInWords}.`,
      };
    case 'open':
      return {
        kind: 'info',
        before: `You can change languages once every ${everyInWords}. If you change them now, you can change them again from `,
        at: shownDay(later(now, changeEvery)),
        after: '.',
      };
    case 'closed':
      return {
        kind: 'waiting',
        before: 'You changed your languages recently. You can change them again from ',
        at: shownDay(next.from),
        after: `, in ${waitInWords(secondsUntil(next.from, now))}. You can save levels at any time.`,
      };
  }
}

const listFormat = new Intl.ListFormat('en');

/** In the sentence's own language. */
export function nameInSentence(code: string): string {
  return namesIn('en').language(code);
}

/** "Adding Spanish and removing Japanese" */
function inWords({ added, removed, moved }: Difference): string {
  const parts = [
    ...added.map((code) => `adding ${nameInSentence(code)}`),
    ...removed.map((code) => `removing ${nameInSentence(code)}`),
    ...moved.map((code) => `moving ${nameInSentence(code)} to the other list`),
  ];
  const text = listFormat.format(parts);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function tooSoonText(difference: Difference): string {
  return `${inWords(difference)} will have to wait, so we haven't saved anything. Your saved languages are below. You can still save your levels.`;
}

export const conflictText =
  "Your languages were changed in another window or on another device, so we haven't saved anything yet. Check what you chose here: saving now replaces the other change.";

export function savedFlash(nextFrom: Date | null): Flash {
  return nextFrom
    ? {
        kind: 'success',
        text: 'Your languages have been saved. You can change them again from ',
        at: shownDay(nextFrom),
        after: '.',
      }
    : { kind: 'success', text: 'Your languages have been saved.' };
}

/** Of a form only its levels are kept while languages must wait. */
export function lockedValues(values: FormValues, { languages }: LanguageState): FormValues {
  const saved = formValuesOf(languages);
  const [chosen, said] = [[values.learningLanguages ?? []].flat(), [values.levels ?? []].flat()];
  const levelOf = (code: string, n: number) =>
    said[chosen.indexOf(code)] ?? [saved.levels ?? []].flat()[n] ?? '';
  return { ...saved, levels: [saved.learningLanguages ?? []].flat().map(levelOf) };
}

/** For `settings/languages`. */
export function languagesPage(req: Request, form: FormView, state: LanguageState, now: Date) {
  const names = namesFor(req);
  const next = nextChange(state, now);
  const named = (name: string) => form.values(name).map((code) => ({ code, name: names.language(code) }));
  return {
    title: 'Your languages',
    form,
    note: note(next, now),
    /** Null: they can be changed. */
    locked:
      next.kind === 'closed' ? { spoken: named('nativeLanguage'), learnt: named('learningLanguages') } : null,
    languages: names.languages,
    namesLang: names.locale,
    levels: levelOptions,
    limits: { nativeMax: languageRules.nativeMax, learningMax: languageRules.learningMax },
  };
}
