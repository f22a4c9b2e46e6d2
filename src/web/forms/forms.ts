import type { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { type Message, message, readIssue } from '../../kernel/message.ts';
import type { FormBody } from './body.ts';
import type { SentFile } from './multipart.ts';

/** What isn't listed is refused, so nothing slips past the schema. */
export interface FormShape {
  texts: readonly string[];
  lists?: readonly string[]; // fields that may repeat
  rows?: readonly string[]; // lists whose mistakes are shown beside the field that has them
  secrets?: readonly string[]; // never shown again
  sameUnlessSent?: Readonly<Record<string, string>>; // a field that may be absent, and which one it repeats
  order?: readonly string[]; // in the order of the page, for lists that don't come last: errors are told in it
}

export interface FormError {
  name: string;
  text: Message;
  row?: number; // of a list: which of its fields; the first without it
}

/** One error a field. Throws for an unknown field. */
export interface FormView {
  value(name: string): string;
  values(name: string): string[];
  error(name: string): Message | null;
  errorAt(name: string, row: number): Message | null;
  isFilled: boolean; // it was sent before, and came back
  isEmptied(name: string): boolean; // a secret that was sent has to be typed again
  errors: FormError[];
}

export type FormValues = Record<string, string | string[]>;
export type ReadForm<T> =
  | { ok: true; data: T; values: FormValues }
  | { ok: false; values: FormValues; errors: FormError[] };

function emptyLike(shape: FormShape): FormValues {
  return {
    ...Object.fromEntries(shape.texts.map((name) => [name, ''])),
    ...Object.fromEntries((shape.lists ?? []).map((name) => [name, [] as string[]])),
  };
}

/** Unexpected or repeated fields: AppError 400. */
export function takeFields(shape: FormShape, body: FormBody): FormValues {
  const values = emptyLike(shape);
  for (const [name, given] of body) {
    if (name === '_csrf') continue;
    if (shape.lists?.includes(name)) values[name] = [...given];
    else if (shape.texts.includes(name) && given.length === 1) values[name] = given[0]!;
    else throw new AppError(400, message('web.form.otherField'));
  }
  for (const [name, repeated] of Object.entries(shape.sameUnlessSent ?? {}))
    if (!body.has(name)) values[name] = values[repeated]!;
  return values;
}

/** Errors in the order of the fields, one a field. `files`, by field, replace a text of the same name. */
export function readForm<S extends z.ZodType>(
  shape: FormShape,
  schema: S,
  body: FormBody,
  files: Readonly<Record<string, readonly SentFile[]>> = {},
): ReadForm<z.output<S>> {
  const values = takeFields(shape, body);
  for (const field of Object.keys(files)) values[field] = '';
  const parsed = schema.safeParse({ ...values, ...files });
  if (parsed.success) return { ok: true, data: parsed.data, values };
  const errors = parsed.error.issues.map(({ path, message }): FormError => {
    const [name, row] = [String(path[0]), path[1]];
    const isOfRow = typeof row === 'number' && row > 0 && shape.rows?.includes(name);
    return { name, text: readIssue(message), ...(isOfRow ? { row } : {}) };
  });
  return { ok: false, values, errors };
}

export function withoutSecrets(shape: FormShape, values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !shape.secrets?.includes(name)));
}

/** What a form holds before anybody has filled it in: nothing was sent, so nothing has to be typed again. */
export function prefilledView(shape: FormShape, values: FormValues): FormView {
  return { ...formView(shape, values), isFilled: false, isEmptied: () => false };
}

/** Empty without values; never with secrets. */
export function formView(
  shape: FormShape,
  given: FormValues = {},
  errors: readonly FormError[] = [],
): FormView {
  const kept = { ...emptyLike(shape), ...given };
  for (const name of shape.secrets ?? []) kept[name] = '';
  const isFilled = Object.values(given).some((value) => value.length > 0);
  const at = (name: string): string | string[] => {
    const value = kept[name];
    if (value === undefined) throw new Error(`the form has no field "${name}"`);
    return value;
  };
  // An error without a name is the form's as a whole.
  const order = ['', ...(shape.order ?? [...shape.texts, ...(shape.lists ?? [])])];
  const firsts = order.flatMap((name) => errors.find((e) => e.name === name) ?? []);
  return {
    value: (name) => [at(name)].flat()[0] ?? '',
    values: (name) => [at(name)].flat(),
    error: (name) => (at(name), firsts.find((e) => e.name === name)?.text ?? null),
    errorAt: (name, row) => (
      at(name), firsts.find((e) => e.name === name && (e.row ?? 0) === row)?.text ?? null
    ),
    isFilled,
    isEmptied: (name) => at(name) === '' && isFilled && (shape.secrets?.includes(name) ?? false),
    errors: firsts,
  };
}
