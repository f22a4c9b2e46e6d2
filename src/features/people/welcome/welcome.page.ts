import { message, named } from '../../../kernel/message.ts';
import { type FormError, formView, type FormValues } from '../../../web/forms/forms.ts';
import type { Names } from '../../../web/words/names.ts';
import { avatarUpload } from '../../pictures/index.ts';
import {
  bioLimits,
  languagesShape,
  languageValuesOf,
  levelOptions,
  type OwnProfile,
  profileShape,
  type Step,
  steps,
} from '../../profile/index.ts';

interface Sent {
  values?: FormValues;
  errors?: readonly FormError[];
}

function pictureStep({ errors }: Sent) {
  const { form, rules } = avatarUpload(errors);
  return { form, rules };
}

/** What a sentence may begin with. */
export function starters({ languages }: Pick<OwnProfile, 'languages'>) {
  const learnt = languages.find(({ role }) => role === 'learning')!;
  return [
    message('people.welcome.words.starter.learning', { language: named('language', learnt.code) }),
    message('people.welcome.words.starter.likes'),
    message('people.welcome.words.starter.talk'),
  ];
}

function wordsStep(profile: OwnProfile, { values, errors }: Sent) {
  return {
    form: formView(profileShape, values ?? { bio: profile.bio }, errors),
    starters: starters(profile),
    limits: { bio: bioLimits.graphemes, bioUnits: bioLimits.units },
  };
}

function levelsStep({ languages }: OwnProfile, names: Names, { values, errors }: Sent) {
  const of = (role: 'native' | 'learning') => languages.filter((language) => language.role === role);
  return {
    form: formView(languagesShape, values ?? languageValuesOf(languages), errors),
    spoken: of('native').map(({ code }) => code),
    learnt: of('learning').map(({ code }) => ({ code, name: names.language(code) })),
    namesLang: names.locale,
    levels: levelOptions,
  };
}

function lineOf(at: Step | null, missing: readonly Step[]) {
  const place = at === null ? steps.length : steps.indexOf(at);
  return steps.map((step, n) => ({
    name: message(`people.welcome.step.${step}`),
    state: n === place ? 'current' : missing.includes(step) ? (n < place ? 'skipped' : 'ahead') : 'done',
  }));
}

/** For `people/welcome`; `at` null: all steps are behind. */
export function welcomePage(
  at: Step | null,
  profile: OwnProfile,
  missing: readonly Step[],
  names: Names,
  sent: Sent = {},
) {
  return {
    title: message(`people.welcome.${at ?? 'end'}.title`),
    lead: message(`people.welcome.${at ?? 'end'}.lead`),
    at,
    steps: lineOf(at, missing),
    ...(at === 'picture' && pictureStep(sent)),
    ...(at === 'words' && wordsStep(profile, sent)),
    ...(at === 'levels' && levelsStep(profile, names, sent)),
  };
}

/** A text with the beginning of one more sentence: "I like …" without its dots. */
export function sentenceOf(text: string, starter: string): string {
  const before = text.trimEnd();
  return `${before}${before && '\n'}${starter.replace(/\s*…\s*$/u, '')} `;
}
