const globals = new URL('globals.mjs', import.meta.url).href;

/** A hook of Node's module loader: the real `@jest/globals` only throws outside of Jest's own module system. */
export function resolve(specifier, context, next) {
  return specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context);
}
