import type { FormError, FormValues, FormView } from '../../../web/forms/forms.ts';
import { formView } from '../../../web/forms/forms.ts';
import type { Names, Option } from '../../../web/words/names.ts';
import type { ProfileSummary } from '../../profile/index.ts';
import type { ChatMessage } from '../messages/message.ts';
import { langOf } from '../messages/correction.page.ts';
import { messageLimits } from '../policy.ts';
import { sendShape } from './conversations.forms.ts';
import type { Conversation } from './conversations.ts';

export interface ComposerView {
  path: string;
  form: FormView;
  most: number; // UTF-16 units
  graphemes: number;
  languages: readonly Option[];
  namesLang: string;
  lang: string | null; // of what is typed
  /** What is answered. Null: nothing. */
  answers: { seq: number; mine: boolean; text: string; lang: string | null } | null;
}

interface Composed {
  conversation: Conversation;
  people: ReadonlyMap<string, ProfileSummary>;
  names: Names;
  values: FormValues;
  errors: readonly FormError[];
  /** What the draft may stand for: nothing was typed on this page. */
  fresh: boolean;
  answered: ChatMessage | null;
}

function languagesOf(people: ReadonlyMap<string, ProfileSummary>): string[] {
  return [...new Set([...people.values()].flatMap(({ languages }) => languages.map(({ code }) => code)))];
}

function answersView(answered: ChatMessage | null): ComposerView['answers'] {
  if (!answered || answered.text === null) return null;
  const { seq, mine, text, language } = answered;
  return { seq, mine, text, lang: langOf(language) };
}

/** What one writes next to somebody who accepted: a draft, what was typed and could not go, or nothing yet. */
export function composerView(composed: Composed): ComposerView {
  const { conversation, people, names, values, errors, fresh } = composed;
  const lastMine = conversation.messages.findLast(({ mine }) => mine);
  const codes = languagesOf(people);
  const typed = String(values.text ?? '');
  const language = fresh ? (lastMine?.language ?? '') : String(values.language ?? '');
  const answers = answersView(composed.answered);
  const shown = {
    ...values,
    text: typed || (fresh ? conversation.draft : ''),
    language,
    answers: answers ? String(answers.seq) : '',
  };
  return {
    path: `/chats/${conversation.with}`,
    form: formView(sendShape, shown, errors),
    most: messageLimits.units,
    graphemes: messageLimits.graphemes,
    languages: [...new Set([...codes, language].filter(Boolean))].map((code) => ({
      value: code,
      label: names.language(code),
    })),
    namesLang: names.locale,
    lang: langOf(language || null),
    answers,
  };
}
