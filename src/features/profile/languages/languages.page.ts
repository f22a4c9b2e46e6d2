import type { Request } from 'express';
import { later, secondsUntil } from '../../../kernel/clock.ts';
import { durationOf } from '../../../kernel/duration.ts';
import { message, type Message, named, shownDay, shownMoment } from '../../../kernel/message.ts';
import type { FormValues, FormView } from '../../../web/forms/forms.ts';
import type { Flash } from '../../../web/session/session-data.ts';
import { namesFor } from '../../../web/words/names.ts';
import { languageRules } from '../policy.ts';
import { type LanguageState, type NextChange, nextChange } from './language-cooldown.ts';
import { formValuesOf } from './languages.forms.ts';
import { type Difference, levels } from './languages.ts';

export const levelOptions = levels.map((level) => ({
  value: level,
  label: message('profile.languages.level.option', { level, name: message(`profile.level.${level}`) }),
}));

const { changeEvery } = languageRules;
const every = durationOf(changeEvery / 1000);

function note(next: NextChange, now: Date): { kind: 'info' | 'waiting'; text: Message } {
  switch (next.kind) {
    case 'free':
      return {
        kind: 'info',
        text: message('profile.languages.note.free', { at: shownMoment(next.until), every }),
      };
    case 'open':
      return {
        kind: 'info',
        text: message('profile.languages.note.open', { at: shownDay(later(now, changeEvery)), every }),
      };
    case 'closed':
      return {
        kind: 'waiting',
        text: message('profile.languages.note.closed', {
          at: shownDay(next.from),
          wait: durationOf(secondsUntil(next.from, now)),
        }),
      };
  }
}

/** "Adding Spanish and removing Japanese will have to wait …" */
export function tooSoonText(difference: Difference): Message {
  const changes = (['added', 'removed', 'moved'] as const).flatMap((change) =>
    difference[change].map((code) => ({ change, language: named('language', code) })),
  );
  return message('profile.languages.tooSoon', {
    changes: changes.map(({ change, language }, n) =>
      message(`profile.languages.change.${change}`, { place: n === 0 ? 'first' : 'later', language }),
    ),
  });
}

export const conflictText = message('profile.languages.changedMeanwhile');

export function savedFlash(nextFrom: Date | null): Flash {
  return {
    kind: 'success',
    text: nextFrom
      ? message('profile.languages.saved.counted', { at: shownDay(nextFrom) })
      : message('profile.languages.saved'),
  };
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
  const saved = (name: string) => form.values(name).map((code) => ({ code, name: names.language(code) }));
  return {
    title: message('profile.languages.title'),
    form,
    note: note(next, now),
    /** Null: they can be changed. */
    locked:
      next.kind === 'closed' ? { spoken: saved('nativeLanguage'), learnt: saved('learningLanguages') } : null,
    languages: names.languages,
    namesLang: names.locale,
    levels: levelOptions,
    limits: { nativeMax: languageRules.nativeMax, learningMax: languageRules.learningMax },
  };
}
