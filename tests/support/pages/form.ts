import type { Message } from '../../../src/kernel/message.ts';

export type Errors = Record<string, Message>;

type Form = {
  value(name: string): string;
  values(name: string): string[];
  error(name: string): Message | null;
  errorAt(name: string, row: number): Message | null;
  isFilled: boolean;
  isEmptied(name: string): boolean;
  errors: { name: string; text: Message; row?: number }[];
};

type Values = Record<string, string | string[]>;

/** A form's state as a template meets it; a field that is not among `values` throws. */
export function form(values: Values, errors: Errors = {}): Form {
  const at = (name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The form has no field "${name}"`);
    return [value].flat();
  };
  // "levels-1": of the second field of that name.
  const listed = Object.entries(errors).map(([key, text]) => {
    const [, name = '', row] = /^(.*?)(?:-(\d+))?$/.exec(key) ?? [];
    return { name, text, ...(row ? { row: Number(row) } : {}) };
  });
  return {
    value: (name) => at(name)[0] ?? '',
    values: at,
    error: (name) => (at(name), listed.find((error) => error.name === name)?.text ?? null),
    errorAt: (name, row) => (
      at(name), listed.find((error) => error.name === name && (error.row ?? 0) === row)?.text ?? null
    ),
    isFilled: listed.length > 0,
    isEmptied: (name) => listed.length > 0 && at(name)[0] === '',
    errors: listed,
  };
}
