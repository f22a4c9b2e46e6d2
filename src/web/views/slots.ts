import type { Ask, PersonQuestion, Question } from '../../platform/stores/question.ts';
import { message, type Message } from '../../kernel/message.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import type { Names } from '../words/names.ts';

/** What later and earlier features put on a feature's page. */
export interface Slots {
  'settings.rows'?: readonly SettingsRow[];
  'person.actions'?: readonly PersonAction[];
  'person.sections'?: readonly PersonSection[];
}

/** What can be done about a person, on their page: in the bar itself, or behind "More". */
export interface PersonAction {
  place: 'bar' | 'more';
  order: number; // within its place
  /** Asked in the statement that reads the page. */
  ask?: PersonQuestion;
  /** Null: not here. */
  show: (person: { username: string }, answer: unknown) => PersonActionView | null;
}

/** A link, a button that sends a form without fields, or one that copies the address of a page, for which a script stands by. */
export interface PersonActionView {
  kind: 'link' | 'button' | 'copy';
  path: string;
  label: Message;
  icon: string;
}

export interface PersonActionsView {
  bar: readonly PersonActionView[];
  more: readonly PersonActionView[];
}

/** `answers`: one for each that asks, in their order. Null: there is nothing to do. */
export function personActionsView(
  actions: readonly PersonAction[],
  answers: readonly unknown[],
  person: { username: string },
): PersonActionsView | null {
  const asking = actions.filter(({ ask }) => ask);
  const shown = (at: PersonAction['place']) =>
    actions
      .filter(({ place }) => place === at)
      .toSorted((a, b) => a.order - b.order)
      .flatMap((action) => action.show(person, answers[asking.indexOf(action)]) ?? []);
  const [bar, more] = [shown('bar'), shown('more')];
  return bar.length + more.length > 0 ? { bar, more } : null;
}

/** What their page says of somebody. */
export interface PersonFacts {
  username: string;
  interests: readonly string[];
  languages: readonly { code: string; role: 'native' | 'learning'; level: string | null }[];
}

/** A part of somebody's page, for whoever looks at it, drawn by the partial of its name. */
export interface PersonSection {
  name: 'shared' | 'starters';
  /** Asked in the statement that reads the page. */
  ask: PersonQuestion;
  /** What the partial wants; null: not here. */
  show: (person: PersonFacts, answer: unknown, names: Names) => object | null;
}

export type PersonSectionsView = Record<PersonSection['name'], object | null>;

export const noSections: PersonSectionsView = { shared: null, starters: null };

/** `answers`: one for each, in their order. */
export function personSectionsView(
  sections: readonly PersonSection[],
  answers: readonly unknown[],
  person: PersonFacts,
  names: Names,
): PersonSectionsView {
  const shown = sections.map(({ name, show }, n) => [name, show(person, answers[n], names)]);
  return { ...noSections, ...Object.fromEntries(shown) };
}

const groups = ['you', 'sign-in', 'others', 'data'] as const;

/** `lang`: null for the page's. */
export interface Part {
  text: Message | string;
  lang: string | null;
}

export interface SettingsRow {
  group: (typeof groups)[number];
  order: number; // within its group
  path: string;
  label: Message;
  icon: string;
  ask?: Question;
  /** What is set now. */
  value: (answer: unknown, names: Names) => readonly Part[];
}

/** A row of which the value depends on an answer. */
export function settingsRow<Answer>(
  row: Omit<SettingsRow, 'value'> & {
    ask: Question;
    value: (answer: Answer, names: Names) => readonly Part[];
  },
): SettingsRow {
  return { ...row, value: (answer, names) => row.value(answer as Answer, names) };
}

export function say(...texts: (Message | string)[]): Part[] {
  return texts.map((text) => ({ text, lang: null }));
}

export interface SettingsGroup {
  id: string;
  name: Message;
  rows: readonly SettingsRow[];
}

export function settingsList(rows: readonly SettingsRow[]): SettingsGroup[] {
  return groups.flatMap((id) => {
    const own = rows.filter(({ group }) => group === id).toSorted((a, b) => a.order - b.order);
    return own.length > 0
      ? [{ id: `settings-${id}`, name: message(`web.settings.group.${id}`), rows: own }]
      : [];
  });
}

/** By the path of the page that changes it, asked for in one statement. Null: the viewer's session is over. */
export async function settingsValues(
  list: readonly SettingsGroup[],
  ask: Ask,
  viewer: Viewer,
  names: Names,
): Promise<Record<string, readonly Part[]> | null> {
  const rows = list.flatMap((group) => group.rows);
  const asking = rows.filter((row) => row.ask);
  const answers = await ask(
    viewer,
    asking.map((row) => row.ask!),
  );
  if (answers === null) return null;
  return Object.fromEntries(rows.map((row) => [row.path, row.value(answers[asking.indexOf(row)], names)]));
}
