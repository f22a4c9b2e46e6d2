import type { Request } from 'express';
import { later, secondsUntil, shownDay, shownMoment, waitInWords } from '../../kernel/clock.ts';
import type { FormValues, FormView } from '../../web/forms.ts';
import type { Flash } from '../../web/session-data.ts';
import { type Names, namesFor, type Option } from '../../web/names.ts';
import { type LanguageState, type NextChange, nextChange } from './language-cooldown.ts';
import { formValuesOf } from './languages.forms.ts';
import { type Difference, type Level, levels } from './languages.ts';
import { languageRules } from './policy.ts';

/** CEFR's own words for its levels, shortened to what one says of oneself. */
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
/** "30 days". */
const everyInWords = waitInWords(changeEvery / 1000);

/** What the page says before anybody tries. */
const note = (next: NextChange, now: Date) => {
  switch (next.kind) {
    case 'free':
      return {
        kind: 'info',
        before: 'Mistyped something when you joined? One change is free until ',
        at: shownMoment(next.until),
        after: `. After that, languages can change once in ${everyInWords}.`,
      };
    case 'open':
      return {
        kind: 'info',
        before: `Languages can change once in ${everyInWords}. If you change them now, the next change is possible from `,
        at: shownDay(later(now, changeEvery)),
        after: '.',
      };
    case 'closed':
      return {
        kind: 'waiting',
        before: 'You changed your languages lately. They can change again from ',
        at: shownDay(next.from),
        after: `, in ${waitInWords(secondsUntil(next.from, now))}. Levels can be saved at any time.`,
      };
  }
};

const listFormat = new Intl.ListFormat('en');

/** "Adding Spanish and removing Japanese": what has to wait, in the names that the form uses. */
const inWords = ({ added, removed, moved }: Difference, names: Names): string => {
  const say = (verb: string, codes: readonly string[]) =>
    codes.map((code) => `${verb} ${names.language(code)}`);
  const parts = [...say('adding', added), ...say('removing', removed), ...say('moving', moved)];
  const text = listFormat.format(parts);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
};

/** What is said of a change that came too soon; nothing of it was saved. Until when, the page's note says. */
export const tooSoonText = (req: Request, difference: Difference): string =>
  `${inWords(difference, namesFor(req))} must wait, so nothing was saved. Your languages are below as they are; save your levels if you like.`;

export const changedMeanwhileText =
  'Your languages were changed in another window meanwhile, so nothing was saved yet. Look over what you chose here; saving it now replaces the other change.';

/** What is said of a form that was saved. */
export const savedFlash = (nextFrom: Date | null): Flash =>
  nextFrom
    ? {
        kind: 'success',
        text: 'Your languages are saved. They can change again from ',
        at: shownDay(nextFrom),
        after: '.',
      }
    : { kind: 'success', text: 'Your languages are saved.' };

/** While languages must wait, the page shows them as they are: of a form only its levels are kept. */
export const lockedValues = (values: FormValues, { languages }: LanguageState): FormValues => {
  const saved = formValuesOf(languages);
  const [chosen, said] = [[values.learningLanguages ?? []].flat(), [values.levels ?? []].flat()];
  const levelOf = (code: string, n: number) =>
    said[chosen.indexOf(code)] ?? [saved.levels ?? []].flat()[n] ?? '';
  return { ...saved, levels: [saved.learningLanguages ?? []].flat().map(levelOf) };
};

/** The model of `settings/languages`. */
export const languagesPage = (req: Request, form: FormView, state: LanguageState, now: Date) => {
  const names = namesFor(req);
  const next = nextChange(state, now);
  const named = (name: string) => form.values(name).map((code) => ({ code, name: names.language(code) }));
  return {
    title: 'Your languages',
    form,
    note: note(next, now),
    /** Languages that stand still for now; null: they may be chosen. */
    locked:
      next.kind === 'closed' ? { spoken: named('nativeLanguage'), learnt: named('learningLanguages') } : null,
    languages: names.languages,
    namesLang: names.locale,
    levels: levelOptions,
    limits: { nativeMax: languageRules.nativeMax, learningMax: languageRules.learningMax },
  };
};
