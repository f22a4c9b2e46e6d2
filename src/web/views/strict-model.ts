/** Throws on unknown properties, at any depth: a misspelt name in a template would print nothing. */
export function strictModel<T>(value: T, path: string): T {
  if (Array.isArray(value)) return strictArray(value, path) as T;
  return isObject(value) ? (strictObject(value, path) as T) : value;
}

/** Dates, Maps and the like are read by their methods. */
function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function isKnown(real: object, key: PropertyKey): boolean {
  return Object.hasOwn(real, key) || (key in real && !(key in Object.prototype));
}

/** The target is empty, as a frozen one would forbid wrapped children. */
function strictObject(real: Record<string, unknown>, path: string): object {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (typeof key === 'symbol') return Reflect.get(real, key) as unknown;
        if (!isKnown(real, key)) throw new Error(`The model has no ${path}.${key}`);
        return read(real, key, `${path}.${key}`);
      },
      has: (_, key) => isKnown(real, key),
      ownKeys: () => Reflect.ownKeys(real),
      getOwnPropertyDescriptor: (_, key) =>
        Object.hasOwn(real, key)
          ? { value: read(real, key, `${path}.${String(key)}`), enumerable: true, configurable: true }
          : undefined,
    },
  );
}

/** One proxy for each list and path, so that options.ts finds its cache. */
const arrays = new WeakMap<readonly unknown[], Map<string, object>>();

function strictArray(real: readonly unknown[], path: string): object {
  const byPath = arrays.get(real) ?? new Map<string, object>();
  const known = byPath.get(path);
  if (known) return known;
  const made = new Proxy([...real], {
    get(copy, key) {
      if (typeof key === 'symbol' || !/^\d+$/.test(key)) {
        if (!(key in copy)) throw new Error(`The model has no ${path}.${String(key)}`);
        return Reflect.get(copy, key) as unknown;
      }
      return strictModel(copy[Number(key)], `${path}[${key}]`);
    },
  });
  arrays.set(real, byPath.set(path, made));
  return made;
}

/** Methods keep their object as `this`. */
function read(real: object, key: PropertyKey, path: string): unknown {
  const value = Reflect.get(real, key) as unknown;
  if (typeof value === 'function') return value.bind(real) as unknown;
  return strictModel(value, path);
}
