import type { Request } from 'express';
import { later, momentInWords, secondsUntil, waitInWords } from '../../kernel/clock.ts';
import type { FormView } from '../../web/forms.ts';
import { type Names, namesFor, type Option } from '../../web/names.ts';
import { type LanguageState, type NextChange, nextChange } from './language-cooldown.ts';
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

const moment = (when: Date) => ({ iso: when.toISOString(), text: momentInWords(when) });

/** What the page says before anybody tries. */
const note = (next: NextChange, now: Date) => {
  switch (next.kind) {
    case 'free':
      return {
        kind: 'info',
        before: 'Mistyped something when you joined? One change is free until ',
        at: moment(next.until),
        after: `. After that, languages can change once in ${everyInWords}.`,
      };
    case 'open':
      return {
        kind: 'info',
        before: `Languages can change once in ${everyInWords}. If you change them now, the next change is possible from `,
        at: moment(later(now, changeEvery)),
        after: '.',
      };
    case 'closed':
      return {
        kind: 'waiting',
        before: 'You changed your languages lately. They can change again from ',
        at: moment(next.from),
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

/** What is said of a change that came too soon; nothing of it was saved. */
export const tooSoonText = (req: Request, difference: Difference, from: Date): string =>
  `${inWords(difference, namesFor(req))} must wait until ${momentInWords(from)}, so nothing was saved. ` +
  'Put those languages back to save your levels now.';

export const changedMeanwhileText =
  'Your languages were changed in another window meanwhile, so nothing was saved yet. Look over what you chose here; saving it now replaces the other change.';

/** What is said of a form that was saved. */
export const savedText = (nextFrom: Date | null): string =>
  nextFrom
    ? `Your languages are saved. They can change again from ${momentInWords(nextFrom)}.`
    : 'Your languages are saved.';

/** The model of `settings/languages`. */
export const languagesPage = (req: Request, form: FormView, state: LanguageState, now: Date) => {
  const names = namesFor(req);
  return {
    title: 'Your languages',
    form,
    note: note(nextChange(state, now), now),
    languages: names.languages,
    namesLang: names.locale,
    levels: levelOptions,
    limits: { nativeMax: languageRules.nativeMax, learningMax: languageRules.learningMax },
  };
};
