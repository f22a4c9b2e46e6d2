type Form = {
  value(name: string): string;
  values(name: string): string[];
  error(name: string): string | null;
  errors: { name: string; text: string }[];
};

type Values = Record<string, string | string[]>;

/** A form's state as a template meets it; a field that is not among `values` throws. */
export function form(values: Values, errors: Record<string, string> = {}): Form {
  const at = (name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The form has no field "${name}"`);
    return [value].flat();
  };
  return {
    value: (name) => at(name)[0] ?? '',
    values: at,
    error: (name) => (at(name), errors[name] ?? null),
    errors: Object.entries(errors).map(([name, text]) => ({ name, text })),
  };
}
