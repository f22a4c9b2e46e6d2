/** As Express finds routes: in whatever case, with a slash at the end or without. */
function anySpelling(path: string): string {
  return path.toLowerCase().replace(/(?<=.)\/$/, '');
}

/** Values by the path of a route, found by an address. `spelled`: what two spellings of one address have in common. */
export function byPath<Value>(
  values: Readonly<Record<string, Value>>,
  spelled: (path: string) => string = anySpelling,
): (path: string) => Value | undefined {
  const known = new Map(Object.entries(values).map(([path, value]) => [spelled(path), value]));
  const patterns = [...known]
    .filter(([path]) => path.includes(':'))
    .map(([path, value]) => ({ pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`), value }));
  return (given) => {
    const path = spelled(given);
    return known.get(path) ?? patterns.find(({ pattern }) => pattern.test(path))?.value;
  };
}
